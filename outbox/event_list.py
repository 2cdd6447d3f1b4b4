"""Events as lists: those that somebody seeks by what is known of one, and pages of them. Reads only.

Each is a row of `event_list.sql`: ids, numbers, codes and times, and no person.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from outbox.db import Connection, Row
from outbox.sql import query

#: Where an event can stand that is not settled.
UNSETTLED = ("pending", "in_flight", "in_doubt", "blocked", "held")


def sought(
    connection: Connection, *, practice_id: int | None, number: str, event_id: int | None, lexware_id: UUID | None,
    limit: int,
) -> list[Row]:  # fmt: skip
    """The events that fit any of these; an event id or a Lexware id is one event."""
    of = {"practice_id": practice_id, "number": number, "event_id": event_id, "lexware_id": lexware_id}
    return _rows(connection, "sought", of | {"limit": limit})


def latest(connection: Connection, *, before: int | None, limit: int) -> list[Row]:
    """The newest of all practices, older than the event `before`."""
    return _rows(connection, "latest", {"before": before, "limit": limit})


def of_practice(connection: Connection, practice_id: int, *, before: int | None, limit: int) -> list[Row]:
    """Those of a practice, the newest documents first, before the document `before`."""
    return _rows(connection, "of_practice", {"practice_id": practice_id, "before": before, "limit": limit})


def standing(
    connection: Connection, where: str, *, practice_id: int | None, after: tuple[datetime, int] | None, limit: int
) -> list[Row]:
    """Those that stand at one of `UNSETTLED`, the oldest first, from behind the one that `after` names."""
    after_at, after_id = after or (None, None)
    of = {"standing": where, "practice_id": practice_id, "after_at": after_at, "after_id": after_id, "limit": limit}
    return _rows(connection, "standing", of)


def reason(row: Row) -> str | None:
    """Why an event stands where it stands: of a held one what its practice lacks."""
    held_by: str | None = row["pause_reason"] or row["connection"]
    own: str | None = row["reason"]
    return held_by if row["state"] == "held" else own


def _rows(connection: Connection, name: str, values: Mapping[str, object]) -> list[Row]:
    found = connection.execute(query(f"event_list.{name}"), values).fetchall()
    return [row | {"reason": reason(row)} for row in found]
