"""Can Redis and Dramatiq carry the hand-outs: reachable, nothing given up, no setting that breaks a guarantee."""

from collections.abc import Iterator

import redis
from dramatiq.common import xq_name

from worker.actors import NAMESPACE, QUEUE, make_broker, register
from worker.checks.finding import Finding, failure, ok, warning
from worker.guard import dramatiq_dangers

_TIMEOUT_SECONDS = 3.0


def redis_answers(url: str) -> Iterator[Finding]:
    """Redis is there, and Dramatiq has given up nothing."""
    with redis.Redis.from_url(url, socket_connect_timeout=_TIMEOUT_SECONDS, socket_timeout=_TIMEOUT_SECONDS) as client:
        try:
            given_up = int(client.zcard(f"{NAMESPACE}:{xq_name(QUEUE)}"))
        except redis.RedisError as error:
            yield failure(
                "redis", f"Redis does not answer ({type(error).__name__}).", "Is it running, and is REDIS_URL right?"
            )
            return
    yield ok("redis", "Redis answers.")
    if given_up:
        yield warning(
            "dead messages",
            f"{given_up} messages escaped from an actor; their events are safe in PostgreSQL and come again.",
            "Look for delivery.failed in the workers' log.",
        )


def dramatiq_settings(url: str) -> Iterator[Finding]:
    """The broker and its actors, as a worker has them."""
    broker = make_broker(url)
    register(broker, lambda _event_id, _epoch: None)
    dangers = dramatiq_dangers(broker)
    for danger in dangers:
        yield failure("dramatiq", danger, "Set it back in worker/actors.py.")
    if not dangers:
        yield ok("dramatiq", "Dramatiq carries ids and does nothing else.")
