"""Checks: every dependency and every setting, a line each with its remedy. They leave nothing behind and hold no secret."""

from collections.abc import Callable, Iterator

import psycopg

from outbox import figures
from outbox.db import Connection, connect
from outbox.errors import SchemaMismatch
from outbox.trouble import place, trouble
from worker.config import Config
from worker.messages import checks as words
from worker.messages.database import sentences
from worker.operations.checks import answers, contract, database, practices, queue, sessions, surroundings
from worker.operations.checks.finding import Finding, failure, ok


def everything(config: Config) -> Iterator[Finding]:
    """All checks, one after another; what hangs on one that failed is left out."""
    yield from surroundings.pace(config)
    yield from surroundings.files()
    if config.redis_url:
        yield from surroundings.redis_way(config)
        yield from queue.redis_carries(config.redis_url)
        yield from queue.dramatiq_settings(config.redis_url)
    else:  # the console runs without it
        yield failure("redis", words.NOT_TOLD(), words.NOT_TOLD_STEP())
    try:
        with connect(config.direct_database_url) as connection:
            yield from _with_database(connection, config)
    except SchemaMismatch as error:
        yield failure("database", words.AS_IT_IS(words=error))
    except psycopg.OperationalError as error:
        yield failure("database", *sentences(trouble(error), place(config.direct_database_url)))


def _with_database(connection: Connection, config: Config) -> Iterator[Finding]:
    writable = list(database.writable(connection, config.direct_database_url))
    yield from writable
    if writable:
        return
    yield from database.server(connection)
    yield from surroundings.database_way(connection)
    schema = list(database.schema(connection))
    yield from schema
    yield from sessions.sessions(config.direct_database_url)
    if config.database_url != config.direct_database_url:
        yield from sessions.pooled(config.database_url)
    if all(finding.level == "ok" for finding in schema):
        yield from _with_schema(connection, config)
    yield from database.old_transactions(connection)


def _with_schema(connection: Connection, config: Config) -> Iterator[Finding]:
    within: list[Callable[[Connection], Iterator[Finding]]] = [
        contract.views, contract.leaks, contract.trigger, contract.unlanded, contract.changes, database.role,
        database.rights, _processes, practices.key_ages, answers.answers,
    ]  # fmt: skip
    for check in within:
        yield from check(connection)
    if config.redis_url:
        yield from queue.copies(connection, config.redis_url)
    yield from practices.stored_keys(connection, config)
    yield from practices.profiles(connection, config)


def _processes(connection: Connection) -> Iterator[Finding]:
    now = figures.read(connection)
    told = words.PROCESSES(pollers=now.pollers, workers=now.workers)
    yield ok("processes", told) if now.pollers and now.workers else failure("processes", told, words.START())
