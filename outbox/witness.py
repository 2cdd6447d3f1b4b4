"""Has this database gone back in time, or does it live twice?

A copy of a server's files, or a snapshot of them that was brought back, bears every sign of the original: nothing within it
tells. So the pollers keep a memory outside of it: how far the server's log was written when they looked last. A server that is
restarted, promoted, moved or upgraded goes on where its log ended. Only a copy, or an older state, stands behind what was
seen, and of two that go on from the same files the one that has written less. Where the memory is lost, or each of two copies
has one of its own, nothing is noticed.
"""

import time
from typing import Protocol

from outbox.db import Connection
from outbox.errors import SchemaMismatch
from outbox.sql import query

_EVERY_SECONDS = 5.0
_BEHIND = (
    "This database has been seen further on than it is: it is a copy of the server's files or an older state of them, or there "
    "is one. What it holds as pending may be in Lexware already. Stop the copy; then, where lexrelay is to go on, run "
    "`lexrelay migrate --after-restore`, and `lexrelay practice resume` for each practice that may go on."
)


class Memory(Protocol):
    """How far a database was seen, kept outside of it. Forgets rather than fails."""

    def recall(self, home: str) -> int:
        """The furthest position of its log, in bytes; 0 when nothing is known."""

    def note(self, home: str, position: int) -> None:
        """It has been seen so far."""


class Witness:
    """Looks at each new connection, and every now and then. For one thread."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._looked_at: Connection | None = None
        self._due = float("-inf")

    def __call__(self, connection: Connection) -> None:
        """Raises SchemaMismatch where the database stands behind what was seen of it."""
        if time.monotonic() < self._due and connection is self._looked_at:
            return
        if is_behind(connection, self._memory):
            raise SchemaMismatch(_BEHIND)
        self._looked_at, self._due = connection, time.monotonic() + _EVERY_SECONDS


def is_behind(connection: Connection, memory: Memory, *, keeps: bool = True) -> bool:
    """Whether the memory knows more of the server's log than there is; if not, and unless only a look is taken, it is told."""
    row = connection.execute(query("restore.server")).fetchone()
    if row is None:  # a standby, which hands nothing out
        return False
    seen = memory.recall(row["home"])
    row = connection.execute(query("restore.server")).fetchone()  # after the memory: of one server, it is never behind
    if row is None:
        return False
    if row["position"] < seen:
        return True
    if keeps:
        memory.note(row["home"], row["position"])
    return False
