"""Reads both books of the demo: what the practice software completed, and what Lexware has."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from outbox.db import Connection
from outbox.sql import query
from worker.lab.demo.verdict import Arrival, There, Totals
from worker.lab.sandbox.control import Control

#: States of a document that will change.
OPEN = ("pending", "missing")


def states(db: Connection) -> dict[int, tuple[str, str | None]]:
    """State and Lexware id of every completed document."""
    return {row["id"]: (row["state"], row["lexware_id"]) for row in db.execute(query("demo.results"))}


def dead_event(db: Connection, document_id: int) -> int | None:
    """The event of a document, if it is a dead letter."""
    row = db.execute(query("demo.dead_event"), {"document_id": document_id}).fetchone()
    return int(row["event_id"]) if row else None


def arrivals(db: Connection, lexware: Control) -> list[Arrival]:
    """Every completed document, with all that Lexware has under its number."""
    there = _by_number(lexware.documents())
    return [
        Arrival(
            number=row["number"],
            kind=row["kind"],
            payer_number=row["customer_number"],
            total=row["total"],
            state=row["state"],
            reason=row["reason"],
            lexware_id=row["lexware_id"],
            there=tuple(there[row["number"]]),
        )
        for row in db.execute(query("demo.results"))
    ]


def totals(db: Connection, lexware: Control) -> Totals:
    """How many documents and contacts there are on both sides."""
    row = db.execute(query("demo.payers")).fetchone()
    assert row is not None  # noqa: S101 (a count always returns)
    counts = lexware.counts()
    return Totals(documents_there=counts["documents"], payers=row["payers"], contacts_there=counts["contacts"])


def _by_number(documents: Iterable[dict[str, Any]]) -> dict[str, list[There]]:
    found: defaultdict[str, list[There]] = defaultdict(list)
    for document in documents:
        # The last line of the remark: `Beleg-Nr. RE1-2026-0001 · 7Q4K-X2MB-91TD`.
        number = document["body"]["remark"].splitlines()[-1].removeprefix("Beleg-Nr. ").partition(" ")[0]
        found[number].append(
            There(
                lexware_id=document["id"],
                kind=document["kind"],
                status=document["status"],
                total=Decimal(document["total"]),
            )
        )
    return found
