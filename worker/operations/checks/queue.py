"""Can Redis and Dramatiq carry the hand-outs: a message comes back, nothing given up, no setting that breaks a guarantee."""

from collections.abc import Iterator
from contextlib import suppress

import redis

from outbox.db import Connection
from outbox.witness import look
from worker.actors import register
from worker.broker import connect, given_up, make_broker, unreadable
from worker.dramatiq_dangers import dramatiq_dangers
from worker.memory import RedisMemory
from worker.messages import checks as words
from worker.messages import database as database_words
from worker.messages import redis as redis_words
from worker.operations.checks.finding import Finding, failure, ok, warning
from worker.operations.checks.redis_probe import probe, trouble


def redis_carries(url: str) -> Iterator[Finding]:
    """Redis takes a message and gives it back, keeps what it has, and Dramatiq has given up nothing."""
    try:
        with connect(url) as client:
            came = probe(client)
            yield ok("redis", redis_words.WORKS()) if came else _failure("kept_nothing")
            yield from _keeps(client)
        yield from _leftovers(url)
    except redis.RedisError as error:
        yield _failure(trouble(url, error), type(error).__name__)


def _failure(sort: redis_words.State, error: str = "") -> Finding:
    return failure("redis", redis_words.TOLD[sort](error=error), redis_words.STEPS[sort]())


def _keeps(client: redis.Redis) -> Iterator[Finding]:
    """A full Redis must refuse a message rather than throw another one away."""
    with suppress(redis.RedisError):
        memory = client.info("memory")
        policy = memory.get("maxmemory_policy", "noeviction")
        if memory.get("maxmemory") and policy != "noeviction":
            yield warning("redis", redis_words.EVICTS(policy=policy), redis_words.EVICTS_STEP())


def _leftovers(url: str) -> Iterator[Finding]:
    if count := given_up(url):
        yield warning("dead messages", words.ESCAPED(count=count), words.ESCAPED_STEP())
    if count := unreadable(url):
        yield warning("dead messages", redis_words.UNREADABLE(count=count), redis_words.UNREADABLE_STEP())


def copies(connection: Connection, url: str) -> Iterator[Finding]:
    """The database's server is the one that the pollers have seen, no copy of its files and no older state."""
    verdict = look(connection, RedisMemory(url), keeps=False)
    yield (
        failure("copies", database_words.COPY(), database_words.COPY_STEP())
        if verdict == "copy"
        else ok("copies", database_words.NO_COPY())
    )


def dramatiq_settings(url: str) -> Iterator[Finding]:
    """The broker and its actors, as a worker has them."""
    broker = make_broker(url)
    register(broker, lambda _event_id, _epoch: None)
    dangers = dramatiq_dangers(broker)
    for danger in dangers:
        yield failure("dramatiq", words.AS_IT_IS(words=danger), words.DRAMATIQ_STEP())
    if not dangers:
        yield ok("dramatiq", words.DRAMATIQ())
