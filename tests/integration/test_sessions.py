"""What a session of ours insists on, whatever the server's own settings are."""

import os
import socket

import psycopg
import pytest

from outbox.db import connect, pool


@pytest.fixture(name="careless")
def _careless(db: psycopg.Connection, database_url: str) -> str:
    """A host that trades durability for speed."""
    (name,) = db.execute("select quote_ident(current_database())").fetchone()
    db.execute(f"alter database {name} set synchronous_commit = off")
    return database_url


def test_what_is_committed_is_on_disk(careless: str) -> None:
    """An intent that a crash of the server takes back would be a second POST."""
    with connect(careless) as one, pool(careless, 1) as several, several.connection() as other:
        for connection in (one, other):
            row = connection.execute("show synchronous_commit").fetchone()
            assert row == {"synchronous_commit": "on"}


def test_a_stricter_host_stays_strict(db: psycopg.Connection, database_url: str) -> None:
    """Only carelessness is corrected."""
    (name,) = db.execute("select quote_ident(current_database())").fetchone()
    db.execute(f"alter database {name} set synchronous_commit = remote_apply")

    with connect(database_url) as connection:
        assert connection.execute("show synchronous_commit").fetchone() == {"synchronous_commit": "remote_apply"}


def test_no_statement_is_compiled_because_it_looks_expensive(database_url: str) -> None:
    """Before PostgreSQL 18 a forbidden sequential scan costs 1e10, and everything that costs is compiled anew each time."""
    with pool(database_url, 1) as several, several.connection() as connection:
        assert connection.execute("show jit").fetchone() == {"jit": "off"}


@pytest.mark.skipif(
    not hasattr(socket, "TCP_USER_TIMEOUT"), reason="only Linux can say how long an unacknowledged query is waited for"
)
def test_a_server_that_vanishes_with_a_query_is_given_up(database_url: str) -> None:
    """Keepalives do not run while a query is unacknowledged; without a limit the kernel tries for a quarter of an hour."""
    with connect(database_url) as connection, socket.socket(fileno=os.dup(connection.fileno())) as sock:
        assert 0 < sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) <= 30_000
