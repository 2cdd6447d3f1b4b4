"""The broker whose idle consumers wake with the message."""

import sys
import threading
import time
from collections.abc import Iterator

import dramatiq
import pytest
from dramatiq.errors import ConnectionClosed
from polling import until

from outbox.ids import EventId
from outbox.poller import HandOut
from worker.actors import enqueue, register
from worker.broker import NAMESPACE, QUEUE, BlockingBroker, make_broker
from worker.lab.embedded import EmbeddedValkey

#: As long as a consumer can wait in Redis before redis-py gives its connection up.
_LONG = 4.5


@pytest.fixture
def broker(redis_url: str) -> Iterator[BlockingBroker]:
    """The product's broker with its actors."""
    broker = make_broker(redis_url)
    register(broker, lambda event_id, epoch: None)
    yield broker
    broker.close()


def handout(event_id: int = 1) -> HandOut:
    """Something to deliver."""
    return HandOut(EventId(event_id), 1, "invoice", "document")


def seconds_until_message(consumer: dramatiq.Consumer) -> float:
    """How long it takes to get one."""
    began = time.monotonic()
    while next(consumer) is None:
        pass
    return time.monotonic() - began


def test_an_idle_consumer_wakes_with_the_message(broker) -> None:
    """The poll interval is not what a message waits for."""
    consumer = broker.consume(QUEUE, prefetch=8, timeout=2000)
    consumer._wait_seconds = _LONG
    consumer.misses = 20  # as if it had been idle for long
    threading.Timer(0.2, enqueue, (broker, [handout()])).start()

    took = seconds_until_message(consumer)

    assert took < _LONG - 1


def test_nothing_to_do_costs_one_look_per_timeout(broker) -> None:
    """Idle is asleep in Redis, not asking."""
    consumer = broker.consume(QUEUE, prefetch=8, timeout=300)

    began = time.monotonic()
    found = [next(consumer) for _ in range(3)]

    assert found == [None] * 3
    assert time.monotonic() - began >= 0.85


def test_a_full_consumer_waits_for_an_acknowledgement(broker) -> None:
    """What the threads cannot take stays in Redis, for others; room is noticed at once."""
    enqueue(broker, [handout(1), handout(2)])
    consumer = broker.consume(QUEUE, prefetch=1, timeout=2000)
    first = next(consumer)
    consumer._wait_seconds = 10 * _LONG
    threading.Timer(0.2, consumer.ack, (first,)).start()

    began = time.monotonic()
    empty = next(consumer)
    second = next(consumer)

    assert empty is None
    assert 0.15 < time.monotonic() - began < _LONG
    assert {first.kwargs["event_id"], second.kwargs["event_id"]} == {1, 2}


def test_waiting_takes_nothing_away(broker) -> None:
    """A message that one consumer wakes for can be fetched by another."""
    waiting = broker.consume(QUEUE, prefetch=8, timeout=2000)
    enqueue(broker, [handout(1), handout(2)])

    waiting._wait()

    assert broker.client.llen(f"{NAMESPACE}:{QUEUE}") == 2
    assert next(broker.consume(QUEUE, prefetch=8, timeout=100)) is not None


def test_a_lost_redis_is_a_closed_connection() -> None:
    """Dramatiq starts a consumer anew for this error, and for this one only in peace."""
    with EmbeddedValkey() as valkey:
        consumer = make_broker(valkey.url).consume(QUEUE, prefetch=8, timeout=2000)
        end = threading.Timer(0.2, valkey.stop)
        end.start()

        with pytest.raises(ConnectionClosed):
            seconds_until_message(consumer)
        end.join()


def test_a_lost_acknowledgement_holds_nobody_up() -> None:
    """The thread is free for the next message; this one may come again, and its claim will fail."""
    with EmbeddedValkey() as valkey:
        broker = make_broker(valkey.url)
        enqueue(broker, [handout()])
        consumer = broker.consume(QUEUE, prefetch=1, timeout=100)
        message = next(consumer)
        valkey.stop()

        consumer.ack(message)

        assert consumer.outstanding_message_count == 0


def test_a_redis_that_refuses_for_a_while_costs_no_consumer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A replica, or one that cannot write to its disk, while something is done: the worker goes on as soon as it can."""
    monkeypatch.setattr("dramatiq.worker.CONSUMER_RESTART_DELAY_SECS", 0.05)
    delivered: list[int] = []
    asks = threading.Event()
    with EmbeddedValkey() as valkey:
        broker = make_broker(valkey.url)
        register(broker, lambda event_id, _epoch: (event_id > 1 or asks.wait(20)) and delivered.append(event_id))
        worker = dramatiq.Worker(broker, worker_threads=2, worker_timeout=100)
        fetch = broker.fetch

        def fetch_while_one_is_being_done(queue_name: str, most: int) -> list[dramatiq.Message[None]]:
            if queue_name == QUEUE and refuses(broker):
                asks.set()
                until(lambda: delivered == [1] and not consumer(worker).queued_message_ids)
            return fetch(queue_name, most)

        monkeypatch.setattr(broker, "fetch", fetch_while_one_is_being_done)
        enqueue(broker, [handout(1)])
        worker.start()
        try:
            until(lambda: consumer(worker) and consumer(worker).queued_message_ids)
            broker.client.replicaof("127.0.0.1", "1")
            until(lambda: asks.is_set() and consumer(worker))
            first = consumer(worker)
            until(lambda: consumer(worker) is not first or not worker.consumers[QUEUE].is_alive())
            broker.client.replicaof("NO", "ONE")
            enqueue(broker, [handout(2)])

            until(lambda: delivered == [1, 2], seconds=20)
        finally:
            asks.set()
            worker.stop(timeout=1000)


def refuses(broker: BlockingBroker) -> bool:
    """Whether Redis takes no orders."""
    return broker.client.info("replication")["role"] == "slave"


def consumer(worker: dramatiq.Worker) -> dramatiq.Consumer | None:
    """The one of the worker's queue."""
    return worker.consumers[QUEUE].consumer if QUEUE in worker.consumers else None


def test_what_is_done_at_the_same_time_is_told_by_one_of_them(broker) -> None:
    """Threads that end together while the consumer sleeps take nothing from each other."""
    many = 400
    enqueue(broker, [handout(number) for number in range(many)])
    consumer = broker.consume(QUEUE, prefetch=many, timeout=100)
    messages = [next(consumer) for _ in range(many)]
    consumer._sleeps = True
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        failures: list[threading.ExceptHookArgs] = []
        threading.excepthook = failures.append
        threads = [
            threading.Thread(target=lambda part=part: [consumer.ack(one) for one in messages[part::8]])
            for part in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
        threading.excepthook = threading.__excepthook__

    assert failures == []
    assert broker.client.hlen(f"{NAMESPACE}:{QUEUE}.msgs") == 0
