"""Is the database one that lexrelay can work with: version, schema, role, session locks, long transactions."""

from collections.abc import Iterator

from outbox.db import ROLE, Connection, Row
from outbox.errors import SchemaMismatch
from outbox.migrate import SCHEMA, require_schema
from outbox.sql import query
from worker.checks.finding import Finding, failure, ok, warning
from worker.desk.times import in_words

_OLDEST, _NEWEST = 14, 18
#: Open for so long, a transaction keeps dead rows from being cleared away; idle inside one it does no work for them.
_OLD_SECONDS, _IDLE_SECONDS = 3600.0, 600.0
_SHOWN_TABLES = 5


def server(connection: Connection) -> Iterator[Finding]:
    """PostgreSQL and its version."""
    major, version = (_row(connection, "check.server")[name] for name in ("major", "version"))
    if major < _OLDEST:
        yield failure("database", f"PostgreSQL {version} is too old.", f"Move to one of {_OLDEST} to {_NEWEST}.")
    elif major > _NEWEST:
        yield warning(
            "database",
            f"PostgreSQL {version} is newer than what lexrelay was tested with.",
            "Look for an update of lexrelay.",
        )
    else:
        yield ok("database", f"PostgreSQL {version} answers.")


def schema(connection: Connection) -> Iterator[Finding]:
    """The schema fits this program."""
    try:
        require_schema(connection)
    except SchemaMismatch as error:
        sentence, _, remedy = str(error).partition(". ")
        yield failure("schema", f"{sentence}.", remedy)
    else:
        yield ok("schema", f"Schema {SCHEMA} is what this program needs.")


def role(connection: Connection) -> Iterator[Finding]:
    """We work with the worker's role, and it sees nothing of the host but the contract."""
    who = _row(connection, "check.server")
    if who["role"] != ROLE:
        yield warning(
            "role",
            f"{who['login']} may not take on the role {ROLE}, so lexrelay works with more rights than it needs.",
            f'As the owner: grant {ROLE} to "{who["login"]}";',
        )
    seen = [row["table"] for row in connection.execute(query("check.seen_by_worker")).fetchall()]
    if seen:
        some = ", ".join(seen[:_SHOWN_TABLES]) + (" …" if len(seen) > _SHOWN_TABLES else "")
        yield failure(
            "role",
            f"The role {ROLE} can read tables of the practice software beside the contract: {some}.",
            f"Take them from {ROLE} and from public with `revoke select`.",
        )
    elif who["role"] == ROLE:
        yield ok("role", f"We work as {ROLE}, which sees the contract and nothing else of the practice software.")


def session_locks(connection: Connection) -> Iterator[Finding]:
    """A lock stays with the session: between us and PostgreSQL stands no pooler that hands sessions around."""
    pid = _row(connection, "check.hold_lock")["pid"]
    held = [_row(connection, "check.see_lock", pid=pid)["held"] for _ in range(2)]
    if not all(held):
        yield failure(
            "session locks",
            "A session lock did not stay: a pooler in transaction mode stands before PostgreSQL.",
            "Let DATABASE_URL name PostgreSQL itself, or a pooler in session mode.",
        )
    elif pid != connection.info.backend_pid:
        yield warning(
            "session locks",
            "A pooler stands before PostgreSQL; the lock held, which proves nothing while it is idle.",
            "Let DATABASE_URL name PostgreSQL itself, or make sure that the pooler is in session mode.",
        )
    else:
        yield ok("session locks", "A session lock is held as long as its session.")


def old_transactions(connection: Connection) -> Iterator[Finding]:
    """Nobody keeps a transaction open for so long that the tables grow."""
    connection.execute("reset role")  # the worker's role may not even look at sessions of its own login
    row = _row(connection, "check.old_transactions", old_seconds=_OLD_SECONDS, idle_seconds=_IDLE_SECONDS)
    if row["pids"]:
        pids = ", ".join(map(str, row["pids"]))
        yield warning(
            "transactions",
            f"A transaction has been open for {in_words(row['oldest_seconds'])} (pid {pids}); until it ends, tables grow.",
            "Find out what it does in pg_stat_activity; end it with pg_terminate_backend.",
        )
    else:
        hidden = f" {row['hidden']} sessions are hidden from this login." if row["hidden"] else ""
        yield ok("transactions", f"No transaction has been open for long.{hidden}")


def _row(connection: Connection, name: str, **values: object) -> Row:
    row = connection.execute(query(name), values).fetchone()
    assert row is not None  # noqa: S101 (each of these queries gives one row)
    return row
