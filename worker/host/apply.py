"""`lexrelay migrate`: the numbered migrations, then the host folder, all of it or nothing.

Everything of the folder is applied in one transaction with short lock timeouts: prepare.sql, views, our own functions,
grants, triggers and the stored copy. Whether the selects fit is found out before the first numbered migration, so that a
folder that does not fit changes nothing at all. Safe to run twice and from several machines at once.
"""

import psycopg

from outbox import migrate as schema
from outbox import sql
from outbox.db import Connection, connect
from outbox.sql import query
from worker.host import roles, stored, triggers, views
from worker.host.errors import HostError
from worker.host.folder import PREPARE, Folder, built_in, read
from worker.host.names import as_the_host_means
from worker.lexware.host_data import is_of_data
from worker.messages import host as words

_FIRST = "10_id.sql"
#: The trigger function of the first release, which knew the reference practice's tables.
_FORMER = b"drop function if exists contract.document_completed()"
_STATUS_VIEWS = ("document_status", "practice_status")


def migrate(
    url: str, *, host: Folder | None = None, reference_practice: bool = False, by: str = "migrate"
) -> list[str]:
    """Bring schema and host up to date and return the names of what has changed (empty: nothing).

    Without a host, the stored one is applied again. Needs an owner's login. Raises HostError or MigrationError with a
    remedy, and has then changed nothing but, at most, applied numbered migrations. A database that a later release has
    migrated is left as it is.
    """
    with connect(url, as_worker=False) as connection:
        schema.take_turn(connection)
        if schema.schema_version(connection) > schema.SCHEMA:
            schema.require_schema(connection)
            return []
        roles.require(connection)
        folder = read(built_in("reference")) if reference_practice else host or stored.folder(connection)
        if schema.is_behind(connection):
            schema.giving_way(connection, lambda: _views(connection, folder, reference_practice), undo=True)
        roles.create(connection)
        applied = schema.apply_numbered(connection)
        applied += apply(connection, folder, by=by, reference_practice=reference_practice)
        roles.grant(connection)
    return applied


def apply(connection: Connection, folder: Folder, *, by: str, reference_practice: bool = False) -> list[str]:
    """Apply a host folder to a database of this program's schema; what has changed, by name. Raises HostError."""
    changed: list[str] = []

    def step() -> None:
        before = _state(connection)
        _views(connection, folder, reference_practice)
        for path in sql.files("contract"):
            connection.execute(path.read_bytes())
        connection.execute(sql.text("migrations/grants.sql"))
        triggers.fit(connection, folder)
        connection.execute(_FORMER)
        files = stored.keep(connection, folder, by=by)
        _close_old_periods(connection)
        after = _state(connection)
        changed[:] = files + sorted(name for name in before | after if before.get(name) != after.get(name))

    schema.giving_way(connection, step)
    return changed


def _views(connection: Connection, folder: Folder, reference_practice: bool) -> None:
    """What the host brings along, and the views of its selects."""
    connection.execute(sql.text(f"contract/{_FIRST}"))
    if reference_practice:
        connection.execute(sql.text("practice/practice.sql"))
    if body := folder.select(PREPARE):
        _prepare(connection, body)
    for view in _STATUS_VIEWS:
        connection.execute(f"drop view if exists lexrelay.{view}".encode())
    views.make(connection, folder)


def _prepare(connection: Connection, body: str) -> None:
    try:
        with as_the_host_means(connection):
            connection.execute(body.encode())
    except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
        raise
    except psycopg.DatabaseError as error:
        raise HostError(words.PREPARE_FAILS(said=error.diag.message_primary, state=error.sqlstate)) from error


def _state(connection: Connection) -> dict[str, str]:
    return {row["what"]: row["fingerprint"] for row in connection.execute(query("host.state")).fetchall()}


def _close_old_periods(connection: Connection) -> None:
    row = connection.execute(query("host.old_periods")).fetchone()
    if row and row["any"]:
        try:
            connection.execute(query("host.close_old_periods"))
        except psycopg.DatabaseError as error:
            if is_of_data(error):
                raise HostError(words.ROWS_FAIL(file="document.sql", state=error.sqlstate)) from None
            raise
