"""The original of a cancellation: what is known of it here and in Lexware, and what a cancellation meets in it. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from uuid import UUID

from outbox.db import Row
from worker.lexware.translate.cancellation import Flaw, flaw_of

OriginalStanding = Literal["not_invoice", "transferred", "elsewhere", "awaited", "not_transferred"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedOriginal:
    """The original of a cancellation, as far as we know it."""

    lexware_id: UUID | None
    age_seconds: float | None
    elsewhere: bool
    """It was delivered to another organisation."""
    event_state: str | None
    """Of its event, if it has one."""
    expected: bool
    """It has no event yet, but the safety net will write one."""
    flaw: Flaw | None
    """Why it cannot be cancelled by this document."""
    total: Decimal | None
    others: tuple[str | None, ...]
    """Numbers of the other cancellations that it has, or may have, in Lexware."""
    proven: bool
    """It was in Lexware once: made there by us, or looked up."""

    @property
    def standing(self) -> OriginalStanding:
        """What a cancellation meets: the one answer that delivery, preview and the plan of a replay go by."""
        if self.flaw is not None:
            return "not_invoice"
        if self.lexware_id is not None:
            return "transferred"
        if self.elsewhere:
            return "elsewhere"
        if self.expected or self.event_state in ("pending", "dead"):
            return "awaited"
        return "not_transferred"


def original_of(row: Row) -> LinkedOriginal:
    """What a row of `reading.snapshot` says of it; of an invoice, that there is none."""
    flaw = flaw_of(
        is_itself=row["original_id"] == row["document_id"],
        kind=row["original_kind"],
        total=row["original_total"],
        here=row["total"],
        by_others=row["cancelled_by_others"],
        others=len(row["other_cancellations"]),
    )
    return LinkedOriginal(
        lexware_id=row["original_lexware_id"],
        age_seconds=row["original_age_seconds"],
        elsewhere=row["original_elsewhere"],
        event_state=row["original_event_state"],
        expected=row["original_expected"],
        flaw=flaw if row["kind"] == "cancellation" else None,
        total=row["original_total"],
        others=tuple(row["other_cancellations"]),
        proven=row["original_proven"],
    )
