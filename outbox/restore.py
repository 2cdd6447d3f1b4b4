"""Restore and clone: a copy of a database sends nothing before a human has said that it may.

The original may have sent what the copy holds as pending, or may be sending it now. So the copy does not run at all
until `hold_copy`; then every practice is paused, and what is not settled is looked for in Lexware before it is sent.
"""

import psycopg
import structlog

from outbox import actions
from outbox.db import Connection, Row, connect
from outbox.errors import SchemaMismatch
from outbox.migrate import require_schema
from outbox.sql import query
from outbox.trouble import Trouble, trouble

log = structlog.get_logger()
_ELSEWHERE = (
    "This database was restored or cloned: it is not where it was. What it holds as pending may be in Lexware already. "
    "Run `lexrelay migrate --after-restore`; then `lexrelay practice resume` for each practice that may go on."
)


def require_home(connection: Connection) -> None:
    """Raise SchemaMismatch in a database that is another one than it was."""
    row = connection.execute(query("restore.at_home")).fetchone()
    if row is not None and not row["at_home"]:
        raise SchemaMismatch(_ELSEWHERE)


def follow_timeline(connection: Connection) -> None:
    """On a new timeline the last commits may be lost, and with them the knowledge of what was sent. So nothing unsettled is
    handed out or held any more, and it is looked for before it is sent (`Claim.look_since`). Safe to repeat.
    """
    with connection.transaction():
        row = connection.execute(query("restore.follow_timeline")).fetchone()
        if row and row["events"]:
            connection.execute(query("restore.let_go"))
            log.warning("restore.timeline_changed", events=row["events"])


def may_work(url: str) -> Trouble | None:
    """Why PostgreSQL cannot be asked whether this program may work there; None: it may. Raises SchemaMismatch with a remedy."""
    try:
        with connect(url) as connection:
            require_schema(connection)
            require_home(connection)
    except psycopg.OperationalError as error:
        return trouble(error)
    return None


def hold_copy(url: str, *, by: str, why: str | None) -> Row:
    """Make this database the home, pause every practice, and let all that is unsettled be looked for before it is sent.

    Returns how many `events` and `practices`. Needs an owner's login. Safe to repeat: it pauses again.
    """
    with connect(url, as_worker=False) as connection, connection.transaction():
        done = connection.execute(query("restore.hold_copy")).fetchone()
        assert done is not None  # noqa: S101 (a select without from always returns)
        detail = {"events": done["events"], "practices": done["practices"]}
        actions.record(connection, "restore", by=by, why=why, detail=detail)
    return done
