"""What can go wrong in an attempt, as far as delivery cares; each class says what to conclude.

DeliveryError
├── Draining              the process is about to end
├── InDoubt               a POST left, its outcome is unknown
├── LookFailed            a look could not be taken to its end
└── CallError             a call to the remote system did not bring what was asked for
    ├── NotSent           nothing left this machine
    │   └── TooLateToSend the last look at the clock forbade it
    ├── NoAnswer          something left, nothing readable came back
    ├── Truncated         a list could not be read to its end
    └── Refused           the remote system answered, and did nothing (its own sorts: `lexware/api/errors.py`)

Every error here is safe to log, to store and to show: it holds codes, field paths and ids only, and no other object.
Remote wording, bodies, headers and the API key never get into one (a documented 403 repeats the key, lexware-api 3.2).
"""

from dataclasses import dataclass

REQUEST_TIMEOUT = 408
"""The one 4xx that is not a verdict on the request: something on the way gave up waiting, or hung up an idle line."""


def is_silent(status: int | None) -> bool:
    """Whether a call says nothing of what was done: no answer (None), 5xx, or that something gave up waiting."""
    return status is None or status >= 500 or status == REQUEST_TIMEOUT


@dataclass(frozen=True, slots=True)
class Issue:
    """One objection of the remote system: a machine code, and the path of the field it is about (lexware-api 3.3, 3.4)."""

    code: str
    field: str | None = None

    def __str__(self) -> str:
        return self.code if self.field is None else f"{self.code} {self.field}"


class DeliveryError(Exception):
    """An attempt ends without having done what it was for."""


class Draining(DeliveryError):
    """The process is about to end: no further call of this attempt."""


class InDoubt(DeliveryError):
    """A POST left and no readable answer came; its intent stays open."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status


class LookFailed(DeliveryError):
    """What an intent may have made could not be looked for: that proves nothing. `error` is the name of the cause."""

    def __init__(self, error: str, status: int | None) -> None:
        super().__init__(error, status)
        self.error, self.status = error, status


class CallError(DeliveryError):
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
        """The remote system's name for the call; its support asks for it."""

    def __str__(self) -> str:
        parts = [self.why, self.status, *self.issues, self.trace_id and f"trace {self.trace_id}"]
        return ", ".join(str(part) for part in parts if part is not None) or type(self).__name__

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self})"


class NotSent(CallError):
    """The server was not reached (DNS, connect, TLS): it has seen nothing of this call. Sending it again is safe."""


class TooLateToSend(NotSent):
    """The request was ready, but its time to leave had passed. To be raised by a `may_send` guard."""


class NoAnswer(CallError):
    """The request (or a part) left and no readable answer came: time-out, cut, 5xx, a strange status, unreadable 2xx.

    A GET may be repeated. A POST is in doubt: it may have been carried out, even later (lexware-api 2.1).
    """


class Truncated(CallError):
    """A list is longer than can be read, or changed meanwhile: what was not seen is not absent."""


class Refused(CallError):
    """The server answered that it did not do it. Sending the same again gives the same answer, except as stated below."""
