"""One document of the month, with all that is known of it: in the practice, in the ledger, in Lexware. Holds no person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from worker.host.keys import in_json
from worker.lexware.translate.documents import Kind
from worker.operations.report.amounts import Figures, Groups

Standing = Literal["transferred", "excluded", "held", "failed", "in_doubt", "lost"]
"""Where it stands in the funnel. lost: nothing in the ledger says why it did not go over."""

UNDONE = frozenset({"voided", "deleted", "missing"})
"""States in which it is not, or not to be paid, in Lexware."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """What was seen of it in Lexware last."""

    state: str
    status: str | None
    number: str | None
    day: date | None
    differs: tuple[str, ...]
    seen_at: datetime
    unconfirmed: bool
    """It was not found, which a second look has to confirm."""
    accepted_by: str | None
    """Who has said, since it was seen so, that it may stay so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """The other half of an invoice and its cancellation, of whatever month."""

    document_id: int
    number: str
    total: int
    lexware_id: str | None
    state: str | None
    """In Lexware, as far as it is known."""

    @property
    def is_there(self) -> bool:
        """It lies in Lexware and is not undone."""
        return self.lexware_id is not None and self.state not in UNDONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A completed document by its invoice date. Amounts are in cents, negative on a cancellation."""

    document_id: int
    number: str
    """As people see it; of one that must not be shown its id."""
    kind: Kind
    day: date | None
    is_cancelled: bool
    figures: Figures
    practice: Groups
    sent: Groups
    sent_total: int | None
    """What was sent, by the intent that was committed before."""
    lexware: Groups
    standing: Standing
    reason: str | None
    lexware_id: str | None
    linked_at: datetime | None
    remote: Remote | None
    partner: Partner | None = None
    """Of a cancellation its original, of a cancelled invoice its cancellation."""
    host_key: str | None = None
    twins: tuple[str, ...] = ()
    """What it is in Lexware, if it is there twice."""

    @property
    def gross(self) -> int:
        """What the practice says it comes to."""
        return gross_of(self.practice)

    @property
    def counts_in_lexware(self) -> bool:
        """It is there and not undone."""
        return self.remote is not None and self.remote.state not in UNDONE and not self.remote.unconfirmed

    def named(self) -> dict[str, Any]:
        """How a part of the report names it."""
        return {
            "document_id": self.document_id,
            "number": self.number,
            "kind": self.kind,
            "lexware_id": self.lexware_id,
            **in_json(self.host_key),
        }


def gross_of(groups: Groups) -> int:
    """The sum of all groups."""
    return sum(amounts.gross for _, amounts in groups)


def money(cents: int) -> str:
    """Cents as a decimal amount, e.g. `-85.00`."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02d}"
