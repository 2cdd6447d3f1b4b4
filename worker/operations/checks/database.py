"""Is the database one that lexrelay can work with: version, schema, role, long transactions."""

from collections.abc import Iterator

from outbox.db import Connection, Row
from outbox.errors import SchemaMismatch
from outbox.migrate import SCHEMA, require_schema
from outbox.role import ROLES, WORKER
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
    """We work in a role of ours, and none of them sees more of the host than the contract."""
    who = _row(connection, "check.server")
    if who["role"] not in ROLES:
        names = {"login": who["login"], "role": WORKER}
        yield warning("role", words.NO_ROLE(**names), words.NO_ROLE_STEP(**names))
    seen = [row["table"] for row in connection.execute(query("check.seen_by_worker")).fetchall()]
    if seen:
        some = ", ".join(seen[:_SHOWN_TABLES]) + (" …" if len(seen) > _SHOWN_TABLES else "")
        yield failure("role", words.SEES_TOO_MUCH(role=WORKER, tables=some), words.SEES_TOO_MUCH_STEP(role=WORKER))
    elif who["role"] in ROLES:
        yield ok("role", words.ROLE(role=who["role"]))


def rights(connection: Connection) -> Iterator[Finding]:
    """Nobody may do more than the work needs: neither this login, nor everybody."""
    row = _row(connection, "check.rights")
    who = _row(connection, "check.server")["login"]
    for schema_name in row["open_schemas"]:
        yield failure("rights", words.OPEN_SCHEMA(schema=schema_name), words.OPEN_SCHEMA_STEP(schema=schema_name))
    if row["is_superuser"] or row["owns"]:
        told = words.SUPERUSER if row["is_superuser"] else words.OWNER
        yield warning("rights", told(login=who), words.OWN_LOGIN_STEP())
    elif not row["open_schemas"]:
        yield ok("rights", words.RIGHTS(login=who))


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
