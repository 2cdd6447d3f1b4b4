"""Finds due events, claims them for a hand-out and gives them to `enqueue`.

Any number may run. It decides nothing about documents: lanes in fair order, one event of each in flight, never more
outstanding than the workers can take soon. It also takes back what nobody holds any more and writes the events that
the trigger missed. NOTIFY only wakes it early.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import psycopg
import structlog

from outbox import outage_log, restore
from outbox.db import Connection, connect
from outbox.ids import EventId
from outbox.job_dispatch import JobDispatch
from outbox.outcomes import Step
from outbox.pace import CRASHES, HOLD_SECONDS, Pace
from outbox.session_lock import SessionLock
from outbox.sql import query
from outbox.upkeep import Upkeep, tidied

log = structlog.get_logger()
_TIDY_SECONDS = 0.5
#: A hand-out commits within this time. All that is in flight, whenever it was handed out, is looked for so often.
_LATE_SECONDS, _FULL_LOOK_SECONDS = 5.0, 10.0
#: Between two rounds: so many times what the first of them took, so that a busy poller costs little; at most, and
#: while no worker has room, this long.
_REST_ROUNDS = 5
_LONGEST_REST_SECONDS = 0.05
#: A good round is its heartbeat.
_SHOW_SECONDS = 10.0
#: How far ahead the last one may lie.
_CLOCK_SECONDS = 5.0

#: Is told at every turn of the loop whether PostgreSQL answered.
Liveness = Callable[[bool], object]


@dataclass(frozen=True, slots=True)
class HandOut:
    """What a message carries: ids, nothing else (R1)."""

    event_id: EventId
    epoch: int
    kind: str
    step: Step


class Poller:
    """`run` loops and waits, `run_once` is all the logic."""

    def __init__(
        self,
        url: str,
        pace: Pace,
        enqueue: Callable[[Sequence[HandOut]], None],
        liveness: Liveness = lambda _well: None,
        jobs: JobDispatch | None = None,
        *,
        witness: Callable[[Connection], None] = lambda _connection: None,
    ) -> None:
        """`witness` raises where nothing may be handed out, by what was seen of the server (`witness.py`)."""
        self._url, self._pace, self._enqueue, self._liveness, self._jobs = url, pace, enqueue, liveness, jobs
        self._witness = witness
        self._stop = threading.Event()
        self._living: list[int] = []
        self._in_flight = 0
        self._handed_since: datetime | None = None
        self._session_lock = SessionLock(url, "poller")
        self._upkeep = Upkeep()
        self._tidied = self._shown = self._looked = float("-inf")

    def stop(self) -> None:
        """End `run` after the round it is in. Safe from a signal handler, safe to call twice."""
        self._stop.set()

    def run(self) -> None:
        """Poll until stopped; a lost database or Redis is said and waited for. Raises SchemaMismatch for a copy of a server."""
        self._session_lock.start()
        while not self._stop.is_set():
            try:
                with connect(self._url) as connection:
                    connection.execute("listen lexrelay")
                    self._handed_since = None
                    self.follow_timeline(connection)
                    outage_log.database.works()
                    self._poll(connection)
            except psycopg.Error as error:
                outage_log.database.failed("poller", error)
                self._liveness(False)
                self._stop.wait(1)
        self._session_lock.stop()

    def follow_timeline(self, connection: Connection) -> None:
        """Before anything is handed out on a new connection: after a failover the last commits may be lost."""
        restore.follow_timeline(connection)

    def _poll(self, connection: Connection) -> None:
        while not self._stop.is_set():
            began = time.monotonic()
            self._witness(connection)
            handed = self.run_once(connection)
            self._liveness(True)
            self._show(connection)
            seconds = self._until_next(connection) if handed == 0 else 0.0
            rest = _LONGEST_REST_SECONDS if handed is None else _REST_ROUNDS * (time.monotonic() - began)
            self._stop.wait(min(rest, _LONGEST_REST_SECONDS))
            self._rest(connection, seconds)

    def _rest(self, connection: Connection, seconds: float) -> None:
        """Until a NOTIFY, the time, or the end, which is looked for once a second."""
        until, told = time.monotonic() + seconds, False
        while not told and not self._stop.is_set() and (left := until - time.monotonic()) > 0:
            told = any(True for _ in connection.notifies(timeout=min(left, 1.0), stop_after=1))

    def _show(self, connection: Connection) -> None:
        """Leave a trace of a good round where the other processes can see it; a clock that shows less than the last one was set back."""
        if time.monotonic() - self._shown >= _SHOW_SECONDS and self._session_lock.process_id is not None:
            self._shown = time.monotonic()
            self.follow_clock(connection)
            connection.execute(query("poller.show"), {"process_id": self._session_lock.process_id})

    def follow_clock(self, connection: Connection) -> None:
        """Nothing waits as long as PostgreSQL's clock was set back by."""
        row = connection.execute(query("poller.follow_clock"), {"tolerated_seconds": _CLOCK_SECONDS}).fetchone()
        if row and row["seconds"]:
            self._handed_since = None
            log.warning("poller.clock_set_back", seconds=round(row["seconds"]))

    def run_once(self, connection: Connection) -> int | None:
        """One round: tidy up when it is time, then hand out. Returns how many; None: the workers are busy."""
        if time.monotonic() - self._tidied >= _TIDY_SECONDS:
            self.tidy(connection)
        room, fresh_only = self._room(connection)
        if room <= 0:
            return None
        try:
            rows = connection.execute(
                query("poller.dispatch"),
                {
                    "lanes": room,
                    "fresh_only": fresh_only,
                    "ahead_seconds": self._pace.ahead_seconds,
                    "hold_seconds": HOLD_SECONDS,
                    "handed_since": self._handed_since,
                },
            ).fetchall()
        except psycopg.errors.UniqueViolation:  # another poller took the same lane in the same moment
            self._handed_since = None
            return 1
        return self._hand_over(connection, [HandOut(r["event_id"], r["epoch"], r["kind"], r["step"]) for r in rows])

    def _hand_over(self, connection: Connection, handouts: Sequence[HandOut]) -> int:
        if not handouts:
            return 0
        try:
            self._enqueue(handouts)
        except Exception as error:  # noqa: BLE001 (whatever the queue raises, the events go back)
            outage_log.queue.failed("poller", error)
            given = {"event_ids": [h.event_id for h in handouts], "epochs": [h.epoch for h in handouts]}
            connection.execute(query("poller.give_back"), given)
            self._stop.wait(1)
            return 0
        outage_log.queue.works()
        log.debug("poller.dispatched", events=len(handouts))
        return len(handouts)

    def _room(self, connection: Connection) -> tuple[int, bool]:
        """How many events may be handed out now, and whether only of lanes whose last call was answered.

        In an outage it is one probe at a time when that is due, and one practice at a time which has no bad news yet.
        """
        asked = {"processes": self._living, "handed_since": self._handed_since, "late_seconds": _LATE_SECONDS}
        row = connection.execute(query("poller.capacity"), asked).fetchone()
        assert row is not None  # noqa: S101 (a select without from always returns)
        self._in_flight, self._handed_since = row["in_flight"], row["handed_since"]
        room, probe_in = int(row["room"]), row["probe_in_seconds"]
        if probe_in is None:
            return room, False
        if self._in_flight or room <= 0 or probe_in > 0:
            return (0 if row["fresh_in_flight"] else min(room, 1)), True
        connection.execute(query("poller.postpone_probe"), {"probe_seconds": self._pace.outage_probe_seconds})
        return 1, False

    def _until_next(self, connection: Connection) -> float:
        row = connection.execute(query("poller.next_due"), {"ahead_seconds": self._pace.ahead_seconds}).fetchone()
        due = row["seconds"] if row else None
        limit = min(self._pace.poll_seconds, _TIDY_SECONDS if self._in_flight else self._pace.poll_seconds)
        return min(limit, max(0.001, due)) if due is not None else limit

    def tidy(self, connection: Connection) -> None:
        """Take back what nobody holds, notice outages, and do what is due of the upkeep and of the jobs."""
        self._tidied = time.monotonic()
        if self._tidied - self._looked >= _FULL_LOOK_SECONDS:
            self._looked, self._handed_since = self._tidied, None
        self._living = [row["process_id"] for row in connection.execute(query("poller.living")).fetchall()]
        since = {"handed_since": self._handed_since}
        living = since | {"processes": self._living, "settle_seconds": self._pace.settle_seconds, "crashes": CRASHES}
        living["retry_delays"] = list(self._pace.retry_delays)
        tidied(connection, "unbegun", "poller.take_back_unbegun", since | {"hold_seconds": HOLD_SECONDS})
        tidied(connection, "orphans", "poller.take_back_orphans", living)
        tidied(connection, "expired", "poller.take_back_expired", living)
        connection.execute(query("poller.bury"), living)
        tidied(
            connection, "outage", "poller.declare_outage", since | {"probe_seconds": self._pace.outage_probe_seconds}
        )
        self._upkeep(connection)
        if self._jobs is not None:
            self._jobs.tend(connection, self._living)
