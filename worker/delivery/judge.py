"""What an exception means for the event and its lane, whatever the remote system: one outcome each (design section 6).

What the remote system itself refuses is judged by whoever knows it (`lexware/judgement.py`), before.
"""

from typing import Any

import psycopg

from outbox.db import LOST_DATABASE
from outbox.errors import ClaimLost, MayNotSend
from outbox.outcomes import Outcome, Retry, Snooze
from outbox.pace import Pace
from worker.delivery.errors import CallError, Draining, InDoubt, NoAnswer, NotSent, TooLateToSend, Truncated

#: PostgreSQL's class of errors for what is too large or too complex: it is there, and will say so again.
_TOO_MUCH = "54"


def judge(error: Exception, pace: Pace) -> Outcome:
    """The outcome of an attempt that ended with `error`; it never sees a body, a name or a key."""
    match error:
        case InDoubt(status=status):
            wait = pace.first_look_seconds
            return Snooze(seconds=wait, reason="in_doubt", http_status=status)
        case TooLateToSend():
            return Snooze(seconds=0, reason="too_late_to_send")
        case NotSent():
            return Retry(reason="not_reached", detail=codes(error))
        case Truncated():
            return Retry(reason="truncated", http_status=error.status, detail=codes(error))
        case NoAnswer():
            return Retry(reason="no_answer", http_status=error.status, detail=codes(error))
        case Draining():
            return Snooze(seconds=0, reason="draining")
        case psycopg.Error() if isinstance(error, LOST_DATABASE) and not (error.sqlstate or "").startswith(_TOO_MUCH):
            return Snooze(seconds=1, reason="database_lost")
        case MayNotSend() | ClaimLost():
            return Snooze(seconds=pace.licence_seconds, reason="may_not_send")
        case _:
            return Retry(reason="unexpected", detail={"error": type(error).__name__})


def codes(error: CallError) -> dict[str, Any]:
    """Why, codes and trace id: what the remote system's support asks for; nothing a person could be found by."""
    detail: dict[str, Any] = {
        "why": error.why,
        "codes": [str(issue) for issue in error.issues],
        "trace_id": error.trace_id,
    }
    return {name: value for name, value in detail.items() if value}
