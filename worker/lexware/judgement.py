"""What an exception in the corridor means for the event and its lane: one outcome each (design section 6).

Pure but for the claim it looks at; it never sees a body, a name or a key.
"""

from typing import Any

import psycopg

from outbox.claims import Claim
from outbox.errors import ClaimLost, MayNotSend
from outbox.outcomes import Cool, Dead, Outcome, Pause, Retry, Snooze
from outbox.pace import Pace
from worker.delivery.attempt import Draining, InDoubt
from worker.keys import KeyUnreadable
from worker.lexware.api import errors as lexware
from worker.lexware.api.errors import Refused
from worker.lexware.snapshot import DocumentGone, NotConnected
from worker.lexware.translate.problems import Untranslatable

#: However long Lexware asks us to stay away; it is asked again then.
_LONGEST_COOL_SECONDS = 3600.0
#: PostgreSQL's class of errors for what is too large or too complex: it is there, and will say so again.
_TOO_MUCH = "54"


def judge(error: Exception, claim: Claim, pace: Pace) -> Outcome:
    """The outcome of an attempt that ended with `error`. A delivered event that is only looked at again never dies of it."""
    outcome = _judge(error, claim, pace)
    if claim.step == "verify" and isinstance(outcome, Dead):
        return Retry(reason=outcome.reason, http_status=outcome.http_status, detail=outcome.detail)
    return outcome


def _judge(error: Exception, claim: Claim, pace: Pace) -> Outcome:
    match error:
        case InDoubt(status=status):
            wait = pace.window_seconds + pace.settle_seconds
            return Snooze(seconds=wait, reason="in_doubt", http_status=status)
        case lexware.LexwareError():
            return _of_lexware(error, claim, pace)
        case Untranslatable(reason=reason, field=name, figures=figures):
            return Dead(reason=reason, detail={"field": name, **figures}, cause=f"{reason} {_general(name)}".strip())
        case DocumentGone():
            return Dead(reason="document_gone")
        case NotConnected() | KeyUnreadable():
            return Snooze(
                seconds=pace.recheck_seconds,
                reason=type(error).__name__,
                lane=Cool("key_unreadable", pace.recheck_seconds),
            )
        case Draining():
            return Snooze(seconds=0, reason="draining")
        case psycopg.OperationalError() | psycopg.InterfaceError() if not (error.sqlstate or "").startswith(_TOO_MUCH):
            return Snooze(seconds=1, reason="database_lost")
        case MayNotSend() | ClaimLost():
            return Snooze(seconds=pace.settle_seconds / 4, reason="may_not_send")
        case _:
            return Retry(reason="unexpected", detail={"error": type(error).__name__})


def _of_lexware(error: lexware.LexwareError, claim: Claim, pace: Pace) -> Outcome:
    match error:
        case lexware.TooLateToSend():
            return Snooze(seconds=0, reason="too_late_to_send")
        case lexware.NotSent():
            return Retry(reason="not_reached", detail=codes(error))
        case lexware.Truncated():
            return Retry(reason="truncated", http_status=error.status, detail=codes(error))
        case lexware.NoAnswer():
            return Retry(reason="no_answer", http_status=error.status, detail=codes(error))
        case lexware.RateLimited(retry_after_seconds=seconds):
            cool = Cool("rate_limited", min(seconds, _LONGEST_COOL_SECONDS) if seconds else None)
            return Snooze(seconds=0, reason="rate_limited", http_status=429, lane=cool)
        case lexware.KeyRefused():
            lane = Pause("key_invalid") if claim.suspect else Cool("key_refused", pace.recheck_seconds, suspect=True)
            return Snooze(seconds=0, reason="key_refused", http_status=401, lane=lane)
        case lexware.PlanTooSmall():
            return Snooze(seconds=0, reason="plan_too_small", http_status=402, lane=Pause("plan_too_small"))
        case lexware.PermissionMissing():
            return Snooze(seconds=0, reason="permission_missing", http_status=403, lane=Pause("permission_missing"))
        case Refused():
            return _refused(error, claim)
        case _:
            return Retry(reason="unexpected", detail=codes(error))


def _refused(error: Refused, claim: Claim) -> Dead:
    """Lexware does not want it: with a linked contact that it does not know, the contact is gone."""
    about_contact = any((issue.field or "").startswith("address.contactId") for issue in error.issues)
    reason = "contact_gone" if about_contact and claim.step == "document" else "refused_by_lexware"
    first = next((str(issue) for issue in error.issues), "")
    return Dead(
        reason=reason,
        http_status=error.status,
        detail=codes(error),
        cause=f"{reason} {error.status} {_general(first)}".strip(),
    )


def codes(error: lexware.LexwareError) -> dict[str, Any]:
    """Why, codes and trace id: what Lexware's support asks for; nothing a person could be found by."""
    detail: dict[str, Any] = {
        "why": error.why,
        "codes": [str(issue) for issue in error.issues],
        "trace_id": error.trace_id,
    }
    return {name: value for name, value in detail.items() if value}


def _general(name: str | None) -> str:
    """A field or code without its numbers, so that letters of one cause fall into one group."""
    return "".join("#" if char.isdigit() else char for char in name or "")
