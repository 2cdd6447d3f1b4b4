"""What is known before anything is done: the document, the settings, and what is known of Lexware; all read at once.

Knows SQL rows and the types of `documents.py`, nothing of HTTP.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, LiteralString, get_args
from uuid import UUID

import psycopg

from outbox.db import Connection, Row, limited
from outbox.ids import DocumentId, PracticeId
from outbox.sql import query
from worker.keys import Owner
from worker.lexware.document_row import document_of, pick
from worker.lexware.host_data import TWO_ROWS, HostBusy, HostData, blame, is_of_data, may_pass
from worker.lexware.original import LinkedOriginal, original_of
from worker.lexware.translate.documents import Document, Settings, TaxMode

#: As `reading.snapshot` has it; Lexware takes 300.
MOST_READ_LINES = 5000
#: However slow the host's views are; a thread that waits for one does nothing else.
LONGEST_READ: LiteralString = "20s"
#: Stands for an organisation that is not known yet.
UNKNOWN = UUID(int=0)


class DocumentGone(Exception):
    """The host has no such completed document any more."""


class TooLarge(Exception):
    """The document has more lines, or longer texts, than any that could go over; nothing of it was read."""

    def __init__(self, lines: int | None) -> None:
        super().__init__(lines)
        self.figures = {} if lines is None else {"lines": f"> {MOST_READ_LINES}", "limit": str(MOST_READ_LINES)}


class NotConnected(Exception):
    """The practice has no API key or its profile was never read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything about one document of one practice, at one moment."""

    document: Document
    settings: Settings
    key_token: str
    key_owner: Owner
    profile_is_old: bool
    contact_id: UUID | None
    contact_origin: str | None
    contact_age_seconds: float | None
    contact_code: str
    made_contact_id: UUID | None
    lexware_id: UUID | None
    elsewhere: bool
    restored_age_seconds: float | None
    """Since the last restore or failover; None: there was none."""
    original: LinkedOriginal
    payer_hash: str


def read(connection: Connection, practice_id: PracticeId, document_id: DocumentId) -> Snapshot:
    """Read all of it at one moment. Raises DocumentGone, NotConnected, TooLarge or HostData."""
    return ready(find(connection, practice_id, document_id))


def ready(row: Row | None) -> Snapshot:
    """What is sent of it, from what `find` gave. Raises DocumentGone, NotConnected or HostData."""
    if row is None or row["status"] == "draft":
        raise DocumentGone
    if row["key_encrypted"] is None or row["organisation_id"] is None:
        raise NotConnected
    return assemble(row)


def find(connection: Connection, practice_id: PracticeId, document_id: DocumentId) -> Row | None:
    """The row of `reading.snapshot`; None when there is no such document. Raises TooLarge or HostData."""
    of = {"practice_id": practice_id, "document_id": document_id}
    try:
        with limited(connection, LONGEST_READ):
            rows = connection.execute(query("reading.snapshot"), of).fetchall()
    except psycopg.DatabaseError as error:
        if is_of_data(error) and (blamed := blame(connection, document_id)):
            raise blamed from None
        if may_pass(connection, error):
            raise HostBusy("document", None, error.sqlstate or "") from None
        raise
    if len(rows) > 1:
        raise HostData("document", "document_id", TWO_ROWS)
    if not rows and (size := connection.execute(query("reading.size"), of).fetchone()):
        raise TooLarge(size["lines"] if size["has_too_many_lines"] else None)
    return rows[0] if rows else None


def assemble(row: Row) -> Snapshot:
    """The snapshot in a row of `reading.snapshot`. Raises HostData."""
    return Snapshot(
        document=document_of(row),
        settings=pick(row, Settings),
        key_token=row["key_encrypted"],
        key_owner=pick(row, Owner),
        original=original_of(row),
        **{name: row[name] for name in _PLAIN},
    )


def assumed(row: Row) -> Row:
    """What to put into a row of a practice that was never connected: neutral lines, and an organisation taxed as the
    document is. Nothing is assumed of one that is connected.
    """
    if row["organisation_id"] is not None:
        return {}
    tax_type = row["tax_mode"] if row["tax_mode"] in get_args(TaxMode) else "vatfree"
    chosen = {"lines": row["lines"] or "neutral", "matching": row["matching"] or "exact"}
    return {"organisation_id": UNKNOWN, "tax_type": tax_type, "small_business": False, **chosen}


_PLAIN = (
    "profile_is_old", "contact_id", "contact_origin", "contact_age_seconds", "contact_code", "made_contact_id",
    "lexware_id", "elsewhere", "restored_age_seconds", "payer_hash",
)  # fmt: skip


def sent_with(
    snapshot: Snapshot, *, day: date | None = None, total: Decimal | None = None, **more: object
) -> dict[str, Any]:
    """What an intent stores to be looked for again: ids, day, sum and a keyed hash; no name, no text."""
    known: dict[str, Any] = {"payer_hash": snapshot.payer_hash, **more}
    if day is not None:
        known["day"] = day.isoformat()
    if total is not None:
        known["total"] = str(total)
    return known
