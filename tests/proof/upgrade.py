"""A later release goes in under load: its schema first, then its processes one by one, then 50 restarts.

The later release adds a nullable column and an index to `outbox.event`, beside 300,000 settled events, while a report
keeps a transaction open on that table. Practices complete invoices all the time. A restart's pause is the longest time
between two deliveries that it touches.
"""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import later
import psycopg
from polling import until
from relay import ROOT

from tests.proof.fleet import Fleet, later_release
from tests.proof.scene import Scene, scene
from tests.proof.writers import Writers

_LIMIT_SECONDS = 2.0
_RESTARTS, _KILL_EVERY = 50, 5
_BEFORE_AND_AFTER_SECONDS = 5.0
_SETTLED = """
insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, state, closed_at, due_at)
select 1, -n, 1, 'invoice', 'S-' || n, 'x', 'backfill', 'discarded', now(), null from generate_series(1, 300000) n
"""

_DELIVERED = """
select d.completed_at, e.closed_at from outbox.event e join contract.document d using (document_id)
where e.state = 'delivered' order by e.closed_at
"""
Span = tuple[datetime, datetime]


def upgrade() -> bool:
    """Nothing lost, nothing twice; neither deliveries nor the practices' transactions are held up."""
    with scene(LEXRELAY_RATE_PER_SECOND="20", LEXRELAY_HTTP_TIMEOUT_SECONDS="1", LEXRELAY_SETTLE_SECONDS="2",
               LEXRELAY_LEASE_SECONDS="6") as on, later_release() as release:  # fmt: skip
        for _ in range(24):
            on.add_lane()
        on.db.execute(_SETTLED)
        on.db.execute("vacuum analyze outbox.event")
        fleet = Fleet(on)
        with Writers(on.postgres.url(), on.lanes, threads=4, per_second=10) as writers:
            time.sleep(_BEFORE_AND_AFTER_SECONDS)
            migration = _migrate(on, release)
            on.relay.home = release
            fleet.restart_one_by_one(4)
            refused = _close_the_door(on)
            fleet.restart_one_by_one(_RESTARTS, kill_every=_KILL_EVERY)
            time.sleep(_BEFORE_AND_AFTER_SECONDS)
        until(lambda: on.count("state = 'delivered'") == len(writers.seconds), seconds=120)
        return refused & _judge(on, migration, fleet.restarts, writers.seconds)


def _migrate(on: Scene, release: Path) -> Span:
    """The later release's `lexrelay migrate`."""
    with _report(on, seconds=6):
        began = datetime.now(UTC)
        command = [sys.executable, "-m", "worker", "migrate"]
        done = subprocess.run(
            command, cwd=release, env=on.relay.environment, capture_output=True, text=True, check=True
        )
        assert f"applied {later.INDEX}" in done.stdout, done.stdout
        return began, datetime.now(UTC)


@contextmanager
def _report(on: Scene, *, seconds: float) -> Iterator[None]:
    """Somebody reads events in a transaction and does not end it; the server ends it for him."""
    with closing(psycopg.connect(on.postgres.url())) as reader:
        reader.execute("select set_config('idle_in_transaction_session_timeout', %s, true)", (f"{seconds}s",))
        reader.execute("select count(*) from outbox.event")
        yield


def _close_the_door(on: Scene) -> bool:
    """The next release may remove what the old one needs: the old one ends with 78 and says what to do."""
    on.db.execute("update outbox.installation set compatible_from = %s", (later.LATER,))
    command = [sys.executable, "-m", "worker", "status"]
    said = subprocess.run(command, cwd=ROOT, env=on.relay.environment, capture_output=True, text=True, check=False)
    print(f"upgrade: the old release ends with {said.returncode}: {said.stderr.strip()}")
    return said.returncode == 78


def _judge(on: Scene, migration: Span, restarts: Sequence[Span], host_seconds: list[float]) -> bool:
    written = {code for (code,) in on.db.execute("select outbox.marker_code(practice_id, id) from practice.invoices")}
    there = Counter(str(document["body"]["remark"]).rpartition("· ")[2] for document in on.control.documents())
    lost, twice = len(written - set(there)), there.total() - len(there)
    completed, delivered = zip(*on.db.execute(_DELIVERED).fetchall(), strict=True)
    waits = sorted(_seconds(a, b) for a, b in zip(completed, delivered, strict=True))
    migrating, pauses = _pause(delivered, migration), sorted(_pause(delivered, restart) for restart in restarts)
    print(
        f"upgrade: {len(written)} documents, {lost} lost, {twice} twice\n"
        f"upgrade: migrated in {_seconds(*migration):.1f} s, longest pause of delivery {migrating:.2f} s\n"
        f"upgrade: {len(pauses)} restarts, pause of delivery p95 {_p95(pauses):.2f} s, longest {pauses[-1]:.2f} s\n"
        f"upgrade: commit to delivery p95 {_p95(waits):.2f} s, longest {waits[-1]:.2f} s\n"
        f"upgrade: {len(host_seconds)} host transactions, longest {max(host_seconds):.2f} s"
    )
    figures = (migrating, _p95(pauses), _p95(waits), max(host_seconds))
    return not lost and not twice and all(figure < _LIMIT_SECONDS for figure in figures)


def _pause(delivered: Sequence[datetime], span: Span) -> float:
    """The longest time between two deliveries that touches the span."""
    gaps = pairwise(delivered)
    return max(_seconds(a, b) for a, b in gaps if b > span[0] and a < span[1])


def _seconds(began: datetime, ended: datetime) -> float:
    return (ended - began).total_seconds()


def _p95(ascending: list[float]) -> float:
    return ascending[int(len(ascending) * 0.95)]
