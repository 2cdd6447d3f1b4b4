"""Does a session stay one: a lock that is held, a message that is heard, and no pooler that hands sessions around.

A pooler in transaction mode is idle most of the time and then gives the same session again and again, so a lock that is
still there proves nothing. What proves it: another connection, in a transaction, gets the session that this one holds.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple

import psycopg

from outbox.db import Connection, connect, connect_pooled
from outbox.sql import query
from worker.messages import checks as words
from worker.operations.checks.finding import Finding, failure, ok

#: So many other connections open a transaction while ours is looked at again.
_OTHERS = 2
_HEARING_SECONDS = 2.0


class Evidence(NamedTuple):
    """What a session showed."""

    locked: bool
    kept: bool
    heard: bool


def sessions(url: str) -> Iterator[Finding]:
    """The address that locks and LISTEN use gives sessions that stay."""
    with connect(url) as connection:
        seen = look(connection, url)
    if seen.locked and seen.kept and seen.heard:
        yield ok("session locks", words.LOCKS())
    elif not seen.kept or not seen.locked:
        yield failure("session locks", words.LOCKS_LOST(), words.LOCKS_LOST_STEP())
    else:
        yield failure("session locks", words.NOT_HEARD(), words.LOCKS_LOST_STEP())


def look(connection: Connection, url: str) -> Evidence:
    """Hold a lock and listen, while other connections do something."""
    pid = _pid(connection, "check.hold_lock")
    connection.execute("listen lexrelay_check")
    kept = _is_kept(connection, url, pid)
    row = connection.execute(query("check.see_lock"), {"pid": pid}).fetchone()
    with connect(url) as other:
        other.execute("notify lexrelay_check")
    heard = any(True for _ in connection.notifies(timeout=_HEARING_SECONDS, stop_after=1))
    return Evidence(bool(row and row["held"]), kept, heard)


def _is_kept(connection: Connection, url: str, pid: int) -> bool:
    """Whether this session stays ours while others are busy; ends at the first sign that it does not.

    A pooler with few sessions would let us wait for one that another connection of ours holds.
    """
    with ExitStack() as stack:
        for _ in range(_OTHERS):
            other = stack.enter_context(connect(url))
            stack.enter_context(other.transaction())
            if _pid(other, "check.pid") == pid or _pid(connection, "check.pid") != pid:
                return False
    return True


def pooled(url: str) -> Iterator[Finding]:
    """The pooler's address carries what every transaction of a worker needs."""
    try:
        with connect_pooled(url) as connection:
            connection.execute(query("check.server"))
    except psycopg.Error as error:
        yield failure("pooler", words.POOLER_FAILS(error=type(error).__name__), words.POOLER_FAILS_STEP())
    else:
        yield ok("pooler", words.POOLER())


def _pid(connection: Connection, name: str) -> int:
    row = connection.execute(query(name)).fetchone()
    return int(row["pid"]) if row else 0
