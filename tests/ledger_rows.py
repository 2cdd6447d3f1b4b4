"""What the ledger holds after this or that, written by plain SQL."""

import uuid
from typing import Any

import psycopg
from practice import Practice

ORGANISATION = "0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11"
_INTENT = (
    "insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, send_by, sent_with) "
    "values (%s, %s, %s, %s, %s, 1, 1, now(), '{}')"
)
_LINK = (
    "insert into lexware.document_link (practice_id, document_id, organisation_id, kind, lexware_id, linked_invoice_id, "
    "notice, origin) values (%(practice_id)s, %(document_id)s, %(organisation_id)s, %(kind)s, %(lexware_id)s, "
    "%(linked_invoice_id)s, %(notice)s, 'created')"
)
ELSEWHERE = "update outbox.installation set home = 'another server/another name/1'"
"""The database is a copy, or a backup that was brought back."""


def event_of(db: psycopg.Connection, document_id: int) -> int:
    """The id of a document's event."""
    row = db.execute("select event_id from outbox.event where document_id = %s", (document_id,)).fetchone()
    assert row is not None
    return int(row[0])


def change(db: psycopg.Connection, document_id: int, assignments: str) -> None:
    """Change columns of a document's event."""
    db.execute(f"update outbox.event set {assignments} where document_id = {document_id}")


def settle(db: psycopg.Connection, document_id: int, state: str, reason: str | None = None) -> None:
    """Settle a document's event."""
    change(db, document_id, f"state = '{state}', closed_at = clock_timestamp(), due_at = null")
    db.execute("update outbox.event set reason = %s where document_id = %s", (reason, document_id))


def deliver(praxis: Practice, document_id: int, **columns: Any) -> str:
    """What a delivery leaves behind; returns the Lexware id."""
    settle(praxis.db, document_id, "delivered")
    link = {
        "practice_id": praxis.practice_id, "document_id": document_id, "organisation_id": ORGANISATION,
        "kind": "invoice", "lexware_id": str(uuid.uuid4()), "linked_invoice_id": None, "notice": None,
    } | columns  # fmt: skip
    praxis.db.execute(_LINK, link)
    return str(link["lexware_id"])


def doubt(praxis: Practice, document_id: int, effect: str, subject_id: int) -> None:
    """Open an intent for a document's event."""
    event_id = event_of(praxis.db, document_id)
    praxis.db.execute(_INTENT, (praxis.practice_id, ORGANISATION, event_id, effect, subject_id))


def restore(db: psycopg.Connection) -> None:
    """The database goes back to the moment before anything was sent; Lexware does not."""
    for statement in (
        "delete from lexware.document_link", "delete from lexware.contact_link where origin = 'created'",
        "delete from outbox.attempt", "delete from outbox.look", "delete from outbox.intent",
        "update outbox.event set state = 'pending', step = 'document', due_at = created_at, closed_at = null, tries = 0",
        ELSEWHERE,
    ):  # fmt: skip
        db.execute(statement)
