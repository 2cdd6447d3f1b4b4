"""How an attempt can end: one value of a closed union, matched exhaustively.

`detail` holds ids, codes and figures only: it is stored, listed and logged (G6).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, assert_never

from outbox.reasons import CoolReason, DeadReason, DelayReason, DiscardReason, RefusalReason

Step = Literal["document", "contact", "verify"]
Detail = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cool:
    """The lane makes no call for a while; with `suspect` its next claim asks for the profile first."""

    reason: CoolReason
    seconds: float | None = None
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """The lane is held until somebody lifts the reason."""

    reason: RefusalReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """The document is in Lexware. `verify`: it was sent again after a proven absence, so look once more later."""

    detail: Detail = field(default_factory=dict)
    verify: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsContact:
    """No contact link: the event goes back with step contact, uncounted; no call was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Again later by the retry table, counted, until the table ends. What a delivered event cannot die of is a reason too."""

    reason: DelayReason | DeadReason
    http_status: int | None = None
    detail: Detail = field(default_factory=dict)
    at_once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Again after `seconds`, not counted; `lane` says what else the whole practice has to do."""

    seconds: float
    reason: DelayReason
    step: Step | None = None
    http_status: int | None = None
    detail: Detail = field(default_factory=dict)
    lane: Cool | Pause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dead:
    """Given up: a human acts, then replays. Letters of one reason that are `about` the same have one cause."""

    reason: DeadReason
    http_status: int | None = None
    detail: Detail = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNeeded:
    """There is nothing to deliver any more; visible as discarded by the system."""

    reason: DiscardReason
    detail: Detail = field(default_factory=dict)


Outcome = Delivered | NeedsContact | Retry | Snooze | Dead | NotNeeded


def told(outcome: Outcome) -> tuple[str | None, int | None, Detail]:
    """What is stored and logged of it: reason, status of the answer, detail."""
    match outcome:
        case Retry() | Snooze() | Dead():
            return outcome.reason, outcome.http_status, outcome.detail
        case NotNeeded():
            return outcome.reason, None, outcome.detail
        case Delivered():
            return None, None, outcome.detail
        case NeedsContact():
            return None, None, {}
        case _:
            assert_never(outcome)


def cause_of(reason: DeadReason, about: str) -> str:
    """What groups dead letters: the reason, and what it is about; codes and names of fields, without figures."""
    return f"{reason} {about}".strip()


def ended_as(outcome: Outcome) -> str:
    """The outcome's name in attempts and logs."""
    return _NAMES[type(outcome)]


_NAMES: Mapping[type, str] = {
    Delivered: "delivered",
    NeedsContact: "needs_contact",
    Retry: "retry",
    Snooze: "snooze",
    Dead: "dead",
    NotNeeded: "not_needed",
}
