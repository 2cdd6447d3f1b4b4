"""`python -m tests.failover`: PostgreSQL and Redis fail over for real, each while documents are delivered.

PostgreSQL: a primary and a synchronous standby, given by both hosts in one address with `target_session_attrs=read-write`.
The primary is ended as by a crash, the standby promoted at once; who notices that in an installation needs its own time
besides. Redis: a master, a replica and three Sentinels; the master is killed, and they make the replica the master. Ends
with 1 when a document was lost or came twice.
"""

import sys
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.failover.guarded import guarded
from tests.failover.scene import Passage, passage
from tests.failover.standby import Standby
from tests.proof.scene import DURABLE
from worker.lab.embedded import EmbeddedPostgres, EmbeddedValkey


def of_postgresql() -> Passage:
    """The primary crashes, the standby takes over."""
    with EmbeddedPostgres(settings=DURABLE) as primary, EmbeddedValkey() as valkey, Standby(primary) as standby:
        standby.synchronous()

        def fail_over() -> None:
            primary.stop(immediate=True)
            standby.promote()

        return passage(primary, valkey, (standby.both(), valkey.url), fail_over)


def of_redis() -> Passage:
    """The master is killed, the Sentinels make the replica the master."""
    with EmbeddedPostgres(settings=DURABLE) as postgres, guarded() as redis:
        return passage(postgres, redis.master, (postgres.url(), redis.url), lambda: redis.master.stop(immediate=True))


SORTS = {"postgresql": of_postgresql, "redis": of_redis}


@click.command()
@click.argument("sorts", nargs=-1, type=click.Choice(list(SORTS)))
def main(sorts: tuple[str, ...]) -> None:
    """Let PostgreSQL, Redis, or both, one after another, fail over while documents are delivered."""
    held = True
    for sort in sorts or SORTS:
        seen = SORTS[sort]()
        held &= seen.held
        click.echo(
            f"{sort}: {seen.acknowledged} documents, {seen.lost} lost, {seen.twice} twice; nothing arrived for "
            f"{seen.silence:.1f} s, nothing could be completed for {seen.refused:.1f} s"
        )
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
