"""The poller's part in recurring jobs: arms them, hands them out, and takes back what nobody holds any more."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psycopg
import structlog

from outbox import outage_log
from outbox.db import Connection
from outbox.jobs import JobId
from outbox.pace import ASKED_FOR, HOLD_SECONDS, Pace
from outbox.sql import query

log = structlog.get_logger()
#: How often practices are looked for that have delivered their first document; sooner where the periods are short.
_ARM_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class JobHandOut:
    """What a message carries: ids, nothing else (R1)."""

    job_id: JobId
    epoch: int


EnqueueJobs = Callable[[Sequence[JobHandOut]], None]


class JobDispatch:
    """Called by the poller at every tidying; decides nothing about what a job does."""

    def __init__(self, pace: Pace, enqueue: EnqueueJobs) -> None:
        self._periods, self._enqueue = pace.job_periods, enqueue
        self._armed = float("-inf")

    def tend(self, connection: Connection, processes: Sequence[int]) -> int:
        """One round; how many were handed out."""
        connection.execute(query("job.take_back"))
        if not self._periods:
            return 0
        self._arm(connection)
        given = {"kinds": list(self._periods), "processes": processes, "hold_seconds": HOLD_SECONDS}
        try:
            rows = connection.execute(query("job.hand_out"), given).fetchall()
        except psycopg.errors.UniqueViolation:  # another poller took the same lane in the same moment
            return 0
        return self._hand_over(connection, [JobHandOut(row["job_id"], row["epoch"]) for row in rows])

    def _arm(self, connection: Connection) -> None:
        armed = {kind: seconds for kind, seconds in self._periods.items() if kind not in ASKED_FOR}
        if not armed or time.monotonic() - self._armed < min(_ARM_SECONDS, min(armed.values()) / 4):
            return
        self._armed = time.monotonic()
        connection.execute(query("job.arm"), {"kinds": list(armed), "seconds": list(armed.values())})

    def _hand_over(self, connection: Connection, handouts: Sequence[JobHandOut]) -> int:
        if not handouts:
            return 0
        try:
            self._enqueue(handouts)
        except Exception as error:  # noqa: BLE001 (whatever the queue raises, the jobs go back)
            outage_log.queue.failed("poller", error)
            given = {"job_ids": [h.job_id for h in handouts], "epochs": [h.epoch for h in handouts]}
            connection.execute(query("job.give_back"), given)
            return 0
        log.debug("poller.dispatched", what="jobs", events=len(handouts))
        return len(handouts)
