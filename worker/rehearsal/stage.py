"""Where a rehearsal takes place: a transaction that is rolled back, and the schema in which the views stand in it.

A folder that is not applied yet gets its views in a schema of its own: to replace those of `contract` for as long as a
rehearsal lasts would make the host's transactions wait, whose trigger asks them.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import psycopg

from outbox.db import LOST_DATABASE, Connection, Row
from outbox.sql import query
from worker.messages import Sentence

T = TypeVar("T")
CONTRACT, REHEARSAL = "contract", "lexrelay_rehearsal"


class Progress(Protocol):
    """Gives the items one after another, and may show how far it is."""

    def __call__(self, items: Sequence[T], doing: Sentence, /) -> Iterable[T]:
        """The same items in the same order."""


def silently(items: Sequence[T], _doing: Sentence, /) -> Iterable[T]:
    """Show nothing."""
    return items


@dataclass(frozen=True, slots=True)
class Stage:
    """A connection within the transaction of the rehearsal, and the schema of the views."""

    connection: Connection
    schema: str = CONTRACT

    @property
    def is_applied(self) -> bool:
        """The views are those that the daemon reads."""
        return self.schema == CONTRACT

    def statement(self, name: str) -> bytes:
        """A query as the worker executes it, but of the views that stand here."""
        return query(name).replace(b"contract.", self.schema.encode() + b".")

    def rows(self, name: str, **values: object) -> list[Row]:
        """What a query gives."""
        cursor = self.connection.execute(self.statement(name), values or None)
        return cursor.fetchall() if cursor.description else []

    def again(self, name: str, **values: object) -> None:
        """A query that is asked over and over, as the worker asks it: prepared, and its answer read."""
        self.connection.execute(self.statement(name), values, prepare=True).fetchall()

    def one(self, name: str, **values: object) -> Row:
        """The one row of a query that always gives one."""
        return self.rows(name, **values)[0]

    def trying(self) -> AbstractContextManager[Any]:
        """A part of it that may fail without the rest."""
        return self.connection.transaction()


def sqlstate(error: psycopg.Error) -> str:
    """The code of an error that is the host's own; raises one that means the loss of the database again."""
    if isinstance(error, LOST_DATABASE) or error.sqlstate is None:
        raise error
    return error.sqlstate
