"""Documents found by what an operator or a practice knows of them, a page at a time. Reads only; holds no person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from outbox import event_list
from outbox.db import Connection, Row
from outbox.sql import query
from worker.lexware.api.answers import voucher_kind
from worker.lexware.api.links import voucher_url
from worker.practice import practices

_LARGEST_ID = 2**63 - 1


def search(connection: Connection, text: str, *, practice_id: int | None, limit: int) -> list[Row]:
    """The documents of this number, event id, or id in Lexware (its address there will do)."""
    lexware_id = _uuid(text)
    event_id = int(text) if text.isascii() and text.isdecimal() and int(text) <= _LARGEST_ID else None
    return event_list.sought(
        connection, practice_id=practice_id, number=text, event_id=event_id, lexware_id=lexware_id, limit=limit
    )


def latest(connection: Connection, *, before: int | None, limit: int) -> list[Row]:
    """The newest events, older than the event `before`."""
    return event_list.latest(connection, before=before, limit=limit)


def standing(
    connection: Connection, where: str, *, practice_id: int | None, after: tuple[datetime, int] | None, limit: int
) -> list[Row]:
    """Unsettled documents that stand somewhere (one of `event_list.UNSETTLED`), the oldest first."""
    return event_list.standing(connection, where, practice_id=practice_id, after=after, limit=limit)


def of_practice(connection: Connection, practice_id: int, *, before: int | None, limit: int) -> list[Row]:
    """A practice's documents, the newest first, before the document `before`. Raises Declined for an unknown practice."""
    found = event_list.of_practice(connection, practice_id, before=before, limit=limit)
    if not found:
        practices.find(connection, practice_id)
    return found


def with_urls(rows: Sequence[Row], app_url: str) -> list[dict[str, Any]]:
    """The same with `url`: where a user sees each in Lexware."""
    return [row | {"url": _url(row, app_url)} for row in rows]


def with_states(connection: Connection, practice_id: int, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The same with `lexware_status` and `lexware_number` as they were seen last; None: not read back yet."""
    of = {"practice_id": practice_id, "document_ids": [row["document_id"] for row in rows]}
    seen = {row["document_id"]: row for row in connection.execute(query("seen.of_documents"), of)}
    names = ("lexware_status", "lexware_number")
    return [row | {name: seen.get(row["document_id"], {}).get(name) for name in names} for row in rows]


def _url(row: Row, app_url: str) -> str | None:
    return voucher_url(app_url, voucher_kind(row["kind"]), row["lexware_id"]) if row["lexware_id"] else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.rstrip("/").rpartition("/")[2])
    except ValueError:
        return None
