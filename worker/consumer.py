"""Dramatiq's consumer, so that messages cost Redis little: it sleeps in Redis when idle, and takes and gives in groups when busy.

Dramatiq's own asks again after a while that grows to its timeout (a second): half of it is lost for every message that
finds the workers idle. Here the wait is a command that returns as soon as the queue is not empty. It takes nothing and
promises nothing: a missed wake-up costs the timeout.

While messages come one after another, Redis is asked once in a moment, for all that there is room for then, and told
of all that was done meanwhile. What was done and is not told when the process dies comes again, and changes nothing (R2).

A Redis that is away, or refuses (a replica, a full disk), is a closed connection, the one thing after which Dramatiq asks
again and again: any other error as its consumer is closed ends the thread, and the process would never fetch anything any more.
"""

import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

import dramatiq
import redis
import structlog
from dramatiq import MessageProxy
from dramatiq.brokers.redis import _RedisConsumer
from dramatiq.errors import ConnectionClosed

log = structlog.get_logger()
#: Between two questions while there is something to fetch: short beside a call, long enough for several to be done.
_MOMENT_SECONDS = 0.02


class Queues(Protocol):
    """What a consumer uses of its broker."""

    client: redis.Redis
    namespace: str

    def fetch(self, queue_name: str, most: int) -> list[dramatiq.Message[None]]:
        """Take the next messages."""

    def acknowledge(self, queue_name: str, ids: Sequence[str]) -> None:
        """They are done."""


class Consumer(_RedisConsumer):
    """Takes the messages of a queue, for one thread; any thread may say that one is done."""

    broker: Queues

    def __init__(self, broker: Queues, queue_name: str, prefetch: int, timeout: int) -> None:
        super().__init__(broker, queue_name, prefetch, timeout=1)  # type: ignore[no-untyped-call]
        self._list = f"{broker.namespace}:{queue_name}"
        self._wait_seconds = timeout / 1000
        self._room, self._done, self._sleeps = threading.Event(), deque[str](), False
        self._may_ask = 0.0

    def __next__(self) -> MessageProxy | None:
        """The next message; None: there was none for the timeout, or no room."""
        if not self.message_cache and not self._fetch():
            self._wait()
            return None
        message = self.message_cache.pop(0)
        self.queued_message_ids.add(message.message_id)
        return MessageProxy(message)

    def ack(self, message: MessageProxy) -> None:
        """It is done: told at once when this consumer sleeps, else with the next question."""
        self._done.append(message.options["redis_message_id"])
        self.queued_message_ids.discard(message.message_id)
        if self._sleeps:
            self._tell()
        self._room.set()

    def nack(self, message: MessageProxy) -> None:
        """It escaped from its actor: Dramatiq keeps it apart."""
        try:
            super().nack(message)  # type: ignore[no-untyped-call]
        except (ConnectionClosed, redis.RedisError):
            log.warning("broker.unacknowledged")
        finally:
            self._room.set()

    def close(self) -> None:
        """Tell what is done."""
        self._tell()

    def _tell(self) -> None:
        """Redis may be away, or refuse: nobody waits for it. The messages come again then and change nothing."""
        done: list[str] = []
        with suppress(IndexError):  # until there are no more: other threads may take some, too
            while True:
                done.append(self._done.popleft())
        try:
            if done:
                self.broker.acknowledge(self.queue_name, done)
        except redis.RedisError:
            log.warning("broker.unacknowledged")

    def _fetch(self) -> bool:
        """Ask for as many messages as there is room for, not before it is time; whether some came."""
        time.sleep(max(0.0, self._may_ask - time.monotonic()))
        self._tell()
        room = self.prefetch - self.outstanding_message_count
        try:
            self.message_cache = self.broker.fetch(self.queue_name, room) if room > 0 else []
        except redis.RedisError as error:
            raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]
        if self.message_cache:
            self._may_ask = time.monotonic() + _MOMENT_SECONDS
        return bool(self.message_cache)

    def _wait(self) -> None:
        """Until there is room for a message and a message, or for the timeout."""
        self._room.clear()
        if self.outstanding_message_count >= self.prefetch:
            self._room.wait(self._wait_seconds)
            return
        self._sleeps = True
        self._tell()
        try:
            # From the end of a list to its beginning: it stays what it is but for the order, which means nothing here.
            self.broker.client.brpoplpush(self._list, self._list, self._wait_seconds)
        except redis.RedisError as error:
            raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]
        finally:
            self._sleeps = False
