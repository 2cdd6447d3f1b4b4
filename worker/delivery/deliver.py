"""Begin, read, translate, intend, send or look, judge, settle. One claim, one effect.

Everything that can happen to an attempt ends here as one outcome, written once. No transaction is open while Lexware
is called (R7); the one place where every exception is caught.
"""

import time
from dataclasses import replace

import psycopg
import structlog

from outbox.db import LOST_DATABASE
from outbox.errors import ClaimLost
from outbox.ids import EventId
from outbox.outcomes import Cool, Outcome, Pause, Retry, Snooze, ended_as
from worker.delivery.attempt import Attempt
from worker.lexware.contact import find_or_create
from worker.lexware.judgement import judge
from worker.lexware.upload import upload, verify
from worker.logs import where
from worker.runtime import Runtime

log = structlog.get_logger()
_STEPS = {"document": upload, "contact": find_or_create, "verify": verify}
#: PostgreSQL away at the wrong moment: what was learnt is kept and written again and again for a lease.
_RECORD_AGAIN_SECONDS = 0.5
#: What we learnt cannot be written: the database refuses it, or has no letters for it.
_UNWRITABLE = (psycopg.Error, UnicodeError)


def deliver(runtime: Runtime, event_id: EventId, epoch: int) -> None:
    """Make one attempt to deliver an event and record how it ended. Safe to call twice: the second changes nothing."""
    try:
        if runtime.draining.is_set():
            runtime.ledger.decline(event_id, epoch)
            return
        attempt = Attempt(runtime, runtime.ledger.begin(event_id, epoch))
    except ClaimLost:
        return
    except LOST_DATABASE as error:  # the hand-out comes back by itself
        log.warning("delivery.not_begun", event_id=event_id, error=type(error).__name__)
        return
    began = time.monotonic()
    try:
        outcome = _go(attempt)
    except Exception as error:  # noqa: BLE001 (every ending must be recorded)
        outcome = judge(error, attempt.claim, attempt.pace)
        if getattr(outcome, "reason", None) == "unexpected":
            log.error("delivery.failed", event_id=event_id, traceback=where(error))  # noqa: TRY400 (no message, no locals)
    outcome = _of_this_key(attempt, outcome)
    kept = _record(attempt, outcome)
    _say(attempt, outcome, seconds=time.monotonic() - began, late=not kept)


def _go(attempt: Attempt) -> Outcome:
    if attempt.claim.suspect or attempt.claim.outage or attempt.snapshot.profile_is_old:
        stranger = attempt.check_profile()
        if stranger is not None:
            return stranger
    if attempt.snapshot.document.payer.customer_id != attempt.claim.payer_id:
        return _readdressed(attempt)
    return _STEPS[attempt.claim.step](attempt)


def _readdressed(attempt: Attempt) -> Snooze:
    """The practice has merged two customers: the event waits behind those of its payer of now, and goes to its contact."""
    payer_id = attempt.snapshot.document.payer.customer_id
    attempt.write("ledger.readdress", event_id=attempt.claim.event_id, payer_id=payer_id)
    return Snooze(seconds=0, reason="payer_merged")


def _of_this_key(attempt: Attempt, outcome: Outcome) -> Outcome:
    """What was said to a key says nothing about the practice once it has another one."""
    if not isinstance(outcome, Snooze) or not isinstance(outcome.lane, Pause):
        return outcome
    try:
        key = attempt.rows("practice.key", practice_id=attempt.claim.practice_id)
    except LOST_DATABASE:
        return outcome
    replaced = bool(key) and key[0]["key_encrypted"] != attempt.snapshot.key_token
    return replace(outcome, lane=None) if replaced else outcome


def _record(attempt: Attempt, outcome: Outcome) -> bool:
    """Settle, as long as it takes: a lost database must not lose what Lexware answered."""
    until = time.monotonic() + attempt.pace.lease_seconds
    while True:
        try:
            return attempt.ledger.settle(
                attempt.claim, outcome, attempt.calls, answer=attempt.answer, also=attempt.also
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
    lane = getattr(outcome, "lane", None)
    log.info(
        "delivery.settled",
        practice_id=claim.practice_id,
        event_id=claim.event_id,
        epoch=claim.epoch,
        fence=claim.fence,
        step=claim.step,
        outcome="lost" if late else ended_as(outcome),
        reason=getattr(outcome, "reason", None),
        http_status=getattr(outcome, "http_status", None),
        lane=lane.reason if isinstance(lane, Cool | Pause) else None,
        attempt=claim.tries,
        calls=attempt.calls.calls,
        seconds=round(seconds, 4),
    )
