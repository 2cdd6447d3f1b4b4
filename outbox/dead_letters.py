"""Dead letters: what died, grouped and filtered, with what decides about a replay. Reads only.

Holds ids, codes and figures, never persons; knows neither why a reason is one nor what an operator is told about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from outbox.db import Connection, Row
from outbox.ids import CustomerId, DocumentId, EventId, PracticeId
from outbox.sql import query


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which dead letters: all that are set must hold. `since` is a moment of death or how long ago it may be."""

    practice: int | None = None
    reason: str | None = None
    group: str | None = None
    since: datetime | timedelta | None = None

    def values(self) -> Row:
        """As the queries take it."""
        moment = self.since if isinstance(self.since, datetime) else None
        ago = self.since if isinstance(self.since, timedelta) else None
        return {"practice": self.practice, "reason": self.reason, "group": self.group, "since": moment, "ago": ago}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """One dead letter as it was read; `died_at` tells it from a later death of the same event."""

    event_id: EventId
    practice_id: PracticeId
    document_id: DocumentId
    payer_id: CustomerId
    number: str | None
    host_key: str | None
    kind: str
    marker_code: str
    reason: str
    group: str
    detail: dict[str, Any]
    http_status: int | None
    attempts: int
    died_at: datetime
    unlinked: bool
    held: bool
    """Its practice does not run: a replay would wait."""
    blocked: bool
    """It stands behind an unsettled document of its chain or customer."""
    doubted: bool
    """An intent of it was ever in doubt, or it is from before a restore: it is looked for before it is sent."""
    about_contact: bool
    """What it died of is the payer's contact, not the document."""
    frozen_sender: str | None
    """Host and pid of a process that may have sent it, is alive and does not move."""

    @classmethod
    def of(cls, row: Row) -> Self:
        """From a row of `dead.list`."""
        return cls(**{name: row[name] for name in cls.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What a look goes by: an intent whose document may be in Lexware, or was proven absent."""

    effect: str
    organisation_id: UUID
    opened_at: datetime
    sent_with: dict[str, Any]


def letters(connection: Connection, chosen: Filter) -> list[DeadLetter]:
    """Dead letters in the order they died; empty when none fits."""
    return _read(connection, chosen, None)


def page(connection: Connection, chosen: Filter, *, after: tuple[datetime, int] | None, limit: int) -> list[DeadLetter]:
    """Some of them in that order, from behind the one that `after` names by its death and its id."""
    after_at, after_id = after or (None, None)
    values = chosen.values() | {"after_at": after_at, "after_id": after_id, "limit": limit}
    return named(connection, [row["event_id"] for row in connection.execute(query("dead.page"), values).fetchall()])


def named(connection: Connection, event_ids: Sequence[int]) -> list[DeadLetter]:
    """Those of these events that are dead."""
    return _read(connection, Filter(), list(event_ids))


def groups(connection: Connection, chosen: Filter) -> list[Row]:
    """One row per cause, the largest first."""
    return connection.execute(query("dead.groups"), chosen.values()).fetchall()


def states(connection: Connection, event_ids: Sequence[int]) -> dict[int, Row]:
    """Number, state and reason of events, dead or not; unknown ids are missing."""
    rows = connection.execute(query("dead.states"), {"event_ids": list(event_ids)}).fetchall()
    return {row["event_id"]: row for row in rows}


def intents(connection: Connection, event_id: int) -> list[Row]:
    """Everything that was ever to be sent for it, each with its looks."""
    return connection.execute(query("story.intents"), {"event_id": event_id}).fetchall()


def doubts(connection: Connection, event_id: int) -> list[Doubt]:
    """What a look for this event goes by, the open intent first."""
    rows = connection.execute(query("dead.doubts"), {"event_id": event_id}).fetchall()
    return [Doubt(**row) for row in rows]


def _read(connection: Connection, chosen: Filter, event_ids: list[int] | None) -> list[DeadLetter]:
    rows = connection.execute(query("dead.list"), chosen.values() | {"event_ids": event_ids}).fetchall()
    return [DeadLetter.of(row) for row in rows]
