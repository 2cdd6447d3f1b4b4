"""What the end of a claim writes to its event, and what its lane learns from it."""

from collections.abc import Iterator
from typing import Protocol, assert_never

from outbox.claims import Claim
from outbox.db import Row
from outbox.outcomes import (
    Cool,
    Dead,
    Delivered,
    NeedsContact,
    NotNeeded,
    Outcome,
    Pause,
    Retry,
    Snooze,
    cause_of,
    ended_as,
    told,
)
from outbox.pace import Pace
from outbox.reasons import DeadReason
from outbox.rows import Write

_NOTHING_DUE: Row = {"step": "document", "delay_seconds": None}
_ENDINGS: Row = {"cause": None, "counted": False}


class CallCounts(Protocol):
    """How the calls of a claim went: how many, how many in a row at the end without an answer, any answer at all."""

    calls: int
    silent: int
    answered: bool


def ending(claim: Claim, outcome: Outcome, calls: CallCounts, pace: Pace) -> Row:
    """The row of `ledger.settle`."""
    end = _ENDINGS | {"event_id": claim.event_id, "fence": claim.fence, "tries": claim.tries, "calls": calls.calls}
    end |= {"state": claim.state, "step": claim.step, "outcome": ended_as(outcome)}
    reason, http_status, detail = told(outcome)
    end |= {"reason": reason, "http_status": http_status, "detail": dict(detail) or None}
    match outcome:
        case Delivered(verify=verify):
            later = {"step": "verify", "delay_seconds": pace.verify_seconds, "tries": 0} if verify else _NOTHING_DUE
            return end | {"state": "delivered"} | later
        case NeedsContact():
            return end | {"step": "contact", "delay_seconds": 0}
        case Retry():
            return end | _retrying(claim, outcome, calls, pace)
        case Snooze(seconds=seconds, step=step):
            return end | {"step": step or claim.step, "delay_seconds": seconds}
        case Dead(about=about):
            return end | _NOTHING_DUE | {"state": "dead", "cause": cause_of(outcome.reason, about)}
        case NotNeeded():
            return end | _NOTHING_DUE | {"state": "discarded"}
        case _:
            assert_never(outcome)


def _retrying(claim: Claim, outcome: Retry, calls: CallCounts, pace: Pace) -> Row:
    if claim.outage and not calls.answered:
        return {"delay_seconds": pace.outage_probe_seconds}
    delay = pace.retry_in(claim.tries + 1)
    counted = {"tries": claim.tries + 1, "counted": True}
    if delay is not None:
        return counted | {"delay_seconds": 0 if outcome.at_once else delay}
    reason: DeadReason = "in_doubt" if claim.step == "verify" else "retries_exhausted"
    last = {
        "detail": {**outcome.detail, "last_reason": outcome.reason},
        "cause": cause_of(reason, outcome.reason),
    }
    return counted | _NOTHING_DUE | {"state": "dead", "outcome": "dead", "reason": reason} | last


def news(claim: Claim, outcome: Outcome, calls: CallCounts, pace: Pace) -> Iterator[Write]:
    """What the lane is told: silence and answers, a cool-down, a pause. Nothing, as a rule: only what has changed."""
    mine = {"practice_id": claim.practice_id}
    once = mine | {"event_id": claim.event_id, "fence": claim.fence}
    lane = outcome.lane if isinstance(outcome, Snooze) else None
    if calls.answered and lane is None and (claim.silent_calls or claim.cool_count or claim.suspect):
        yield Write("lane.answered", mine)
    if calls.answered and claim.outage:
        yield Write("lane.end_outage", {"step_seconds": pace.gap_seconds / 10})
    if calls.silent:
        yield Write("lane.silent", once | {"calls": calls.silent})
    match lane:
        case Cool(reason=reason, seconds=seconds, suspect=suspect):
            cool = pace.cool_for(claim.cool_count) if seconds is None else seconds
            yield Write("lane.cool", mine | {"seconds": cool, "reason": reason, "suspect": suspect})
        case Pause(reason=pause_reason):
            yield Write("lane.pause", mine | {"reason": pause_reason})
        case None:
            pass
        case _:
            assert_never(lane)
