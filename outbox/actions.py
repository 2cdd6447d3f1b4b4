"""Operator actions: who, when, what, why. Append-only (G8)."""

import os
import pwd
from collections.abc import Mapping
from functools import cache
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
    """Keep one action, in the transaction of what it did. `detail` holds ids and codes only.

    `by` is what somebody says; the user of this machine and the database's login stand beside it, whatever is said.
    """
    values = {"action": action, "by": by, "why": why, "practice_id": practice_id, "event_id": event_id}
    values["os_user"] = os_user()
    connection.execute(query("action.record"), values | {"detail": Jsonb(dict(detail or {}))})


@cache
def os_user() -> str:
    """The user of this machine who runs the process, whatever the environment says; a number when it has no name."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
