"""Checks: every dependency and every setting, a line each with its remedy. They change nothing and hold no secret."""

from collections.abc import Callable, Iterator

import psycopg

from outbox import figures
from outbox.db import Connection, connect
from worker.config import Config
from worker.messages import checks as words
from worker.operations.checks import contract, database, practices, queue
from worker.operations.checks.finding import Finding, failure, ok, warning

#: What Lexware allows an organisation (lexware-api 1.2).
_LEXWARE_RATE = 2.0


def everything(config: Config) -> Iterator[Finding]:
    """All checks, one after another; what hangs on one that failed is left out."""
    yield from _settings(config)
    yield from queue.redis_answers(config.redis_url)
    yield from queue.dramatiq_settings(config.redis_url)
    try:
        with connect(config.database_url) as connection:
            yield from _with_database(connection, config)
    except psycopg.OperationalError as error:
        yield failure("database", words.DATABASE_AWAY(error=type(error).__name__), words.DATABASE_URL())


def _with_database(connection: Connection, config: Config) -> Iterator[Finding]:
    yield from database.server(connection)
    schema = list(database.schema(connection))
    yield from schema
    yield from database.session_locks(connection)
    if all(finding.level == "ok" for finding in schema):
        yield from _with_schema(connection, config)
    yield from database.old_transactions(connection)


def _with_schema(connection: Connection, config: Config) -> Iterator[Finding]:
    within: list[Callable[[Connection], Iterator[Finding]]] = [
        contract.views, contract.leaks, contract.trigger, contract.unlanded, database.role, _processes, practices.key_ages
    ]  # fmt: skip
    for check in within:
        yield from check(connection)
    yield from practices.stored_keys(connection, config)
    yield from practices.profiles(connection, config)


def _settings(config: Config) -> Iterator[Finding]:
    pace = config.pace
    rate, lease = f"{pace.rate_per_second:g}", f"{pace.lease_seconds:g}"
    told = words.PACE(rate=rate, url=config.api_url, lease=lease)
    if pace.rate_per_second > _LEXWARE_RATE:
        yield warning("pace", told, words.PACE_TOO_HIGH(allowed=f"{_LEXWARE_RATE:g}"))
    else:
        yield ok("pace", told)


def _processes(connection: Connection) -> Iterator[Finding]:
    now = figures.read(connection)
    told = words.PROCESSES(pollers=now.pollers, workers=now.workers)
    yield ok("processes", told) if now.pollers and now.workers else failure("processes", told, words.START())
