"""A message that is none: it is taken out, counted and logged, and the next one is delivered at once."""

import json
import time

import dramatiq
import pytest
import redis
from dramatiq import Worker

from worker.actors import register
from worker.broker import NAMESPACE, QUEUE, make_broker, unreadable


def _foreign(**changes: object) -> bytes:
    """A message that Dramatiq takes for one."""
    own = {"queue_name": QUEUE, "actor_name": "upload_invoice", "args": [], "kwargs": {"event_id": 1, "epoch": 1},
           "options": {"redis_message_id": "x"}, "message_id": "x", "message_timestamp": 1}  # fmt: skip
    return json.dumps(own | changes).encode()


@pytest.mark.parametrize(
    "poison",
    [
        b"not JSON", b"", b"\xff\xfe", b"{}", b"[]", b"1", b"null", b'"text"', b'{"queue_name": 1}', b"[" * 100_000,
        json.dumps({"queue_name": QUEUE, "actor_name": "upload_invoice", "args": [], "kwargs": {}, "options": {},
                    "message_id": "x", "message_timestamp": 1}).encode(),
        json.dumps({"queue_name": QUEUE, "actor_name": "upload_invoice", "args": [], "kwargs": [], "options": None,
                    "message_id": "x", "message_timestamp": 1}).encode(),
        pytest.param(_foreign(queue_name="other"), id="for another queue"),
        pytest.param(_foreign(options={"redis_message_id": "x", "eta": 10**15}), id="not before the year 33658"),
        pytest.param(_foreign(options={"redis_message_id": "x", "throws": "x"}, kwargs={}), id="an option that is a type"),
        pytest.param(_foreign(message_id=[]), id="an id that is none"),
        pytest.param(_foreign(kwargs={"event_id": True, "epoch": 1}), id="no number"),
    ],
)  # fmt: skip
def test_the_consumer_goes_on(redis_url: str, poison: bytes) -> None:
    """Three of them before a good one; afterwards nothing of them is left."""
    delivered: list[int] = []
    broker = make_broker(redis_url)
    register(broker, lambda event_id, _epoch: delivered.append(event_id))
    with redis.Redis.from_url(redis_url) as client:
        for place in range(3):
            client.hset(f"{NAMESPACE}:{QUEUE}.msgs", f"bad-{place}", poison)
            client.rpush(f"{NAMESPACE}:{QUEUE}", f"bad-{place}")
        broker.enqueue(dramatiq.Message(QUEUE, "upload_invoice", (), {"event_id": 7, "epoch": 1}, {}))
        worker = Worker(broker, worker_threads=1, worker_timeout=200)
        worker.start()
        began = time.monotonic()
        while not delivered and time.monotonic() - began < 5:
            time.sleep(0.02)
        worker.stop()

        assert delivered == [7]
        assert unreadable(redis_url) == 3
        assert client.hlen(f"{NAMESPACE}:{QUEUE}.msgs") == 0
        assert client.keys(f"{NAMESPACE}:__acks__*") == []
