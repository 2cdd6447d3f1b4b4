"""Messages in Redis at random, through the real broker and Dramatiq's own threads' work, step by step in this one.

Each is delivered, given up or taken out, and counted; no thread dies of it, none is kept, none waits for ever.
"""

import json
from collections.abc import Callable
from queue import PriorityQueue
from typing import Any

import pytest
import redis
import structlog
from dramatiq.worker import ConsumerThread, WorkerThread
from fuzzing import JSON, ODD, SECRET, raw, share, spoilt
from hypothesis import given
from hypothesis import strategies as st

from worker.actors import register
from worker.broker import NAMESPACE, QUEUE, BlockingBroker, given_up, make_broker, unreadable

pytestmark = pytest.mark.proof

OWN_ID = "its own id"
SOUND = {
    "queue_name": QUEUE, "actor_name": "upload_invoice", "args": [], "kwargs": {"event_id": 7, "epoch": 1},
    "options": {"redis_message_id": OWN_ID}, "message_id": "x", "message_timestamp": 1,
}  # fmt: skip
#: What Dramatiq does something about.
OPTIONS = st.dictionaries(
    st.sampled_from(["eta", "throws", "max_retries", "retries", "pipe_target", "pipe_ignore", "priority", "time_limit", "on_failure"]),
    JSON | st.sampled_from([10**15, -1, "x", {"queue_name": QUEUE}]), max_size=2,
).map(lambda more: SOUND | {"options": {"redis_message_id": OWN_ID} | more})  # fmt: skip
NAMED = st.sampled_from(["other", QUEUE + ".DQ", "", "create_contact", "watch", SECRET]).flatmap(
    lambda name: st.sampled_from([SOUND | {"queue_name": name}, SOUND | {"actor_name": name}])
)
NUMBERED = (st.integers() | st.booleans() | ODD).map(lambda value: SOUND | {"kwargs": {"event_id": value, "epoch": 1}})
MESSAGES = (
    st.binary(max_size=80) | JSON.map(raw) | (spoilt(SOUND) | OPTIONS | NAMED | NUMBERED | st.just(SOUND)).map(raw)
)


class Inside:
    """What Dramatiq's worker consists of, without its threads: a consumer, a worker, and the queue between them."""

    def __init__(self, url: str, deliver: Callable[[int, int], None]) -> None:
        self.url, self.client = url, redis.Redis.from_url(url)
        self.broker: BlockingBroker = make_broker(url)
        register(self.broker, deliver)
        waiting: PriorityQueue[Any] = PriorityQueue()
        about = {"broker": self.broker, "work_queue": waiting, "worker_timeout": 1}
        self.taking = ConsumerThread(queue_name=QUEUE, prefetch=1000, **about)
        self.taking.consumer = self.broker.consume(QUEUE, prefetch=1000, timeout=1)
        self.waiting, self.working = waiting, WorkerThread(consumers={QUEUE: self.taking}, **about)

    def work(self) -> None:
        """Until nothing is left to take."""
        while (message := next(self.taking.consumer)) is not None:
            self.taking.handle_message(message)
            while not self.waiting.empty():
                self.working.process_message(self.waiting.get().message)


KEYS = iter(range(10**9))


@pytest.fixture(scope="module", name="inside")
def _inside(_valkey: str) -> tuple[Inside, list[int]]:
    with redis.Redis.from_url(_valkey) as client:
        client.flushdb()
    delivered: list[int] = []
    return Inside(_valkey, lambda event_id, _epoch: delivered.append(event_id)), delivered


@share(8, each=4)
@given(messages=st.lists(MESSAGES, min_size=4, max_size=4))
def test_messages_in_redis(inside: tuple[Inside, list[int]], caplog, messages: list[bytes]) -> None:
    """Their ids are their own, however they are spelled inside."""
    one, delivered = inside
    before = _settled(one, delivered)
    for message in messages:
        key = f"message-{next(KEYS)}"
        one.client.hset(f"{NAMESPACE}:{QUEUE}.msgs", key, message.replace(OWN_ID.encode(), key.encode()))
        one.client.rpush(f"{NAMESPACE}:{QUEUE}", key)

    with structlog.testing.capture_logs() as logged:
        one.work()

    assert _settled(one, delivered) - before == len(messages)
    assert one.taking.delay_queue.empty()
    assert SECRET not in json.dumps(logged, default=str) + caplog.text
    assert all(type(event_id) is int for event_id in delivered)
    one.client.delete(*one.client.keys(f"{NAMESPACE}:__acks__*") or ["-"], f"{NAMESPACE}:{QUEUE}.msgs")


def _settled(one: Inside, delivered: list[int]) -> int:
    return len(delivered) + unreadable(one.url) + given_up(one.url)
