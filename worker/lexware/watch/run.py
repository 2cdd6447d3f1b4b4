"""A job of the watch: one run of a kind, in steps of at most one call, each of which is a commit of its own.

What a run has still to do are rows, so it goes on wherever it was when a process died, the key was exchanged or uploads
came first. What goes wrong with a call is the run's only in the end; what concerns the key or the rate is the lane's.
"""

import time
from dataclasses import dataclass, field
from threading import Event
from typing import Protocol
from uuid import UUID

import structlog

from outbox.db import LOST_DATABASE, Row
from outbox.jobs import Connecting, Job, JobId, Jobs, NotNow
from outbox.outcomes import Cool, Pause
from outbox.pace import Pace
from outbox.reasons import RefusalReason
from outbox.sql import query
from worker.config import Config
from worker.delivery.errors import Draining, NoAnswer, NotSent, Refused, Truncated
from worker.keys import KeyMisplaced, KeyUnreadable, KeyVault
from worker.lexware.api.client import Lexware
from worker.lexware.api.transport import Transport
from worker.lexware.command_client import owner
from worker.lexware.lane_effects import lane_effect
from worker.lexware.watch.plan import plan
from worker.lexware.watch.record import Ended, Run
from worker.lexware.watch.steps import take
from worker.logs import where

log = structlog.get_logger()
#: After so many steps in a row without an answer a run ends, incomplete: the next one begins afresh.
_FAILURES = 12


class Process(Protocol):
    """What the watch uses of the process it runs in."""

    pace: Pace
    draining: Event

    @property
    def connecting(self) -> Connecting:
        """A connection for a short while."""


class Watch:
    """The watch of one process, shared by its threads."""

    def __init__(self, config: Config, transport: Transport) -> None:
        self._transport, self._vault = transport, KeyVault(config.secret_keys)

    def __call__(self, process: Process, job_id: JobId, epoch: int) -> None:
        """Go on with a job for a while. Safe to call twice: the second changes nothing."""
        jobs = Jobs(process.connecting, process.pace)
        try:
            job = jobs.begin(job_id, epoch)
            if job is not None:
                _Stint(process, jobs, job, self._transport, self._vault).work()
        except LOST_DATABASE as error:  # the job comes back by itself
            log.warning("watch.not_recorded", error=type(error).__name__)


