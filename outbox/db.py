"""Connections to PostgreSQL: one way to open them, for daemon and commands alike.

Every connection takes on the role `lexrelay_worker` when it may, works in autocommit (a transaction is opened where
one is meant) and gives up after ten seconds when the server is away.
"""

from typing import Any, LiteralString

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool

Connection = psycopg.Connection[DictRow]
Row = dict[str, Any]
#: What is raised when PostgreSQL is away, or goes away meanwhile.
LOST_DATABASE = (psycopg.OperationalError, psycopg.InterfaceError)

#: Seconds until a command says that PostgreSQL is away.
CONNECT_TIMEOUT_SECONDS = 8
ROLE: LiteralString = "lexrelay_worker"
_MANNERS: dict[str, Any] = {
    "autocommit": True,
    "connect_timeout": CONNECT_TIMEOUT_SECONDS,
    "application_name": "lexrelay",
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}


def connect(url: str, *, as_worker: bool = True) -> Connection:
    """Open one autocommit connection. Raises psycopg.OperationalError when the server is away."""
    connection = psycopg.connect(url, row_factory=dict_row, **_MANNERS)
    _insist(connection)
    if as_worker:
        take_role(connection)
    return connection


def _insist(connection: Connection) -> None:
    """What we commit survives a crash of the server, however careless the host is: a lost intent is a second POST."""
    connection.execute(
        "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'"
    )


def take_role(connection: Connection) -> bool:
    """Become `lexrelay_worker` if this login may; tells whether it did. Safe to call twice."""
    try:
        connection.execute(f"set role {ROLE}")
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidParameterValue, psycopg.errors.UndefinedObject):
        return False
    return True


def pool(url: str, size: int) -> ConnectionPool[Connection]:
    """A pool that reconnects by itself, for short statements by key. Opens in the background; close it at the end."""
    return ConnectionPool(
        url,
        min_size=1,
        max_size=size,
        timeout=20,
        max_idle=60,
        kwargs={"row_factory": dict_row, "prepare_threshold": 1, **_MANNERS},
        configure=_configure,
        open=True,
    )


def _configure(connection: Connection) -> None:
    """Every statement goes by an index, also while a fresh installation's tables look empty; planned once, then kept."""
    _insist(connection)
    take_role(connection)
    connection.execute("set jit = off")  # before PostgreSQL 18 a scan that cannot be avoided would seem worth it
    connection.execute("set plan_cache_mode = force_generic_plan")
    connection.execute("set enable_seqscan = off")
