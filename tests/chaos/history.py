"""What really happened here: the practices' tables and lexrelay's, read once when all is quiet; nothing is judged."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tests.chaos.town import Database

Row = dict[str, Any]

_QUERIES = {
    "documents": b"""
        select id as document_id, practice_id, customer_id, kind, cancels_id, number, total, completed_at
        from practice.invoices where status <> 'draft'""",
    "events": b"select * from outbox.event",
    "links": b"select * from lexware.document_link",
    "intents": b"select * from outbox.intent order by intent_id",
    "attempts": b"select * from outbox.attempt order by attempt_id",
    "organisations": b"select practice_id, organisation_id::text as organisation_id from lexware.connection",
    "customers": b"""
        select id as customer_id, practice_id, outbox.marker_code(practice_id, 'customer:' || id) as code
        from practice.customers""",
}


@dataclass(frozen=True)
class History:
    """Rows by their keys. A document is known by its id in the host's database."""

    documents: dict[int, Row]
    events: dict[int, list[Row]]
    links: dict[int, list[Row]]
    intents: list[Row]
    attempts: dict[int, list[Row]]
    organisations: dict[int, str]
    customers: list[Row]

    @property
    def all_events(self) -> list[Row]:
        """Every event."""
        return [event for events in self.events.values() for event in events]


def read(db: Database) -> History:
    """Everything, in one snapshot."""
    with db.transaction():
        db.execute("set transaction isolation level repeatable read, read only")
        rows = {name: db.execute(text).fetchall() for name, text in _QUERIES.items()}
    return History(
        documents={row["document_id"]: row for row in rows["documents"]},
        events=_grouped(rows["events"], "document_id"),
        links=_grouped(rows["links"], "document_id"),
        intents=rows["intents"],
        attempts=_grouped(rows["attempts"], "event_id"),
        organisations={row["practice_id"]: row["organisation_id"] for row in rows["organisations"]},
        customers=rows["customers"],
    )


def _grouped(rows: list[Row], key: str) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row[key]].append(row)
    return grouped
