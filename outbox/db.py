"""Connections to PostgreSQL: one way to open them, for daemon and commands alike.

Every connection is told what it depends on (`session.py`), takes on a role of ours when it may (`role.py`), works in
autocommit (a transaction is opened where one is meant) and gives up after ten seconds when the server is away.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, LiteralString, Self

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool

from outbox import role, session
from outbox.pooled import PooledConnection

Connection = psycopg.Connection[DictRow]
Row = dict[str, Any]
#: What is raised when PostgreSQL is away, goes away meanwhile, or takes nothing just now, as one that was demoted.
LOST_DATABASE = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)

Limits = Mapping[LiteralString, LiteralString]
#: What is made for several at once gives a lock up, in milliseconds: far below the second after which PostgreSQL looks
#: for a deadlock.
HASTY: Limits = {"lock_timeout": "100"}
#: And, where the host's views are run, its time.
HASTY_READING: Limits = {**HASTY, "statement_timeout": "250"}

#: How long a thread waits for a connection of its own, and a group for its one: nobody's send window may go by meanwhile.
_PATIENCE_SECONDS, _MOMENT_SECONDS = 20.0, 0.1
#: Seconds until a command says that PostgreSQL is away.
CONNECT_TIMEOUT_SECONDS = 8
_MANNERS: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": CONNECT_TIMEOUT_SECONDS,
    "application_name": "lexrelay",
    "client_encoding": "UTF8",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}


class PinnedConnection(psycopg.Connection[DictRow]):
    """A connection that was told what it depends on before anybody has it (`session.py`)."""

    @classmethod
    def connect(cls, conninfo: str = "", **given: Any) -> Self:
        """Open one. A server that ends sessions so soon that it could not be told is asked in the address itself, which not
        every pooler lets through. Raises as `outbox.db.connect`.
        """
        first = super().connect(conninfo, **given)
        version = first.info.server_version
        try:
            return cls._told(first)
        except psycopg.OperationalError:
            return cls._told(super().connect(conninfo, **given, options=session.lasting(conninfo, version)))

    @classmethod
    def _told(cls, connection: Self) -> Self:
        try:
            session.pin(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def connect(url: str, *, as_worker: bool = True) -> Connection:
    """Open one autocommit connection.

    Raises psycopg.OperationalError when the server is away, UnsuitableDatabase when it can never be worked with.
    """
    session.forget_environment()
    connection = PinnedConnection.connect(url, row_factory=dict_row, **_MANNERS)
    try:
        if as_worker:
            take_role(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_pooled(url: str) -> Connection:
    """Open one connection as a worker has them where a pooler in transaction mode stands between."""
    session.forget_environment()
    return PooledConnection.connect(url, row_factory=dict_row, prepare_threshold=None, **_MANNERS)


def take_role(connection: Connection) -> bool:
    """Take on a role of ours if this login may; tells whether it did. Safe to call twice."""
    return connection.execute(role.take(connection.info.server_version)).fetchone() is not None


@contextmanager
def limited(connection: Connection, limit: LiteralString) -> Iterator[None]:
    """Statements that end after so long, with QueryCanceled: what is run may be a host's view, which nobody else can stop."""
    with connection.transaction():
        connection.execute(f"set local statement_timeout = '{limit}'")
        yield
        connection.execute("set local statement_timeout = 0")  # for a transaction around this one


def pool(
    url: str, size: int, *, transactions_only: bool = False, limits: Limits | None = None
) -> ConnectionPool[Connection]:
    """A pool that reconnects by itself, for short statements by key. Opens in the background; close it at the end.

    `transactions_only`: a pooler in transaction mode stands between, so nothing may hang on a session.
    `limits`: what these connections give up, and when; who wants one waits for it no longer than for a lock.
    """
    session.forget_environment()
    limited = type("LimitedConnection", (PooledConnection,), {"limits": limits or {}})
    return ConnectionPool(
        url,
        connection_class=limited if transactions_only else PinnedConnection,
        min_size=1,
        max_size=size,
        timeout=_PATIENCE_SECONDS if limits is None else _MOMENT_SECONDS,
        max_idle=60,
        kwargs={"row_factory": dict_row, "prepare_threshold": None if transactions_only else 1, **_MANNERS},
        configure=None if transactions_only else partial(_configure, limits or {}),
        open=True,
    )


def pool_of_commands(url: str, size: int) -> ConnectionPool[Connection]:
    """A pool of connections such as `connect` opens, for what people ask. Close it at the end."""
    session.forget_environment()
    return ConnectionPool(
        url,
        connection_class=PinnedConnection,
        min_size=1,
        max_size=size,
        timeout=10,
        max_idle=60,
        kwargs={"row_factory": dict_row, **_MANNERS},
        configure=_take_role,
        check=ConnectionPool.check_connection,
        open=True,
    )


def _take_role(connection: Connection) -> None:
    take_role(connection)


def _configure(limits: Limits, connection: Connection) -> None:
    """Every statement goes by an index, also while a fresh installation's tables look empty; planned once, then kept."""
    take_role(connection)
    connection.execute("set jit = off")  # before PostgreSQL 18 a scan that cannot be avoided would seem worth it
    connection.execute("set plan_cache_mode = force_generic_plan")
    connection.execute("set enable_seqscan = off")
    for name, value in limits.items():
        connection.execute(f"set {name} = {value}")
