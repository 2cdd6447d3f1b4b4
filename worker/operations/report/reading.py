"""The practice's documents for a report, one by one, from a host whose select may fail for some of them.

Such a document does not keep the others from being read: it is given as `Unreadable`. Reads only, within a transaction of
the caller; what fails is undone to a savepoint.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import psycopg

from outbox.db import Connection, Row
from outbox.sql import query
from worker.lexware.host_data import is_of_data

_BATCH = 1000


class Unreadable(NamedTuple):
    """A document for which the host's select fails, by what the ledger knows of it."""

    document_id: int
    number: str | None
    is_hidden: bool
    reason: str | None
    kind: str
    lexware_id: str | None
    host_key: str | None


@dataclass
class Reading:
    """The queries of one report, all with the same values; `has_failed`: one about all documents of the host has failed."""

    connection: Connection
    of: Mapping[str, Any]
    has_failed: bool = field(init=False, default=False)

    def documents(self) -> Iterator[Row | Unreadable]:
        """Those of the month, as the rows of `report.documents`."""
        last = 0
        try:
            with self.connection.transaction():
                for row in self.stream("report.documents", ids=None, dated=True):
                    last = row["document_id"]
                    yield row
        except psycopg.DatabaseError as error:
            if not is_of_data(error):
                raise
        else:
            return
        ids = self._ids(last)
        for start in range(0, len(ids), _BATCH):
            yield from self._each(ids[start : start + _BATCH], dated=True)

    def chosen(self, ids: Sequence[int]) -> Iterator[Row | Unreadable]:
        """These documents, of whatever month."""
        for start in range(0, len(ids), _BATCH):
            yield from self._each(ids[start : start + _BATCH], dated=False)

    def of_host(self, name: str, **more: Any) -> list[Row]:
        """The rows of another query that reads the host; none if it fails, and `has_failed`."""
        try:
            return self._undoable(name, **more)
        except psycopg.DatabaseError as error:
            if not is_of_data(error):
                raise
            self.has_failed = True
            return []

    def rows(self, name: str, **more: Any) -> list[Row]:
        """The rows of a query."""
        return self.connection.execute(query(name), {**self.of, **more}).fetchall()

    def stream(self, name: str, **more: Any) -> Iterator[Row]:
        """The rows as they are asked for, by a cursor of the server."""
        with self.connection.cursor(name=name.replace(".", "_")) as cursor:
            cursor.execute(query(name), {**self.of, **more})
            while rows := cursor.fetchmany(_BATCH):
                yield from rows

    def _each(self, ids: Sequence[int], *, dated: bool) -> Iterator[Row | Unreadable]:
        """Half by half, down to the one that fails."""
        try:
            yield from self._undoable("report.documents", ids=ids, dated=dated)
        except psycopg.DatabaseError as error:
            if not is_of_data(error):
                raise
            if len(ids) == 1:
                yield from (Unreadable(**row) for row in self.rows("report.unreadable", document_id=ids[0]))
                return
            middle = len(ids) // 2
            yield from self._each(ids[:middle], dated=dated)
            yield from self._each(ids[middle:], dated=dated)

    def _ids(self, after: int) -> list[int]:
        """Of the month's documents; where even their days cannot be read, of all that the ledger knows."""
        try:
            rows = self._undoable("report.ids", after=after)
        except psycopg.DatabaseError as error:
            if not is_of_data(error):
                raise
            self.has_failed = True
            rows = self.rows("report.event_ids", after=after)
        return [row["document_id"] for row in rows]

    def _undoable(self, name: str, **more: Any) -> list[Row]:
        with self.connection.transaction():
            return self.rows(name, **more)
