"""A round of the poller over ever more events: it must not matter how many there are.

One round chooses due lanes, hands out one event of each and gives them to the queue. Between two rounds what was handed
out is settled, as workers would, and as many new events land: the backlog stays what it is, but rows die, and dead rows are
what a pinned snapshot lets nobody clear away. Two databases of one server take turns, round by round: one with few
events, one that grows.
"""

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Self

import click
import psycopg
import services
from polling import until

from outbox.db import Connection, connect
from outbox.pace import Pace
from outbox.poller import HandOut, Poller
from outbox.session_lock import SessionLock
from tests.bench.figures import Figure, Measured, Table, quantile
from tests.bench.masses import Masses
from tests.bench.progress import steps
from tests.bench.setting import lean, setting, told
from worker.host.apply import migrate

_WARM_ROUNDS = 5
Pair = tuple[list[float], list[float]]
"""Milliseconds of the rounds in the small database, and in the large one."""
_SETTLE = """
with event as (
    update outbox.event
    set state = 'delivered', closed_at = clock_timestamp(), due_at = null, lease_until = null, handed_at = null
    where event_id = any (%s)
    returning event_id, practice_id
),
fresh as (
    insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin)
    select practice_id, -event_id, 1, 'invoice', 'N-' || event_id, '7Q4K-X2MB-91TD', 'trigger' from event
)
update outbox.lane l set tat = clock_timestamp() - interval '1 second', last_dispatch_at = clock_timestamp()
from event where l.practice_id = event.practice_id
"""


@click.command()
@click.option("--practices", default=1000, show_default=True)
@click.option("--few", default=10_000, show_default=True, help="Pending events at first.")
@click.option("--many", default=1_000_000, show_default=True, help="And then.")
@click.option(
    "--most", default=10_000_000, show_default=True, help="And at last; then as many settled ones beside them."
)
@click.option(
    "--threads",
    default=64,
    show_default=True,
    help="Worker threads that the poller sees: a round hands out twice as many.",
)
@click.option("--rounds", default=150, show_default=True, help="How many are measured.")
@click.option(
    "--pinned-rounds", default=150, show_default=True, help="How many pass before that while a snapshot is pinned."
)
def dispatch(
    *, practices: int, few: int, many: int, most: int, threads: int, rounds: int, pinned_rounds: int
) -> Measured:  # fmt: skip
    """A dispatch round with 10 thousand to 10 million pending events."""
    samples: dict[str, Pair] = {}
    with (
        setting(lean(0)) as on,
        services.database(on.postgres.url()) as url,
        _Turns(on.postgres.url(), practices, threads) as small,
        _Turns(url, practices, threads) as large,
        steps("dispatch", 5) as say,
    ):
        small.masses.add(few)
        for count, before in ((many, 0), (most, many)):
            say(f"{count:,} pending events")
            large.masses.add(count - before)
            samples[f"{count:,} pending"] = _in_turn(small, large, rounds)
        say(f"{most:,} settled beside them")
        large.masses.add(most, "delivered")
        samples[f"and {most:,} settled"] = _in_turn(small, large, rounds)
        say("with a pinned snapshot")
        with _pinned(url):
            _in_turn(small, large, pinned_rounds)
            samples["and a pinned snapshot"] = _in_turn(small, large, rounds)
        about = {"practices": practices, "few": few, "threads": threads, "pinned_rounds": pinned_rounds} | told(on)
    return _measured(samples, few, about)


class _Turns:
    """A database of its own and a poller without its loop: round after round, each followed by what workers would do."""

    def __init__(self, url: str, practices: int, threads: int) -> None:
        migrate(url, reference_practice=True)
        self._db = psycopg.connect(url, autocommit=True)
        self._connection: Connection = connect(url)
        self._workers = SessionLock(url, "worker", threads)
        self._poller = Poller(url, Pace(rate_per_second=1000), self._take)
        self._handed: list[HandOut] = []
        self.masses = Masses(self._db, practices)

    def __enter__(self) -> Self:
        self._workers.start()
        until(lambda: self._workers.process_id is not None)
        return self

    def __exit__(self, *_: object) -> None:
        self._workers.stop()
        self._connection.close()
        self._db.close()

    def _take(self, handouts: Sequence[HandOut]) -> None:
        self._handed.extend(handouts)

    def round(self) -> float:
        """One round, in milliseconds."""
        self._db.execute(_SETTLE, ([handout.event_id for handout in self._handed],))
        self._handed.clear()
        began = time.perf_counter()
        handed = self._poller.run_once(self._connection)
        took = 1000 * (time.perf_counter() - began)
        assert handed, "no lane was due"
        return took


def _in_turn(small: _Turns, large: _Turns, rounds: int) -> Pair:
    """A B A B."""
    pairs = [(small.round(), large.round()) for _ in range(_WARM_ROUNDS + rounds)][_WARM_ROUNDS:]
    return [first for first, _ in pairs], [second for _, second in pairs]


@contextmanager
def _pinned(url: str) -> Iterator[None]:
    """A transaction that does nothing and holds a snapshot, as a forgotten session does."""
    with psycopg.connect(url) as idler:
        idler.execute("set transaction isolation level repeatable read")
        idler.execute("select from outbox.event limit 1")
        yield


def _measured(samples: dict[str, Pair], few: int, about: dict[str, object]) -> Measured:
    figures, rows = [], []
    for name, (small, large) in samples.items():
        limit = 2.0 if "snapshot" in name else 1.5
        beside, median = statistics.median(small), statistics.median(large)
        figure = f"{median / beside:.2f} x ({median:.1f} / {beside:.1f} ms)"
        goal = f"at most {limit:g} x that of {few:,}"
        figures.append(Figure(f"dispatch round, {name}", goal, figure, median <= limit * beside))
        rows.append([name, *(f"{ms:.1f}" for ms in (beside, median, quantile(large, 0.95), max(large)))])
    columns = ("", f"median of {few:,}", "median", "p95", "longest")
    return Measured(figures, about, {"milliseconds": samples}, [Table("Dispatch round, ms", columns, rows)])
