"""What a cancellation becomes, given how its original stands in Lexware.

Pure rules (design 6 "Cancellation", lexware-api 6.2 and 6.3). When a 404 means *deleted*, and when an original counts
as never transferred, is found out elsewhere; nothing here asks Lexware.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, assert_never

from outbox.reasons import DiscardReason

OriginalStatus = Literal[
    "draft", "open", "overdue", "paid", "paidoff", "voided", "deleted", "not_transferred", "not_invoice", "unknown"
]
Flaw = Literal["itself", "cancellation", "cancelled_already", "more_than_original"]
Notice = Literal[
    "original_is_draft", "link_refused", "original_not_transferred", "original_not_invoice", "original_status_unknown"
]

_REMOTE: Mapping[str, OriginalStatus] = {
    "draft": "draft",
    "open": "open",
    "overdue": "overdue",
    "paid": "paid",
    "paidoff": "paidoff",
    "voided": "voided",
}


@dataclass(frozen=True, slots=True)
class SendLinked:
    """Send a draft credit note with `precedingSalesVoucherId`."""


@dataclass(frozen=True, slots=True)
class SendUnlinked:
    """Send a draft credit note that only its introduction ties to the original; a human is told why."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """The practice undid the original in Lexware itself: nothing is left to reverse."""

    reason: DiscardReason


@dataclass(frozen=True, slots=True)
class Refused:
    """An operator decides: replay unlinked, backfill the original first, or discard."""

    reason: Literal["original_not_transferred", "original_not_invoice"]


Decision = SendLinked | SendUnlinked | NotNeeded | Refused


def status_of(voucher_status: str) -> OriginalStatus:
    """What a GET of the original said; a word we do not know is `unknown` (lexware-api 5.8)."""
    return _REMOTE.get(voucher_status, "unknown")


def flaw_of(
    *, is_itself: bool, kind: str | None, total: Decimal | None, here: Decimal | None, by_others: Decimal, others: int
) -> Flaw | None:
    """Why the original cannot be cancelled by this document; None: nothing known here speaks against it.

    `kind` and `total` are the original's, `here` is this cancellation's total, `by_others` what `others` cancel already.
    """
    if is_itself:
        return "itself"
    if kind == "cancellation":
        return "cancellation"
    total, here, gone = _figure(total), _figure(here), _figure(by_others)
    if total is None or here is None or gone is None:
        return None
    if others and gone >= total:
        return "cancelled_already"
    return "more_than_original" if gone + abs(here) > total else None


def is_part(here: Decimal | None, total: Decimal | None) -> bool:
    """Whether a cancellation leaves something of its original; without both sums it may."""
    here, total = _figure(here), _figure(total)
    return here is None or total is None or abs(here) < total


def _figure(total: Decimal | None) -> Decimal | None:
    """PostgreSQL's NaN and infinity are no sums."""
    return total if total is not None and total.is_finite() else None


def decide(status: OriginalStatus, *, link_refused: bool = False, may_unlink: bool = False) -> Decision:
    """What to do about a cancellation.

    `link_refused`: the linked credit note was answered with 406 and the status is what was read again after it.
    `may_unlink`: an operator replayed it `--unlinked`.
    An unknown status goes unlinked: that is accepted whatever it means, and a human sees the draft.
    """
    match status:
        case "open" | "overdue" | "paid" | "paidoff":
            return SendUnlinked("link_refused") if link_refused else SendLinked()
        case "draft":
            return SendUnlinked("original_is_draft")
        case "unknown":
            return SendUnlinked("original_status_unknown")
        case "voided":
            return NotNeeded("original_voided")
        case "deleted":
            return NotNeeded("original_deleted")
        case "not_transferred":
            return SendUnlinked("original_not_transferred") if may_unlink else Refused("original_not_transferred")
        case "not_invoice":
            return SendUnlinked("original_not_invoice") if may_unlink else Refused("original_not_invoice")
        case _:
            assert_never(status)
