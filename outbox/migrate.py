"""Creates and updates the schemas. Safe to run twice and from several machines at once: one advisory lock.

Numbered files are applied once and must never change afterwards; the contract (views, functions) is applied every
time. The trigger is the only thing that locks a table of the host: it is created once, with short lock timeouts.
"""

import hashlib
import time

import psycopg
from psycopg import sql as composed

from outbox import sql
from outbox.db import Connection, connect
from outbox.errors import MigrationError, SchemaMismatch

#: The schema this program was written for: the number of its newest migration.
SCHEMA = max(int(path.name.split("_")[0]) for path in sql.files("migrations"))
_LOCK = (5462898, 0)
_TRIES = 30


def migrate(url: str, *, reference_practice: bool = False) -> list[str]:
    """Bring the database up to date and return the names of what was applied (empty: nothing to do).

    Needs an owner's login. Raises MigrationError with a remedy; a half-done step leaves nothing behind.
    """
    with connect(url, as_worker=False) as connection:
        connection.execute("select pg_advisory_lock(%s, %s)", _LOCK)
        connection.execute(sql.text("migrations/migration.sql"))
        _refuse_newer(connection)
        connection.execute(sql.text("migrations/role.sql"))
        applied = _apply_numbered(connection)
        if reference_practice:
            connection.execute(sql.text("practice/practice.sql"))
        _apply_contract(connection)
        applied += _create_trigger(connection)
        connection.execute(sql.text("migrations/grants.sql"))
        _grant_role(connection)
    return applied


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


def _refuse_newer(connection: Connection) -> None:
    if schema_version(connection) > SCHEMA:
        require_schema(connection)


def _apply_numbered(connection: Connection) -> list[str]:
    rows = connection.execute("select name, sha256 from outbox.migration").fetchall()
    known = {row["name"]: row["sha256"] for row in rows}
    applied = []
    for path in sql.files("migrations"):
        body = path.read_bytes()
        digest = hashlib.sha256(body).hexdigest()
        if path.name in known:
            if known[path.name] != digest:
                raise MigrationError(f"{path.name} was applied and has changed since. Restore the file it was.")
            continue
        with connection.transaction():
            connection.execute(body)
            connection.execute("insert into outbox.migration (name, sha256) values (%s, %s)", (path.name, digest))
        applied.append(path.name)
    return applied


def _apply_contract(connection: Connection) -> None:
    try:
        with connection.transaction():
            for path in sql.files("contract"):
                if path.name != "40_trigger.sql":
                    connection.execute(path.read_bytes())
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn, psycopg.errors.InvalidSchemaName) as error:
        raise MigrationError(
            f"The views in sql/contract do not fit this database ({error.diag.message_primary}). Adapt them to the "
            "practice software's tables, or try lexrelay out with `lexrelay migrate --reference-practice`."
        ) from error


def _create_trigger(connection: Connection) -> list[str]:
    exists = "select from pg_trigger where tgname = 'lexrelay_document_completed' and not tgisinternal"
    for _ in range(_TRIES):
        if connection.execute(exists).fetchone() is not None:
            return []
        try:
            with connection.transaction():
                connection.execute("set local lock_timeout = '500ms'")
                connection.execute(sql.text("contract/40_trigger.sql"))
        except psycopg.errors.LockNotAvailable:
            time.sleep(0.5)
        else:
            return ["40_trigger.sql"]
    raise MigrationError("The practice's invoice table was locked the whole time. Run `lexrelay migrate` again later.")


def _grant_role(connection: Connection) -> None:
    """Let the owner's login take on the worker's role; another login of the daemon is granted by the administrator."""
    user = connection.execute(
        "select current_user as name, rolsuper from pg_roles where rolname = current_user"
    ).fetchone()
    if user and not user["rolsuper"]:
        connection.execute(composed.SQL("grant lexrelay_worker to {}").format(composed.Identifier(user["name"])))
