"""The way of an attempt: begin, work, judge, settle. One claim, one effect.

Everything that can happen to an attempt ends here as one outcome, written once. No transaction is open while the remote
system is called (R7); the one place where every exception is caught.
"""

import time
from typing import Protocol

import psycopg
import structlog

from outbox.db import LOST_DATABASE
from outbox.errors import ClaimLost
from outbox.ids import EventId
from outbox.outcomes import Outcome, Retry, Snooze, ended_as, told
from worker.delivery.attempt import Attempt, Process, Work
from worker.delivery.judge import judge
from worker.logs import where

log = structlog.get_logger()
#: PostgreSQL away at the wrong moment: what was learnt is kept and written again and again for a lease.
_RECORD_AGAIN_SECONDS = 0.5
#: What we learnt cannot be written: the database refuses it, or has no letters for it.
_UNWRITABLE = (psycopg.Error, UnicodeError)


class WorkingProcess(Process, Protocol):
    """A process, and the work of its attempts."""

    work: Work


def deliver(process: WorkingProcess, event_id: EventId, epoch: int) -> None:
    """Make one attempt to deliver an event and record how it ended. Safe to call twice: the second changes nothing."""
    try:
        if process.draining.is_set():
            process.ledger.decline(event_id, epoch)
            return
        attempt = Attempt(process, process.ledger.begin(event_id, epoch))
    except ClaimLost:
        return
    except LOST_DATABASE as error:  # the hand-out comes back by itself
        log.warning("delivery.not_begun", event_id=event_id, error=type(error).__name__)
        return
    began = time.monotonic()
    try:
        outcome = process.work(attempt)
    except Exception as error:  # noqa: BLE001 (every ending must be recorded)
        outcome = judge(error, attempt.pace)
        if isinstance(outcome, Retry) and outcome.reason == "unexpected":
            log.error("delivery.failed", event_id=event_id, traceback=where(error))  # noqa: TRY400 (no message, no locals)
    kept = _record(attempt, outcome)
    _say(attempt, outcome, seconds=time.monotonic() - began, late=not kept)


def _record(attempt: Attempt, outcome: Outcome) -> bool:
    """Settle, as long as it takes: a lost database must not lose what was answered."""
    until = time.monotonic() + attempt.pace.lease_seconds
    while True:
        try:
            return attempt.ledger.settle(
                attempt.claim,
                outcome,
                attempt.calls,
                post_result=attempt.post_result,
                also=attempt.also,
                unused=attempt.unused_slot,
            )
        except LOST_DATABASE as error:
            if time.monotonic() > until:
                log.error("delivery.unrecorded", event_id=attempt.claim.event_id, error=type(error).__name__)  # noqa: TRY400
                return False
            time.sleep(_RECORD_AGAIN_SECONDS)
        except _UNWRITABLE as error:  # the intent stays open, in doubt
            log.error("delivery.failed", event_id=attempt.claim.event_id, traceback=where(error))  # noqa: TRY400
            return attempt.ledger.settle(attempt.claim, Retry(reason="unexpected"), attempt.calls)


def _say(attempt: Attempt, outcome: Outcome, *, seconds: float, late: bool) -> None:
    """The one canonical line of an attempt."""
    claim = attempt.claim
    reason, http_status, _ = told(outcome)
    lane = outcome.lane if isinstance(outcome, Snooze) else None
    log.info(
        "delivery.settled",
        practice_id=claim.practice_id,
        event_id=claim.event_id,
        epoch=claim.epoch,
        fence=claim.fence,
        step=claim.step,
        outcome="lost" if late else ended_as(outcome),
        reason=reason,
        http_status=http_status,
        lane=lane.reason if lane else None,
        attempt=claim.tries,
        calls=attempt.calls.calls,
        seconds=round(seconds, 4),
    )
