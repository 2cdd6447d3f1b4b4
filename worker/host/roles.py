"""The roles of lexrelay, which the whole server shares: made when this login may, otherwise asked for, word by word."""

import psycopg
from psycopg import sql as composed

from outbox import sql
from outbox.db import Connection, Row
from outbox.role import WORKER
from outbox.sql import query
from worker.host.errors import HostError
from worker.messages import host as words


def require(connection: Connection) -> None:
    """Raise HostError with the statements for an administrator when roles are missing and this login may make none."""
    row = _missing(connection)
    if row["roles"] and not row["may_create"]:
        statements = [f"create role {role} nologin;" for role in row["roles"]]
        statements += [f"grant {role} to {row['login']} with admin option;" for role in row["roles"]]
        raise HostError(words.ROLES_MISSING(roles=row["roles"], login=row["login"], statements=" ".join(statements)))


def create(connection: Connection) -> None:
    """Make the roles that are missing. Safe to call twice."""
    if _missing(connection)["roles"]:
        connection.execute(sql.text("migrations/role.sql"))


def grant(connection: Connection) -> None:
    """Let the owner's login take on the worker's role, if it may; the daemon's login is the administrator's to grant."""
    user = connection.execute(
        "select current_user as name, rolsuper from pg_roles where rolname = current_user"
    ).fetchone()
    if user and not user["rolsuper"]:
        try:
            connection.execute(
                composed.SQL("grant {} to {}").format(composed.Identifier(WORKER), composed.Identifier(user["name"]))
            )
        except psycopg.errors.InsufficientPrivilege:
            return


def _missing(connection: Connection) -> Row:
    row = connection.execute(query("host.missing_roles")).fetchone()
    assert row is not None  # noqa: S101 (a select without from always returns)
    return row
