"""Statements that take many rows at once: `json_to_recordset(%(rows)s)` makes a table of what is handed to them.

`SharedStatement` is one of them, shared by the threads of a process (`group.py`): one row for each caller, one commit
for all of them. Rows are locked in the order of their ids, and a group waits for a lock only for a moment (`Connections`): what
one practice keeps locked must not keep the others waiting, so its callers then go alone, each as patient as it must be.
"""

import json
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.types.json import Json

from outbox.db import Connection, Row
from outbox.group import GroupCall
from outbox.sql import query

Connecting = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True)
class Connections:
    """How the threads of a process come to PostgreSQL: alone, or together on one connection, one group at a time."""

    alone: Connecting
    together: Connecting
    """Gives up when a lock is not there soon (`db.HASTY`)."""
    lock: Lock = field(default_factory=Lock)


def _plain(value: object) -> str:
    match value:
        case UUID():
            return str(value)
        case datetime():
            return value.isoformat()
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a row")


_ENCODER = json.JSONEncoder(default=_plain, separators=(",", ":"))


def rows(values: Sequence[Row]) -> Json:
    """The parameter `rows` of a statement."""
    return Json(values, dumps=_ENCODER.encode)


class Write(NamedTuple):
    """A query by name, with its row: one of those that it takes together, or all of its parameters."""

    name: str
    row: Row


class SharedStatement:
    """A query that takes rows and gives at most one for each, known by the column `key`: nobody gets another one's row."""

    def __init__(self, connections: Connections, name: str, key: str, **constant: object) -> None:
        self._connections, self._name, self._key, self._constant = connections, name, key, constant
        self._call: GroupCall[Row, Row | None] = GroupCall(
            self._together, self._alone, key=lambda row: row[key], lock=connections.lock
        )

    def __call__(self, **row: object) -> Row | None:
        """The row that came of this one; None: nothing was done."""
        return self._call(row)

    def _alone(self, row: Row) -> Row | None:
        with self._connections.alone() as connection:
            return connection.execute(query(self._name), self._values([row])).fetchone()

    def _together(self, many: Sequence[Row]) -> Mapping[Hashable, Row]:
        with self._connections.together() as connection:
            done = connection.execute(query(self._name), self._values(many)).fetchall()
        return {row[self._key]: row for row in done}

    def _values(self, many: Sequence[Row]) -> dict[str, Any]:
        return {**self._constant, "rows": rows(many)}
