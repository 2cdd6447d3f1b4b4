"""The story of one event: where it stands, and everything that was tried, seen and decided about it.

Reads only; holds ids, numbers, codes and times, and no person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from outbox.db import Connection, Row
from outbox.ids import EventId, PracticeId
from outbox.sql import query


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An event as `story.event` gives it, and in order of time its attempts, intents with their looks, and operators."""

    event: Row
    attempts: list[Row]
    intents: list[Row]
    actions: list[Row]


def read(connection: Connection, practice_id: PracticeId, number: str, *, gap_seconds: float) -> Story | None:
    """The story of a document number, the newest event if there are several; None: no event was written for it."""
    wanted = {"practice_id": practice_id, "number": number, "event_id": None, "gap_seconds": gap_seconds}
    return _read(connection, wanted)


def of_event(connection: Connection, event_id: EventId, *, gap_seconds: float) -> Story | None:
    """The story of an event; None: there is none of this id."""
    wanted = {"practice_id": None, "number": None, "event_id": event_id, "gap_seconds": gap_seconds}
    return _read(connection, wanted)


def _read(connection: Connection, wanted: Row) -> Story | None:
    event = connection.execute(query("story.event"), wanted).fetchone()
    if event is None:
        return None
    of = {"event_id": event["event_id"]}
    return Story(
        event=event,
        attempts=attempts(connection, [event["event_id"]])[event["event_id"]],
        intents=connection.execute(query("story.intents"), of).fetchall(),
        actions=actions(connection, event_id=event["event_id"]),
    )


def attempts(connection: Connection, event_ids: Sequence[int]) -> dict[int, list[Row]]:
    """By event, one row for each of its claims, the oldest first."""
    found: dict[int, list[Row]] = {event_id: [] for event_id in event_ids}
    for row in connection.execute(query("story.attempts"), {"event_ids": list(event_ids)}).fetchall():
        found[row.pop("event_id")].append(row)
    return found


def history(
    connection: Connection, *, practice_id: int | None, event_id: int | None, since: datetime | timedelta | None, limit: int | None,
    before: int | None = None,
) -> list[Row]:  # fmt: skip
    """What operators did, the newest first; `since` is a moment or how long ago, `before` an action that is newer."""
    wanted = {
        "practice_id": practice_id, "event_id": event_id, "limit": limit, "before": before,
        "since": since if isinstance(since, datetime) else None, "ago": since if isinstance(since, timedelta) else None,
    }  # fmt: skip
    return connection.execute(query("story.history"), wanted).fetchall()


def exists(connection: Connection, event_id: EventId) -> bool:
    """Whether there is such an event."""
    return connection.execute(query("story.exists"), {"event_id": event_id}).fetchone() is not None


def actions(connection: Connection, *, practice_id: int | None = None, event_id: int | None = None) -> list[Row]:
    """What operators did, the oldest first; without a filter everything."""
    return connection.execute(query("story.actions"), {"practice_id": practice_id, "event_id": event_id}).fetchall()