@dataclass
class _Stint:
    """One hand-out of a job."""

    process: Process
    jobs: Jobs
    job: Job
    transport: Transport
    vault: KeyVault
    _until: float = field(init=False)
    _was_answered: bool = field(init=False, default=False)
    _token: str | None = field(init=False, default=None)
    """The key that is asked with, as it is stored."""
    _free_at: float = field(init=False, default=float("-inf"))

    def __post_init__(self) -> None:
        self._until = time.monotonic() + self.process.pace.job_stint_seconds

    def work(self) -> None:
        """Take steps until the run is over, the time is up, or something else is to be done."""
        try:
            self._steps()
        except (NotNow, Draining):
            self.jobs.rest(self.job)
        except (NotSent, NoAnswer, Truncated) as error:
            self._unanswered(error)
        except (Refused, KeyUnreadable, KeyMisplaced) as error:
            self._refused(error)
        except LOST_DATABASE:
            raise
        except Exception as error:  # noqa: BLE001 (every ending must be recorded)
            log.error("watch.failed", kind=self.job.kind, traceback=where(error))  # noqa: TRY400 (no message, no locals)
            self._end("failed")

    def _refused(self, error: Refused | KeyUnreadable | KeyMisplaced) -> None:
        """What concerns the key or the rate is the lane's, as in a delivery; any other refusal ends the run."""
        match lane_effect(error, self.process.pace, suspect=self.job.suspect):
            case Cool() as cool:
                self._cool(cool)
            case Pause(reason=reason):
                self._hold(reason)
                self.jobs.rest(self.job)
            case None:
                log.warning("watch.refused", kind=self.job.kind, http_status=getattr(error, "status", None))
                self._end("refused")

    def _steps(self) -> None:
        connected = self._row("connection.key", practice_id=self.job.practice_id)
        if connected is None:
            raise NotNow
        self._token = connected["key_encrypted"]
        lexware = self._lexware(self.vault.decrypt(connected["key_encrypted"], owner(connected)))
        organisation_id: UUID = connected["organisation_id"]
        if self.job.suspect:
            return self._ask_who(lexware, organisation_id)
        run = self._run(organisation_id)
        while True:
            try:
                called = take(run, lexware, self.process.connecting, self.process.pace)
            except Ended as ended:
                return self._end(ended.why_not, run)
            if self.process.draining.is_set():
                raise Draining
            if called:
                self._answered()

    def _run(self, organisation_id: UUID) -> Run:
        """The run under way, or a new one; one of another organisation is over."""
        of = {"practice_id": self.job.practice_id, "kind": self.job.kind}
        row = self._row("watch.run", **of)
        if row is not None and row["organisation_id"] != organisation_id:
            self._write("watch.end", run_id=row["id"], complete=False, why_not="other_organisation")
            row = None
        if row is None:
            with self.process.connecting() as connection, connection.transaction():
                row = connection.execute(query("watch.begin"), of | {"organisation_id": organisation_id}).fetchone()
                assert row is not None  # noqa: S101 (an insert returns its row)
                plan(connection, Run(**row), self.process.pace)
        return Run(**row)

    def _lexware(self, key: str) -> Lexware:
        def before_call() -> float:
            if self.process.draining.is_set():
                raise Draining
            self._wait()
            asked = time.monotonic()
            self.jobs.take_slot(self.job)
            self._free_at = asked + self.process.pace.job_gap_seconds
            return asked + self.process.pace.use_within_seconds

        return Lexware(self.transport, key, before_call=before_call)

    def _wait(self) -> None:
        """Keep to a quarter of the rate. Raises NotNow rather than hold the thread for longer than a stint."""
        if self._free_at > self._until:
            raise NotNow
        time.sleep(max(0.0, self._free_at - time.monotonic()))

    def _ask_who(self, lexware: Lexware, organisation_id: UUID) -> None:
        """A call of the lane got 401 before: this one decides. The job goes on another time."""
        if lexware.profile().organisation_id != organisation_id:
            self._hold("other_organisation")
        else:
            self._answered()
        self.jobs.rest(self.job)

    def _answered(self) -> None:
        self._was_answered = True
        if self.job.troubled:
            self._write("lane.answered", practice_id=self.job.practice_id)

    def _unanswered(self, error: NotSent | NoAnswer | Truncated) -> None:
        failures = 1 if self._was_answered else self.job.failures + 1
        if failures >= _FAILURES:
            return self._end("no_answer")
        log.info("watch.unanswered", kind=self.job.kind, practice_id=self.job.practice_id, http_status=error.status)
        again = self.process.pace.job_retry_in(failures - 1)
        return self.jobs.rest(self.job, delay_seconds=again, failures=failures)

    def _cool(self, cool: Cool) -> None:
        seconds = self.process.pace.cool_for(self.job.cool_count) if cool.seconds is None else cool.seconds
        of = {"practice_id": self.job.practice_id, "seconds": seconds, "reason": cool.reason, "suspect": cool.suspect}
        self._write("lane.cool", **of)
        self.jobs.rest(self.job, delay_seconds=seconds)

    def _hold(self, reason: RefusalReason) -> None:
        """Hold the practice, unless it has another key by now: what was said to the old one says nothing any more."""
        connected = self._row("connection.key", practice_id=self.job.practice_id)
        if connected is None or connected["key_encrypted"] == self._token:
            log.warning("watch.paused", practice_id=self.job.practice_id, reason=reason)
            self._write("lane.pause", practice_id=self.job.practice_id, reason=reason)

    def _end(self, why_not: str | None, run: Run | None = None) -> None:
        """The run is over, complete or not; the practice is held when the organisation is another one."""
        of = {"practice_id": self.job.practice_id, "kind": self.job.kind}
        row = {"id": run.id} if run else self._row("watch.run", **of)
        if row is not None:
            self._write("watch.end", run_id=row["id"], complete=why_not is None, why_not=why_not)
        said = log.info if why_not is None else log.warning
        said("watch.ended", outcome=why_not or "complete", **of)
        if why_not == "other_organisation":
            self._hold("other_organisation")
        self.jobs.finish(self.job)

    def _row(self, name: str, **values: object) -> Row | None:
        with self.process.connecting() as connection:
            return connection.execute(query(name), values).fetchone()

    def _write(self, name: str, **values: object) -> None:
        with self.process.connecting() as connection:
            connection.execute(query(name), values)
