"""What a refusal means for all calls of the practice, whoever made the call: a delivery or the watch."""

from outbox.outcomes import Cool, Pause
from outbox.pace import Pace
from worker.delivery.errors import Refused
from worker.keys import KeyMisplaced, KeyUnreadable
from worker.lexware.api import errors

#: However long Lexware asks us to stay away; it is asked again then.
_LONGEST_COOL_SECONDS = 3600.0


def lane_effect(error: Refused | KeyUnreadable | KeyMisplaced, pace: Pace, *, suspect: bool) -> Cool | Pause | None:
    """What the lane has to do; None: nothing, the refusal is about this one call. `suspect`: the key was refused before."""
    match error:
        case errors.RateLimited(retry_after_seconds=seconds):
            return Cool("rate_limited", min(seconds, _LONGEST_COOL_SECONDS) if seconds else None)
        case errors.KeyRefused():
            return Pause("key_invalid") if suspect else Cool("key_refused", pace.recheck_seconds, suspect=True)
        case errors.PlanTooSmall():
            return Pause("plan_too_small")
        case errors.PermissionMissing():
            return Pause("permission_missing")
        case KeyMisplaced():
            return Pause("other_organisation")
        case KeyUnreadable():
            return Cool("key_unreadable", pace.recheck_seconds)
        case _:
            return None
