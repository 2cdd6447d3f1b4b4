"""Can Redis and Dramatiq carry the hand-outs: reachable, nothing given up, no setting that breaks a guarantee."""

from collections.abc import Iterator

import redis
from dramatiq.common import xq_name

from worker.actors import NAMESPACE, QUEUE, make_broker, register
from worker.guard import dramatiq_dangers
from worker.messages import checks as words
from worker.operations.checks.finding import Finding, failure, ok, warning

_TIMEOUT_SECONDS = 3.0


def redis_answers(url: str) -> Iterator[Finding]:
    """Redis is there, and Dramatiq has given up nothing."""
    with redis.Redis.from_url(url, socket_connect_timeout=_TIMEOUT_SECONDS, socket_timeout=_TIMEOUT_SECONDS) as client:
        try:
            given_up = int(client.zcard(f"{NAMESPACE}:{xq_name(QUEUE)}"))
        except redis.RedisError as error:
            yield failure("redis", words.REDIS_AWAY(error=type(error).__name__), words.REDIS_URL())
            return
    yield ok("redis", words.REDIS())
    if given_up:
        yield warning("dead messages", words.ESCAPED(count=given_up), words.ESCAPED_STEP())


def dramatiq_settings(url: str) -> Iterator[Finding]:
    """The broker and its actors, as a worker has them."""
    broker = make_broker(url)
    register(broker, lambda _event_id, _epoch: None)
    dangers = dramatiq_dangers(broker)
    for danger in dangers:
        yield failure("dramatiq", words.AS_IT_IS(words=danger), words.DRAMATIQ_STEP())
    if not dangers:
        yield ok("dramatiq", words.DRAMATIQ())
