"""Operator actions: who, when, what, why. Append-only (G8)."""

from collections.abc import Mapping
from typing import Any

from psycopg.types.json import Jsonb

from outbox.db import Connection
from outbox.sql import query


def record(
    connection: Connection,
    action: str,
    *,
    by: str,
    why: str | None = None,
    practice_id: int | None = None,
    event_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Keep one action, in the transaction of what it did. `detail` holds ids and codes only."""
    values = {"action": action, "by": by, "why": why, "practice_id": practice_id, "event_id": event_id}
    connection.execute(query("action.record"), values | {"detail": Jsonb(dict(detail or {}))})
