"""Recurring jobs of a lane: claimed like events, but only while nothing of the lane waits to be sent.

A job goes on in steps; what a step is for is not known here. Every call takes a slot that is free at that very moment,
so that no upload and no command ever waits for a job by more than the call on the wire.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NewType

from outbox.db import Connection
from outbox.ids import PracticeId
from outbox.pace import Pace
from outbox.sql import query

JobId = NewType("JobId", int)
Connecting = Callable[[], AbstractContextManager[Connection]]


class NotNow(Exception):
    """The lane has something better to do, has no slot free, does not run, or the claim is lost: the job rests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job taken for a while, provably: the epoch is ours until the lease ends."""

    job_id: JobId
    practice_id: PracticeId
    kind: str
    epoch: int
    failures: int
    suspect: bool
    """A call of the lane got 401: the profile is asked for before anything else."""
    cool_count: int
    troubled: bool
    """The lane was suspect, silent or refused of late: an answer is good news for it."""


class Jobs:
    """The jobs of one process. Thread-safe: every call takes a connection of its own, and commits."""

    def __init__(self, connecting: Connecting, pace: Pace) -> None:
        self._connecting, self._pace = connecting, pace

    def begin(self, job_id: JobId, epoch: int) -> Job | None:
        """Claim a handed-out job; None when the message means nothing any more."""
        given = {"job_id": job_id, "epoch": epoch, "lease_seconds": self._pace.lease_seconds}
        with self._connecting() as connection:
            row = connection.execute(query("job.begin"), given).fetchone()
        return Job(**row) if row else None

    def take_slot(self, job: Job) -> None:
        """A slot for one call, to be used at once. Raises NotNow."""
        rate = {"lease_seconds": self._pace.lease_seconds, "gap_seconds": self._pace.gap_seconds}
        with self._connecting() as connection:
            row = connection.execute(query("job.take_slot"), _of(job) | rate).fetchone()
        if row is None:
            raise NotNow

    def rest(self, job: Job, *, delay_seconds: float | None = None, failures: int = 0) -> None:
        """Go on later: after so many seconds, or as soon as the rate of jobs allows."""
        gap = self._pace.job_gap_seconds
        given = {"delay_seconds": max(gap, delay_seconds or 0), "gap_seconds": gap, "failures": failures}
        with self._connecting() as connection:
            connection.execute(query("job.rest"), _of(job) | given)

    def finish(self, job: Job) -> None:
        """The run is over; a kind that was switched off meanwhile waits for a period as long as any."""
        period = self._pace.job_periods.get(job.kind, self._pace.deep_seconds)
        given = {"period_seconds": period, "gap_seconds": self._pace.job_gap_seconds}
        with self._connecting() as connection:
            connection.execute(query("job.finish"), _of(job) | given)


def switch(connection: Connection, practice_id: PracticeId, kind: str, *, on: bool) -> bool:
    """Have a practice's job of a kind that it has only when asked for, or no longer; False: it has no lane. Twice: the same."""
    given = {"practice_id": practice_id, "kind": kind, "wanted": on}
    return connection.execute(query("job.switch"), given).fetchone() is not None


def _of(job: Job) -> dict[str, object]:
    return {"job_id": job.job_id, "epoch": job.epoch}
