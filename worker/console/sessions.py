"""Codes that let one browser in, once, and the sessions that they begin: the console's own data.

Guarantee: a code and a session id exist outside of a browser as hashes only; both are random and long, so nobody guesses.
"""

import hashlib
import secrets
from typing import Literal, cast, get_args

from outbox import actions
from outbox.db import Connection
from outbox.sql import query
from worker.console.visitor import Visitor

Invited = Literal["operator", "viewer", "practice"]
#: A session ends after so long without its user, and at the latest after a working day.
IDLE_SECONDS, LONGEST_SECONDS = 30 * 60.0, 12 * 3600.0
_BYTES = 32


def invited(role: str) -> Invited:
    """The role of this name. Raises ValueError for one that nobody can be invited to."""
    for known in get_args(Invited):
        if role == known:
            return cast("Invited", known)
    raise ValueError(role)


def offer(
    connection: Connection, role: Invited, practice_id: int | None, *, minutes: int, by: str, why: str | None
) -> str:
    """A new code, recorded with who made it; the session that it begins bears that name."""
    code = secrets.token_urlsafe(_BYTES)
    with connection.transaction():
        values = {"code_sha256": _hash(code), "role": role, "practice_id": practice_id, "name": by, "minutes": minutes}
        connection.execute(query("entry.offer"), values)
        detail = {"role": role, "minutes": minutes}
        actions.record(connection, "console.link", by=by, why=why, practice_id=practice_id, detail=detail)
    return code


def redeem(connection: Connection, code: str) -> str | None:
    """Use a code up and begin its session; the session's id. None: unknown, used before, or too late."""
    session = secrets.token_urlsafe(_BYTES)
    values = {"code_sha256": _hash(code), "session_sha256": _hash(session)}
    return session if connection.execute(query("entry.redeem"), values).fetchone() else None


def visitor(connection: Connection, session: str, *, is_live: bool) -> Visitor | None:
    """Whose session it is. A page that refreshes itself (`is_live`) does not keep it alive."""
    of = {"session_sha256": _hash(session), "is_live": is_live}
    limits = {"idle_seconds": IDLE_SECONDS, "longest_seconds": LONGEST_SECONDS}
    row = connection.execute(query("entry.session"), of | limits).fetchone()
    return Visitor(row["role"], row["name"], row["practice_id"], identity=session) if row else None


def leave(connection: Connection, session: str) -> None:
    """End a session. Called twice changes nothing."""
    connection.execute(query("entry.leave"), {"session_sha256": _hash(session)})


def note_address(connection: Connection, url: str) -> None:
    """Keep where the console listens, for links to it."""
    connection.execute(query("entry.listens"), {"url": url})


def noted_address(connection: Connection) -> str | None:
    """Where the console that was started last listens, or listened."""
    row = connection.execute(query("entry.address")).fetchone()
    return row["url"] if row else None


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
