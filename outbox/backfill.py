"""Backfill: events for documents that were completed before the transfer was switched on, behind everything new.

Guarantee: never a second event for a document, so it may be repeated, interrupted and run beside the trigger.
It knows documents by id, kind and total, and nothing of what is in them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from outbox.db import Connection, Row
from outbox.ids import PracticeId
from outbox.sql import query

#: Documents per commit: long enough to be quick, short enough that new documents come in between.
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The documents of a range of invoice dates, both inclusive, that have no event: rows of `backfill.missing`."""

    practice_id: PracticeId
    first: date
    last: date
    documents: list[Row]

    def sums(self) -> dict[str, dict[str, int | Decimal]]:
        """Per kind, how many and their total; a document without a total adds nothing."""
        return {kind: self._sum(kind) for kind in ("invoice", "cancellation")}

    def alone(self) -> int:
        """How many cancellations have an invoice that neither has an event nor is in the range: they will die."""
        here = {row["document_id"] for row in self.documents}
        cancellations = [row for row in self.documents if row["kind"] == "cancellation"]
        return sum(not row["original_has_event"] and row["original_id"] not in here for row in cancellations)

    def _sum(self, kind: str) -> dict[str, int | Decimal]:
        totals = [row["total"] for row in self.documents if row["kind"] == kind]
        return {"documents": len(totals), "total": sum(filter(None, totals), Decimal("0.00"))}


def plan(connection: Connection, practice_id: PracticeId, first: date, last: date) -> Plan:
    """What a backfill would write now."""
    wanted = {"practice_id": practice_id, "first": first, "last": last}
    documents = connection.execute(query("backfill.missing"), wanted).fetchall()
    return Plan(practice_id=practice_id, first=first, last=last, documents=documents)


def write(connection: Connection, wanted: Plan) -> Iterator[int]:
    """Write the events, a commit for each batch, and tell after each how many were new. Wakes the poller."""
    for start in range(0, len(wanted.documents), BATCH):
        ids = [row["document_id"] for row in wanted.documents[start : start + BATCH]]
        row = connection.execute(query("backfill.write"), {"documents": ids}).fetchone()
        yield row["events"] if row else 0
