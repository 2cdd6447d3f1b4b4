"""The broker: a queue with a thread pool and nothing more (R6), whose idle consumers wake with the message.

Dramatiq's consumer asks again after a while that grows to its timeout (a second): half of it is lost for every message
that finds the workers idle. Here the wait is a command that returns as soon as the queue is not empty. It takes nothing
and promises nothing: a missed wake-up costs the timeout, and what is fetched is fetched by Dramatiq.

What in Dramatiq's settings would break a guarantee is named by `dramatiq_dangers`; each sentence says what another
setting was seen to do.
"""

import threading
from collections.abc import Callable, Iterator, Sequence

import dramatiq
import redis
import structlog
from dramatiq import MessageProxy
from dramatiq.brokers.redis import RedisBroker, _RedisConsumer
from dramatiq.common import xq_name
from dramatiq.errors import ConnectionClosed
from dramatiq.middleware import AgeLimit, Middleware, Retries, ShutdownNotifications, TimeLimit

log = structlog.get_logger()
NAMESPACE = "lexrelay"
QUEUE = "deliveries"
#: The longest wait in Redis: well below the five seconds after which redis-py gives a connection up.
_LONGEST_WAIT_MS = 2000
_LOOK_TIMEOUT_SECONDS = 3.0

_HARMFUL: dict[type[Middleware], str] = {
    AgeLimit: "AgeLimit drops a message by the clock of another machine; the ledger decides what is too old.",
    TimeLimit: "TimeLimit interrupts a thread anywhere, also between a POST and its record; the HTTP client has a deadline.",
    ShutdownNotifications: "ShutdownNotifications interrupts a thread anywhere; the process drains by itself.",
}
_OPTIONS = {
    "max_retries": "retries lose messages when Redis is away, and try again without the ledger's licence",
    "max_age": "it drops messages by the clock of another machine",
    "time_limit": "it interrupts a thread anywhere, also between a POST and its record",
    "notify_shutdown": "it interrupts a thread anywhere",
}
#: What another part of the host may use for its own Dramatiq.
_SHARED_NAMESPACE = "dramatiq"


def make_broker(redis_url: str, *middleware: Middleware) -> "BlockingBroker":
    """A broker in a namespace of its own (G9). Retries is there with zero retries, so that what escapes is kept in XQ."""
    all_of_it = [Retries(max_retries=0), *middleware]
    broker = BlockingBroker(url=redis_url, namespace=NAMESPACE, middleware=all_of_it)  # type: ignore[no-untyped-call]
    broker.declare_queue(QUEUE)
    return broker


def given_up(redis_url: str) -> int:
    """How many messages Dramatiq has given up, as they escaped from an actor. Raises redis.RedisError within seconds."""
    timeouts = {"socket_connect_timeout": _LOOK_TIMEOUT_SECONDS, "socket_timeout": _LOOK_TIMEOUT_SECONDS}
    with redis.Redis.from_url(redis_url, **timeouts) as client:
        return int(client.zcard(f"{NAMESPACE}:{xq_name(QUEUE)}"))


class BlockingBroker(RedisBroker):
    """Dramatiq's own in everything else; `timeout` is the longest wait, in milliseconds."""

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> _RedisConsumer:
        """A consumer for a queue."""
        return _Consumer(self, queue_name, prefetch, min(timeout, _LONGEST_WAIT_MS))

    def enqueue_all(self, messages: Sequence[dramatiq.Message[None]]) -> None:
        """Enqueue many with one command: by Dramatiq's own broker, whose client collects what it would have sent."""
        self._max_unpack_size()  # type: ignore[no-untyped-call]  # asked for once; a collecting client has no answer
        with self.client.pipeline(transaction=False) as pipeline:
            collecting = BlockingBroker(client=pipeline, namespace=self.namespace, middleware=[])  # type: ignore[no-untyped-call]
            for message in messages:
                collecting.enqueue(message)
            pipeline.execute()


class _Consumer(_RedisConsumer):
    def __init__(self, broker: BlockingBroker, queue_name: str, prefetch: int, timeout: int) -> None:
        super().__init__(broker, queue_name, prefetch, timeout=1)  # type: ignore[no-untyped-call]
        self._list = f"{broker.namespace}:{queue_name}"
        self._wait_seconds = timeout / 1000
        self._room = threading.Event()

    def __next__(self) -> MessageProxy | None:
        message: MessageProxy | None = super().__next__()  # type: ignore[no-untyped-call]
        if message is None:
            self._wait()
        return message

    def ack(self, message: MessageProxy) -> None:
        self._settle(super().ack, message)

    def nack(self, message: MessageProxy) -> None:
        self._settle(super().nack, message)

    def _settle(self, settle: Callable[[MessageProxy], None], message: MessageProxy) -> None:
        """Redis may be away: Dramatiq's thread would wait for it. The message comes again then and changes nothing."""
        try:
            settle(message)
        except (ConnectionClosed, redis.TimeoutError):
            log.warning("broker.unacknowledged")
        finally:
            self._room.set()

    def _wait(self) -> None:
        """Until there is room for a message and a message, or for the timeout."""
        self._room.clear()
        if self.outstanding_message_count >= self.prefetch:
            self._room.wait(self._wait_seconds)
            return
        try:
            # From the end of a list to its beginning: it stays what it is but for the order, which means nothing here.
            self.broker.client.brpoplpush(self._list, self._list, self._wait_seconds)
        except (redis.ConnectionError, redis.TimeoutError) as error:
            raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]


def dramatiq_dangers(broker: dramatiq.Broker) -> list[str]:
    """A sentence for every dangerous setting of a broker and its actors; empty when it is safe to work with."""
    return [*_of_middleware(broker), *_of_actors(broker), *_of_namespace(broker)]


def _of_middleware(broker: dramatiq.Broker) -> Iterator[str]:
    for middleware in broker.middleware:
        yield from (words for harmful, words in _HARMFUL.items() if isinstance(middleware, harmful))
        if isinstance(middleware, Retries) and middleware.max_retries != 0:
            yield f"Retries has max_retries={middleware.max_retries}, not 0: {_OPTIONS['max_retries']}."
    if not any(isinstance(middleware, Retries) for middleware in broker.middleware):
        yield "Retries is missing: a message whose actor fails would be dropped instead of being kept as a dead one."


def _of_actors(broker: dramatiq.Broker) -> Iterator[str]:
    for name, actor in broker.actors.items():
        yield from (
            f"Actor {name} sets {option}: {why}." for option, why in _OPTIONS.items() if actor.options.get(option)
        )


def _of_namespace(broker: dramatiq.Broker) -> Iterator[str]:
    if isinstance(broker, RedisBroker) and broker.namespace == _SHARED_NAMESPACE:
        yield "The broker uses Dramatiq's own namespace: another Dramatiq on this Redis would take our messages."
