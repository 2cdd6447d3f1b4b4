"""Does this database live on two servers, or has it gone back in time?

A copy of a server's files, or a snapshot of them that was brought back, bears every sign of the original: nothing within it
tells. So the pollers keep a memory outside of it: which start of the server each of them saw last, and how far its log was
written. A server that is restarted, promoted, moved or upgraded goes on where its log ended, and its former start is never
seen again. Only a copy, or an older state, stands behind what was seen, or is seen in turns with the other one. Where the
memory is lost, or each of two copies has one of its own, nothing is noticed.
"""

import time
from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from outbox.db import Connection
from outbox.errors import SchemaMismatch
from outbox.sql import query

Verdict = Literal["clear", "unsure", "copy"]
#: So often in the memory's last entries a start comes back after another one. A poller that was frozen while the server was
#: restarted brings about two, once.
_RETURNS = 5
_EVERY_SECONDS, _UNSURE_EVERY_SECONDS = 5.0, 1.0
#: Longer than a poller of the other server takes to be seen again, and then often enough.
_UNSURE_SECONDS = 12.0
_COPY = (
    "This database has been seen on another server at the same time, or further on than it is: it is a copy of the server's "
    "files or an older state of them, or there is one. What it holds as pending may be in Lexware already. Stop the copy; "
    "then, where lexrelay is to go on, run `lexrelay migrate --after-restore`, and `lexrelay practice resume` for each "
    "practice that may go on."
)


class Sighting(NamedTuple):
    """A start of the server, by its microsecond, and how many bytes its log had then."""

    start: int
    position: int


class Memory(Protocol):
    """What pollers saw, kept outside of the database. Forgets rather than fails."""

    def recall(self, home: str) -> list[Sighting]:
        """The last ones of a database, the oldest first."""

    def note(self, home: str, sighting: Sighting) -> None:
        """Add one."""


class Witness:
    """Looks at each new connection and every now and then, more often while it is unsure. For one thread."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._looked_at: Connection | None = None
        self._due = float("-inf")
        self._unsure_since: float | None = None

    def __call__(self, connection: Connection) -> bool:
        """Whether anything may be handed out: not yet where another start was seen last. Raises SchemaMismatch for a copy."""
        now = time.monotonic()
        if now >= self._due or connection is not self._looked_at:
            self._looked_at = connection
            verdict = look(connection, self._memory)
            if verdict == "copy":
                raise SchemaMismatch(_COPY)
            if verdict == "unsure" and self._unsure_since is None:
                self._unsure_since = now
            if self._unsure_since is not None and now - self._unsure_since >= _UNSURE_SECONDS:
                self._unsure_since = None
            self._due = now + (_EVERY_SECONDS if self._unsure_since is None else _UNSURE_EVERY_SECONDS)
        return self._unsure_since is None


def look(connection: Connection, memory: Memory, *, keeps: bool = True) -> Verdict:
    """What the memory makes of the server as it is now, which is added to it unless it is a copy, or only a look is taken."""
    row = connection.execute(query("restore.server")).fetchone()
    if row is None:  # a standby, which hands nothing out
        return "clear"
    before = memory.recall(row["home"])
    row = connection.execute(query("restore.server")).fetchone()  # after the memory: of one server, it is never behind
    if row is None:
        return "clear"
    now = Sighting(row["start"], row["position"])
    verdict = judge(before, now)
    if keeps and verdict != "copy":
        memory.note(row["home"], now)
    return verdict


def judge(before: Sequence[Sighting], now: Sighting) -> Verdict:
    """What the sightings mean, the oldest first. Pure."""
    if any(seen.position > now.position for seen in before) or _returns([*before, now]) >= _RETURNS:
        return "copy"
    return "unsure" if before and before[-1].start != now.start else "clear"


def _returns(sightings: Sequence[Sighting]) -> int:
    """How often a start was seen again after another one was."""
    known, last, returns = set[int](), None, 0
    for seen in sightings:
        returns += seen.start != last and seen.start in known
        known.add(seen.start)
        last = seen.start
    return returns
