"""What can go wrong with a call, as one tree. Each class says what the operator should conclude.

LexwareError
├── NotSent               nothing left this machine
│   └── TooLateToSend     the last look at the clock forbade it
├── NoAnswer              something left, nothing readable came back
├── Truncated             a list could not be read to its end
└── Refused               Lexware answered, and did nothing
    ├── RateLimited       429
    ├── KeyRefused        401
    ├── PlanTooSmall      402
    ├── PermissionMissing 403
    ├── NotFound          404
    └── Rejected          any other 4xx, and 501

Every error here is safe to log, to store and to show: it holds codes, field paths and ids only, and no other object.
Lexware's own wording, bodies, headers and the API key never get into one (a documented 403 repeats the key,
lexware-api 3.2).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issue:
    """One objection of Lexware: a machine code, and the path of the field it is about (lexware-api 3.3, 3.4)."""

    code: str
    field: str | None = None

    def __str__(self) -> str:
        return self.code if self.field is None else f"{self.code} {self.field}"


class LexwareError(Exception):
    """A call did not bring what was asked for."""

    def __init__(
        self,
        why: str | None = None,
        *,
        status: int | None = None,
        issues: tuple[Issue, ...] = (),
        trace_id: str | None = None,
    ) -> None:
        super().__init__()
        self.why = why
        """Our own word or the name of a network error, never remote text."""
        self.status = status
        self.issues = issues
        self.trace_id = trace_id
        """Lexware's name for the call; its support asks for it."""

    def __str__(self) -> str:
        parts = [self.why, self.status, *self.issues, self.trace_id and f"trace {self.trace_id}"]
        return ", ".join(str(part) for part in parts if part is not None) or type(self).__name__

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self})"


class NotSent(LexwareError):
    """Lexware was not reached (DNS, connect, TLS): it has seen nothing of this call. Sending it again is safe."""


class TooLateToSend(NotSent):
    """The request was ready, but its time to leave had passed. To be raised by a `may_send` guard."""


class NoAnswer(LexwareError):
    """The request (or a part) left and no readable answer came: time-out, cut, 5xx, a strange status, unreadable 2xx.

    A GET may be repeated. A POST is in doubt: it may have been carried out, even later (lexware-api 2.1).
    """


class Truncated(LexwareError):
    """A list is longer than Lexware lets us read, or changed meanwhile: what was not seen is not absent."""


class Refused(LexwareError):
    """Lexware answered that it did not do it. Sending the same again gives the same answer, except as stated below."""


class RateLimited(Refused):
    """429: too many calls for this organisation. Not performed, so it is safe to send again, later."""

    def __init__(
        self, *, retry_after_seconds: float | None, status: int, issues: tuple[Issue, ...], trace_id: str | None
    ) -> None:
        super().__init__(status=status, issues=issues, trace_id=trace_id)
        self.retry_after_seconds = retry_after_seconds
        """What Lexware asks for; mostly it says nothing."""


class KeyRefused(Refused):
    """401: the API key is wrong, expired or withdrawn; or Lexware is briefly out of order. Look again after a minute."""


class PlanTooSmall(Refused):
    """402: the practice's Lexware contract has ended or does not include the API."""


class PermissionMissing(Refused):
    """403: the API key lacks a permission; the practice makes a new one with all that lexrelay needs."""


class NotFound(Refused):
    """404: there is no such thing (any more), or it is of another type."""


class Rejected(Refused):
    """Our payload or their data are at fault (400, 405, 406, 409, 415, …). The issues name the fields."""
