"""Checks: every dependency and every setting, a line each with its remedy. They change nothing and hold no secret."""

from collections.abc import Callable, Iterator

import psycopg

from outbox import figures
from outbox.db import Connection, connect
from worker.checks import contract, database, practices, queue
from worker.checks.finding import Finding, failure, ok, warning
from worker.config import Config

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
        told = f"PostgreSQL does not answer ({type(error).__name__})."
        yield failure("database", told, "Is it running, and is DATABASE_URL right?")


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
        contract.views, contract.leaks, contract.trigger, database.role, _processes, practices.key_ages
    ]  # fmt: skip
    for check in within:
        yield from check(connection)
    yield from practices.stored_keys(connection, config)
    yield from practices.profiles(connection, config)


def _settings(config: Config) -> Iterator[Finding]:
    pace = config.pace
    told = f"{pace.rate_per_second:g} calls a second and practice to {config.api_url}, lease {pace.lease_seconds:g} s."
    if pace.rate_per_second > _LEXWARE_RATE:
        yield warning("pace", told, f"Lexware allows {_LEXWARE_RATE:g} a second: lower LEXRELAY_RATE_PER_SECOND.")
    else:
        yield ok("pace", told)


def _processes(connection: Connection) -> Iterator[Finding]:
    now = figures.read(connection)
    if now.pollers and now.workers:
        yield ok("processes", f"Alive: pollers {now.pollers}, workers {now.workers}.")
    else:
        yield warning("processes", f"Alive: pollers {now.pollers}, workers {now.workers}.", "Start `lexrelay run`.")
