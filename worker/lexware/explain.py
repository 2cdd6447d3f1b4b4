"""What went wrong with a call to Lexware, as a sentence for the person who waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from worker.delivery.errors import CallError, NotSent, Refused, Truncated
from worker.lexware.api import errors
from worker.messages import Declined, Sentence
from worker.messages import lexware as words


@contextmanager
def explained() -> Iterator[None]:
    """Whatever Lexware does not give becomes a sentence: raises Declined instead of CallError."""
    try:
        yield
    except CallError as error:
        raise Declined(explain(error)) from None


def explain(error: CallError) -> Sentence:
    """The sentence for an error of a GET; ids and codes only, as in the error itself."""
    match error:
        case NotSent():
            return words.WAYS.get(error.why or "", words.NOT_REACHED)(why=error)
        case errors.KeyRefused():
            return words.KEY_REFUSED()
        case errors.PlanTooSmall():
            return words.PLAN_TOO_SMALL()
        case errors.PermissionMissing():
            return words.PERMISSION_MISSING()
        case errors.RateLimited():
            return words.TOO_MANY_CALLS()
        case Truncated():
            return words.TOO_LONG()
        case Refused():
            return words.REFUSED(why=error)
        case _:
            return words.NO_ANSWER(why=error)
