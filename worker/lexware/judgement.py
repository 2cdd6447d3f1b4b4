"""What Lexware's refusals and the practice's data mean for the event and its lane: one outcome each (design section 6).

Pure but for the claim it looks at; it never sees a body, a name or a key.
"""

from typing import Literal, assert_never

from outbox.claims import Claim
from outbox.outcomes import Cool, Dead, Outcome, Retry, Snooze
from outbox.pace import Pace
from outbox.reasons import DeadReason
from worker.delivery.errors import Refused
from worker.delivery.judge import codes
from worker.keys import KeyMisplaced, KeyUnreadable
from worker.lexware.host_data import HostBusy, HostData
from worker.lexware.lane_effects import lane_effect
from worker.lexware.obstacles import dead, general, of_problem
from worker.lexware.snapshot import DocumentGone, NotConnected, TooLarge
from worker.lexware.translate.problems import Untranslatable

Judged = Refused | Untranslatable | DocumentGone | TooLarge | HostData | NotConnected | KeyUnreadable | KeyMisplaced
JUDGED = (Refused, Untranslatable, DocumentGone, TooLarge, HostData, NotConnected, KeyUnreadable, KeyMisplaced)


def judge(error: Judged, claim: Claim, pace: Pace) -> Outcome:
    """The outcome of an attempt that ended with `error`. A delivered event that is only looked at again never dies of it."""
    outcome = _judge(error, claim, pace)
    if claim.step == "verify" and isinstance(outcome, Dead):
        return Retry(reason=outcome.reason, http_status=outcome.http_status, detail=outcome.detail)
    return outcome


def _judge(error: Judged, claim: Claim, pace: Pace) -> Outcome:
    match error:
        case Refused():
            return _refused(error, claim, pace)
        case Untranslatable(problem=problem):
            return dead(of_problem(problem))
        case HostBusy():
            return Retry(reason="host_data", detail=error.where)
        case HostData():
            return Dead(reason="host_data", detail=error.where, about=" ".join(error.where.values()))
        case DocumentGone():
            return Dead(reason="document_gone")
        case TooLarge(figures=figures):
            return Dead(reason="too_large", detail=figures)
        case NotConnected():
            return _held_back("not_connected", pace)
        case KeyUnreadable():
            return _held_back("key_unreadable", pace)
        case KeyMisplaced():
            return Snooze(seconds=0, reason="other_organisation", lane=lane_effect(error, pace, suspect=claim.suspect))
        case _:
            assert_never(error)


def _held_back(reason: Literal["not_connected", "key_unreadable"], pace: Pace) -> Snooze:
    return Snooze(seconds=pace.recheck_seconds, reason=reason, lane=Cool("key_unreadable", pace.recheck_seconds))


def _refused(error: Refused, claim: Claim, pace: Pace) -> Outcome:
    lane = lane_effect(error, pace, suspect=claim.suspect)
    if lane is None:
        return _rejected(error, claim)
    reason = "key_refused" if lane.reason == "key_invalid" else lane.reason
    return Snooze(seconds=0, reason=reason, http_status=error.status, lane=lane)


def _rejected(error: Refused, claim: Claim) -> Dead:
    """Lexware does not want it: with a linked contact that it does not know, the contact is gone."""
    about_contact = any((issue.field or "").startswith("address.contactId") for issue in error.issues)
    reason: DeadReason = "contact_gone" if about_contact and claim.step == "document" else "refused_by_lexware"
    first = next((str(issue) for issue in error.issues), "")
    about = f"{error.status} {general(first)}"
    return Dead(reason=reason, http_status=error.status, detail=codes(error), about=about)
