"""A new document of a quiet practice leaves at once, whatever happens to other practices."""

import statistics
import time
from collections.abc import Sequence

import click
from polling import until

from tests.bench.figures import Figure, Measured, at_most, quantile
from tests.bench.progress import steps
from tests.bench.setting import setting, start_relay, told
from tests.proof.scene import Scene, sandbox

_WAITS = """
select extract(epoch from i.opened_at - e.created_at)::float8
from outbox.intent i join outbox.event e using (event_id)
where e.practice_id = any (%s)
order by e.event_id
"""


@click.command()
@click.option("--pending", default=100_000, show_default=True, help="Documents that wait in one practice.")
@click.option("--practices", default=50, show_default=True, help="Quiet ones.")
@click.option("--documents", default=4, show_default=True, help="Of each quiet practice.")
@click.option("--processes", default=1, show_default=True)
@click.option("--threads", default=8, show_default=True)
def quiet(*, pending: int, practices: int, documents: int, processes: int, threads: int) -> Measured:
    """Quiet practices beside one with 100,000 pending and one with a revoked key."""
    with setting(sandbox) as on, steps("quiet", 2) as say:
        say(f"{pending:,} pending")
        mine = [on.add_lane().practice_id for _ in range(practices)]
        _crowd(on, pending)
        start_relay(on, processes, threads)
        until(lambda: on.count("state = 'delivered'") > 2, seconds=60)
        say(f"{practices} quiet practices")
        for turn in range(1, documents + 1):
            _turn(on, mine, turn)
        waits = [1000 * float(row[0]) for row in on.db.execute(_WAITS, (mine,)).fetchall()]
        about = {"pending": pending, "practices": practices, "processes": processes, "threads": threads} | told(on)
    figures = [
        Figure("quiet practice, commit to send, median", "", f"{statistics.median(waits):.0f} ms"),
        at_most("quiet practice, commit to send, p95", quantile(waits, 0.95), 1000, "ms"),
        Figure("quiet practice, commit to send, longest", "", f"{max(waits):.0f} ms"),
    ]
    return Measured(figures, about, {"milliseconds": waits})


def _crowd(on: Scene, pending: int) -> None:
    """One practice with a backlog, and one whose key is of no use."""
    on.add_lane().pile(pending)
    revoked = on.add_lane()
    on.control.act(revoked.tenant.id, "revoke_key", key=revoked.tenant.key)
    revoked.pile(max(1, pending // 100))
    on.db.execute("vacuum analyze")


def _turn(on: Scene, mine: Sequence[int], turn: int) -> None:
    """A document of each, and wait until all of them are there."""
    for lane in on.lanes[: len(mine)]:
        lane.invoice()
        time.sleep(0.02)  # practices do not act together
    ids = ", ".join(map(str, mine))
    until(lambda: on.count(f"state = 'delivered' and practice_id in ({ids})") == len(mine) * turn, seconds=60)
