"""The documents by month: what a human holds against the host's own report."""

from dataclasses import dataclass
from decimal import Decimal

from worker.rehearsal.stage import Stage


@dataclass(frozen=True, slots=True)
class Month:
    """The documents of one month by invoice date, drafts aside; cancellations are in the sums, with their sign."""

    month: str
    documents: int
    cancellations: int
    net: Decimal
    vat: Decimal
    gross: Decimal


def by_month(stage: Stage) -> list[Month]:
    """The months in which there are documents, the oldest first."""
    return [Month(**row) for row in stage.rows("host_check.months")]
