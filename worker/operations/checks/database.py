"""Is the database one that lexrelay can work with: version, schema, role, long transactions."""

from collections.abc import Iterator

from outbox.db import ROLE, Connection, Row
from outbox.errors import SchemaMismatch
from outbox.migrate import SCHEMA, require_schema
from outbox.sql import query
from outbox.trouble import Trouble, place
from worker.messages import checks as words
from worker.messages.database import sentences
from worker.messages.times import in_words
from worker.operations.checks.finding import Finding, failure, ok, warning

_OLDEST, _NEWEST = 14, 18
#: Open for so long, a transaction keeps dead rows from being cleared away; idle inside one it does no work for them.
_OLD_SECONDS, _IDLE_SECONDS = 3600.0, 600.0
_SHOWN_TABLES = 5


def server(connection: Connection) -> Iterator[Finding]:
    """PostgreSQL and its version."""
    major, version = (_row(connection, "check.server")[name] for name in ("major", "version"))
    if major < _OLDEST:
        remedy = words.TOO_OLD_STEP(oldest=_OLDEST, newest=_NEWEST)
        yield failure("database", words.TOO_OLD(version=version), remedy)
    elif major > _NEWEST:
        yield warning("database", words.TOO_NEW(version=version), words.TOO_NEW_STEP())
    else:
        yield ok("database", words.DATABASE(version=version))


def schema(connection: Connection) -> Iterator[Finding]:
    """The schema fits this program."""
    try:
        require_schema(connection)
    except SchemaMismatch as error:
        sentence, _, remedy = str(error).partition(". ")
        yield failure("schema", words.AS_IT_IS(words=f"{sentence}."), words.AS_IT_IS(words=remedy))
    else:
        yield ok("schema", words.SCHEMA(version=SCHEMA))


def role(connection: Connection) -> Iterator[Finding]:
    """We work with the worker's role, and it sees nothing of the host but the contract."""
    who = _row(connection, "check.server")
    if who["role"] != ROLE:
        names = {"login": who["login"], "role": ROLE}
        yield warning("role", words.NO_ROLE(**names), words.NO_ROLE_STEP(**names))
    seen = [row["table"] for row in connection.execute(query("check.seen_by_worker")).fetchall()]
    if seen:
        some = ", ".join(seen[:_SHOWN_TABLES]) + (" …" if len(seen) > _SHOWN_TABLES else "")
        yield failure("role", words.SEES_TOO_MUCH(role=ROLE, tables=some), words.SEES_TOO_MUCH_STEP(role=ROLE))
    elif who["role"] == ROLE:
        yield ok("role", words.ROLE(role=ROLE))


def writable(connection: Connection, url: str) -> Iterator[Finding]:
    """The server takes writes; a standby or a read-only database answers, and delivers nothing."""
    row = _row(connection, "check.writable")
    if row["standby"] or row["read_only"]:
        sort: Trouble = "standby" if row["standby"] else "read_only"
        yield failure("database", *sentences(sort, place(url)))


def old_transactions(connection: Connection) -> Iterator[Finding]:
    """Nobody keeps a transaction open for so long that the tables grow."""
    connection.execute("reset role")  # the worker's role may not even look at sessions of its own login
    row = _row(connection, "check.old_transactions", old_seconds=_OLD_SECONDS, idle_seconds=_IDLE_SECONDS)
    if row["pids"]:
        told = words.OLD_TRANSACTION(age=in_words(row["oldest_seconds"]), pids=row["pids"])
        yield warning("transactions", told, words.OLD_TRANSACTION_STEP())
    elif row["hidden"]:
        yield ok("transactions", words.TRANSACTIONS_HIDDEN(count=row["hidden"]))
    else:
        yield ok("transactions", words.TRANSACTIONS())


def _row(connection: Connection, name: str, **values: object) -> Row:
    row = connection.execute(query(name), values).fetchone()
    assert row is not None  # noqa: S101 (each of these queries gives one row)
    return row
