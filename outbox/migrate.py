"""Creates and updates the schemas beside a running installation. Safe to run twice and from several machines at once.

Numbered files are applied once and must never change afterwards; what hangs on the host is applied every time, by
`worker/host/apply.py`. A step takes its locks at once or gives way and tries again: whoever waits behind a lock that it
asks for, the practice's own transaction among them, waits for a moment only. A file that begins with `-- Outside a transaction` is
executed statement by statement, each giving way but for `create index concurrently`, again from its beginning if it was
interrupted.
"""

import hashlib
import time
from collections.abc import Callable
from functools import partial

import psycopg

from outbox import sql
from outbox.db import Connection
from outbox.errors import MigrationError, SchemaMismatch
from outbox.sql import query

#: The schema this program was written for: the number of its newest migration.
SCHEMA = max(int(path.name.split("_")[0]) for path in sql.files("migrations"))
_LOCK = (5462898, 0)
#: Shorter than the trigger waits (sql/contract/30_landing.sql) and than PostgreSQL takes to look for a deadlock.
_LOCK_TIMEOUT = "200ms"
_TRIES, _GIVE_WAY_SECONDS = 120, 0.8
_OUTSIDE = b"-- Outside a transaction"


def schema_version(connection: Connection) -> int:
    """The number of the newest applied migration; 0 when there is none."""
    try:
        row = connection.execute("select max(name) as name from outbox.migration").fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        return 0
    return int(row["name"].split("_")[0]) if row and row["name"] else 0


def require_schema(connection: Connection) -> None:
    """Raise SchemaMismatch unless this program may work on this database."""
    version = schema_version(connection)
    if version < SCHEMA:
        raise SchemaMismatch(f"The database has schema {version}, this program needs {SCHEMA}. Run `lexrelay migrate`.")
    row = connection.execute("select compatible_from from outbox.installation").fetchone()
    if row and row["compatible_from"] > SCHEMA:
        raise SchemaMismatch(f"The database has moved on to schema {version}. Install a newer lexrelay.")


def is_behind(connection: Connection) -> bool:
    """Whether there are numbered migrations to be applied."""
    return schema_version(connection) < SCHEMA


def take_turn(connection: Connection) -> None:
    """One migrates at a time. Asks again instead of waiting: `create index concurrently` would wait for who waits."""
    mine = "select where pg_try_advisory_lock(%s, %s)"
    while connection.execute(mine, _LOCK).fetchone() is None:
        time.sleep(0.2)


def apply_numbered(connection: Connection) -> list[str]:
    """Apply the migrations that are missing, and return their names. Raises MigrationError."""
    connection.execute(sql.text("migrations/migration.sql"))
    rows = connection.execute("select name, sha256 from outbox.migration").fetchall()
    known = {row["name"]: row["sha256"] for row in rows}
    applied = []
    for path in sql.files("migrations"):
        body = path.read_bytes()
        digest = hashlib.sha256(body).hexdigest()
        if path.name not in known:
            _apply(connection, body, path.name, digest)
            applied.append(path.name)
        elif known[path.name] != digest:
            raise MigrationError(f"{path.name} was applied and has changed since. Restore the file it was.")
    return applied


def forget_private_numbers(connection: Connection) -> None:
    """Events keep no number that must not be told; the host may show more persons now, or an earlier release kept it."""
    giving_way(connection, lambda: connection.execute(query("forget.private_numbers")))


def _apply(connection: Connection, body: bytes, name: str, digest: str) -> None:
    def note() -> None:
        connection.execute("insert into outbox.migration (name, sha256) values (%s, %s)", (name, digest))

    def step() -> None:
        connection.execute(body)
        note()

    if body.startswith(_OUTSIDE):
        for statement in body.split(b";\n"):
            if b"concurrently" in statement:
                connection.execute(statement)
            else:
                giving_way(connection, partial(connection.execute, statement))
        note()
    else:
        giving_way(connection, step)


def giving_way(connection: Connection, step: Callable[[], object], *, undo: bool = False) -> None:
    """Take the step in a transaction whose locks are granted at once; otherwise let others pass and try again.

    With `undo` it is only tried out. Raises MigrationError when it was in the way the whole time.
    """
    for _ in range(_TRIES):
        try:
            with connection.transaction(force_rollback=undo):
                connection.execute(f"set local lock_timeout = '{_LOCK_TIMEOUT}'")
                step()
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            time.sleep(_GIVE_WAY_SECONDS)
        else:
            return
    raise MigrationError(
        "A table was locked the whole time, by a vacuum or a long transaction: pg_stat_activity shows which. What was "
        "not applied has left nothing behind. Run `lexrelay migrate` again later."
    )
