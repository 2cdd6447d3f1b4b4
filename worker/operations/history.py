"""What operators did: who, when, what, why. Reads only."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from outbox import story
from outbox.db import Connection, Row
from outbox.ids import EventId
from worker.messages import Declined
from worker.messages.story import NO_EVENT
from worker.practice import practices


def read(
    connection: Connection, *, practice_id: int | None, event_id: int | None, since: datetime | timedelta | None = None,
    limit: int | None = None, before: int | None = None,
) -> list[Row]:  # fmt: skip
    """Actions as rows of `story.history`, the newest first, older than the action `before`; without a filter all.

    Raises Declined for an unknown event or practice.
    """
    if event_id is not None and not story.exists(connection, EventId(event_id)):
        raise Declined(NO_EVENT(event_id=event_id))
    done = story.history(
        connection, practice_id=practice_id, event_id=event_id, since=since, limit=limit, before=before
    )
    if not done:  # what was done for a practice that the host has deleted since is told all the same
        practices.require(connection, practice_id)
    return done


def to_json(actions: Sequence[Row]) -> list[dict[str, Any]]:
    """As `history --json` has them: times, ids, names of actions, and what was recorded with them."""
    return list(actions)
