"""The broker: a queue with a thread pool and nothing more (R6), with consumers of its own (`consumer.py`).

A message of another form than ours would do harm: what is no message of Dramatiq's ends the consumer each time it is
fetched, one for another queue or with options ends the thread that works on it, or waits there for ever. It is taken out,
counted and logged. Its event, if it ever had one, comes again.
"""

from collections.abc import Collection, Sequence

import dramatiq
import redis
import structlog
from dramatiq.brokers.redis import RedisBroker
from dramatiq.common import xq_name
from dramatiq.middleware import Middleware, Retries

from worker.consumer import Consumer
from worker.redis_pool import client

log = structlog.get_logger()
NAMESPACE = "lexrelay"
QUEUE = "deliveries"
#: The longest wait in Redis: well below the five seconds after which redis-py gives a connection up.
_LONGEST_WAIT_MS = 2000
_LOOK_TIMEOUT_SECONDS = 3.0
#: Counts messages that were none; forgotten when there was none for so long.
_UNREADABLE = f"{NAMESPACE}:unreadable"
_REMEMBERED_SECONDS = 7 * 86400
_LARGEST_ID = 2**63 - 1


def make_broker(redis_url: str, *middleware: Middleware) -> "BlockingBroker":
    """A broker in a namespace of its own (G9). Retries is there with zero retries, so that what escapes is kept in XQ."""
    all_of_it = [Retries(max_retries=0), *middleware]
    broker = BlockingBroker(client=client(redis_url), namespace=NAMESPACE, middleware=all_of_it)  # type: ignore[no-untyped-call]
    broker.declare_queue(QUEUE)
    return broker


def given_up(redis_url: str) -> int:
    """How many messages Dramatiq has given up, as they escaped from an actor. Raises redis.RedisError within seconds."""
    with connect(redis_url) as client:
        return int(client.zcard(f"{NAMESPACE}:{xq_name(QUEUE)}"))


def unreadable(redis_url: str) -> int:
    """How many messages were none and were taken out, in the last days. Raises redis.RedisError within seconds."""
    with connect(redis_url) as client:
        return int(client.get(_UNREADABLE) or 0)


def connect(redis_url: str) -> redis.Redis:
    """A client for a short look, which gives up within seconds. Close it."""
    timeouts = {"socket_connect_timeout": _LOOK_TIMEOUT_SECONDS, "socket_timeout": _LOOK_TIMEOUT_SECONDS}
    return client(redis_url, **timeouts)


def _message(data: bytes, queue_name: str, actors: Collection[str]) -> dramatiq.Message[None] | None:
    """As Dramatiq reads it, if it has the form that `enqueue_all` gives: for this queue and its actors, ids for arguments.

    Who only looks has no actors, and nothing that an unknown one could end.
    """
    try:
        message = dramatiq.Message.decode(data)
        is_ours = (
            message.queue_name == queue_name
            and (not actors or message.actor_name in actors)
            and not message.args
            and message.options.keys() == {"redis_message_id"}
            and isinstance(message.options["redis_message_id"], str)
            and isinstance(message.message_id, str)
            and all(map(_is_id, message.kwargs.values()))
        )
    except Exception:  # noqa: BLE001 (whatever a foreign text makes of a decoder)
        return None
    return message if is_ours else None


def _is_id(value: object) -> bool:
    """Whether PostgreSQL may have given it."""
    return type(value) is int and 0 <= value <= _LARGEST_ID


class BlockingBroker(RedisBroker):
    """Dramatiq's own in everything else; `timeout` is the longest wait, in milliseconds."""

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        """A consumer for a queue."""
        return Consumer(self, queue_name, prefetch, min(timeout, _LONGEST_WAIT_MS))

    def fetch(self, queue_name: str, most: int) -> list[dramatiq.Message[None]]:
        """The next messages, without those that nobody can read, which are taken out of Redis. Raises redis.RedisError."""
        fetched = [data for data in self.do_fetch(queue_name, most) if data is not None]
        messages = [_message(data, queue_name, self.actors) for data in fetched]
        unreadable = [data for data, message in zip(fetched, messages, strict=True) if message is None]
        if unreadable:
            self._take_out(queue_name, unreadable)
        return [message for message in messages if message is not None]

    def acknowledge(self, queue_name: str, ids: Sequence[str]) -> None:
        """Forget messages that were fetched here: all that Dramatiq keeps of them. Raises redis.RedisError."""
        queue = f"{self.namespace}:{queue_name}"
        with self.client.pipeline(transaction=False) as pipeline:
            pipeline.srem(f"{self.namespace}:__acks__.{self.broker_id}.{queue_name}", *ids)
            pipeline.hdel(f"{queue}.msgs", *ids)
            pipeline.execute()

    def _take_out(self, queue_name: str, unreadable: Sequence[bytes]) -> None:
        """Acknowledge what bears no id of its own: by the ids under which Redis keeps the same bytes."""
        for message_id, data in self.client.hscan_iter(f"{self.namespace}:{queue_name}.msgs"):
            if data in unreadable:
                self.do_ack(queue_name, message_id)
        with self.client.pipeline() as pipeline:
            pipeline.incrby(_UNREADABLE, len(unreadable))
            pipeline.expire(_UNREADABLE, _REMEMBERED_SECONDS)
            pipeline.execute()
        log.error("broker.unreadable", events=len(unreadable))

    def enqueue_all(self, messages: Sequence[dramatiq.Message[None]]) -> None:
        """Enqueue many with one command: by Dramatiq's own broker, whose client collects what it would have sent."""
        self._max_unpack_size()  # type: ignore[no-untyped-call]  # asked for once; a collecting client has no answer
        with self.client.pipeline(transaction=False) as pipeline:
            collecting = BlockingBroker(client=pipeline, namespace=self.namespace, middleware=[])  # type: ignore[no-untyped-call]
            for message in messages:
                collecting.enqueue(message)
            pipeline.execute()
