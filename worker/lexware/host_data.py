"""Whose fault it is when a document cannot be read: the host's select for it, named by view, column and SQLSTATE.

Guarantee: never the value, never PostgreSQL's message, which may hold it.
"""

from collections.abc import Iterator

import psycopg

from outbox.db import Connection
from outbox.sql import query

#: Classes of SQLSTATE that say nothing about the host's data: connection, transaction, resources, locks, the server itself.
_NOT_DATA = ("08", "25", "40", "53", "54", "55", "57", "58", "F0", "XX")
#: SQLSTATEs of what PostgreSQL itself lets pass: a null where none may be, and two rows of one key.
NULL, TWO_ROWS = "22004", "21000"


class HostData(Exception):
    """The host's view fails for this document, or gives nothing where something must be."""

    def __init__(self, view: str, column: str | None, sqlstate: str) -> None:
        super().__init__(view, column, sqlstate)
        self.view, self.column, self.sqlstate = view, column, sqlstate

    @property
    def where(self) -> dict[str, str]:
        """View, column and SQLSTATE, as far as they are known."""
        known = {"view": self.view, "column": self.column, "sqlstate": self.sqlstate}
        return {name: text for name, text in known.items() if text is not None}


class HostBusy(HostData):
    """The host's view gave an error, or nothing in time, that may pass: a lock, another server that it asks."""


def may_pass(connection: Connection, error: psycopg.Error) -> bool:
    """Whether the server answered with an error that says nothing of the data, and is there still."""
    return error.sqlstate is not None and not is_of_data(error) and not connection.closed


def is_of_data(error: psycopg.Error) -> bool:
    """Whether the statement failed of what it read, and would fail again."""
    return error.sqlstate is not None and not error.sqlstate.startswith(_NOT_DATA)


def blame(connection: Connection, document_id: int, schema: str = "contract") -> HostData | None:
    """The column that fails for this document; None: none does, so something else was wrong."""
    for view, rows in _rows_of(document_id, schema):
        for column in _columns(connection, f"{schema}.{view}"):
            try:
                connection.execute(f"select {column} from {schema}.{view} where {rows}".encode())  # noqa: S608 (names of a view)
            except psycopg.DatabaseError as found:
                if not is_of_data(found):
                    raise
                return HostData(view, column, found.sqlstate or "")
    try:
        connection.execute(query("reading.leaks").replace(b"contract", schema.encode()), {"document_id": document_id})
    except psycopg.DatabaseError as found:
        return HostData("private", None, found.sqlstate or "") if is_of_data(found) else None
    return None


def _rows_of(document_id: int, schema: str) -> Iterator[tuple[str, str]]:
    mine = f"document_id = {int(document_id)}"
    yield "document", mine
    yield "document_line", mine
    yield "payer", f"payer_id = (select d.payer_id from {schema}.document d where d.{mine} limit 1)"  # noqa: S608 (a number)


def _columns(connection: Connection, view: str) -> list[str]:
    described = connection.execute(f"select * from {view} limit 0".encode()).description  # noqa: S608 (our own names)
    return [column.name for column in described or ()]
