"""Can Redis and Dramatiq carry the hand-outs: reachable, nothing given up, no setting that breaks a guarantee."""

from collections.abc import Iterator

import redis

from worker.actors import register
from worker.broker import dramatiq_dangers, given_up, make_broker
from worker.messages import checks as words
from worker.operations.checks.finding import Finding, failure, ok, warning


def redis_answers(url: str) -> Iterator[Finding]:
    """Redis is there, and Dramatiq has given up nothing."""
    try:
        count = given_up(url)
    except redis.RedisError as error:
        yield failure("redis", words.REDIS_AWAY(error=type(error).__name__), words.REDIS_URL())
        return
    yield ok("redis", words.REDIS())
    if count:
        yield warning("dead messages", words.ESCAPED(count=count), words.ESCAPED_STEP())


def dramatiq_settings(url: str) -> Iterator[Finding]:
    """The broker and its actors, as a worker has them."""
    broker = make_broker(url)
    register(broker, lambda _event_id, _epoch: None)
    dangers = dramatiq_dangers(broker)
    for danger in dangers:
        yield failure("dramatiq", words.AS_IT_IS(words=danger), words.DRAMATIQ_STEP())
    if not dangers:
        yield ok("dramatiq", words.DRAMATIQ())
