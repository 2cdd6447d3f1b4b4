"""A RedisBroker whose idle consumers sleep in Redis and wake with the message, where Dramatiq's own look now and then.

Dramatiq's consumer asks again after a while that grows to its timeout (a second): half of it is lost for every message
that finds the workers idle. Here the wait is a command that returns as soon as the queue is not empty. It takes nothing
and promises nothing: a missed wake-up costs the timeout, and what is fetched is fetched by Dramatiq.
"""

import threading
from collections.abc import Callable, Sequence

import dramatiq
import redis
import structlog
from dramatiq import MessageProxy
from dramatiq.brokers.redis import RedisBroker, _RedisConsumer
from dramatiq.errors import ConnectionClosed

log = structlog.get_logger()
#: The longest wait in Redis: well below the five seconds after which redis-py gives a connection up.
_LONGEST_WAIT_MS = 2000


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
