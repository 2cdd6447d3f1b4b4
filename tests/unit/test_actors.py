"""Broker, actors and acknowledgement without a server: a Redis in memory that runs Dramatiq's Lua."""

from collections.abc import Callable, Iterator

import dramatiq
import fakeredis
import pytest
import redis
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import Retries
from structlog.testing import capture_logs

from outbox.ids import EventId
from outbox.poller import HandOut
from worker.actors import enqueue, register
from worker.broker import NAMESPACE, QUEUE, BlockingBroker

HAND_OUTS = [
    HandOut(EventId(7), 3, "invoice", "contact"),
    HandOut(EventId(8), 1, "invoice", "document"),
    HandOut(EventId(9), 2, "cancellation", "document"),
]
ACTORS = ["create_contact", "upload_invoice", "upload_cancellation"]


@pytest.fixture(name="server")
def _server() -> fakeredis.FakeServer:
    return fakeredis.FakeServer()


@pytest.fixture(name="broker")
def _broker(server: fakeredis.FakeServer) -> Iterator[BlockingBroker]:
    """The product's broker and actors before that Redis."""
    client = fakeredis.FakeStrictRedis(server=server)
    broker = BlockingBroker(client=client, namespace=NAMESPACE, middleware=[Retries(max_retries=0)])
    broker.declare_queue(QUEUE)
    register(broker, lambda _event_id, _epoch: None)
    yield broker
    server.connected = True
    broker.close()


@pytest.fixture(name="consumer")
def _consumer(broker: BlockingBroker) -> dramatiq.Consumer:
    """One that waits for nothing."""
    return broker.consume(QUEUE, prefetch=8, timeout=1)


def fetched(consumer: dramatiq.Consumer, count: int) -> list[dramatiq.MessageProxy]:
    """So many messages, of those that are there."""
    return [next(consumer) for _ in range(count)]


def test_messages_carry_ids_and_nothing_else(broker, consumer) -> None:
    """Each for the actor of its step; what an event is about stays in PostgreSQL."""
    enqueue(broker, HAND_OUTS)

    messages = fetched(consumer, 3)

    assert {each.actor_name: each.kwargs for each in messages} == {
        actor: {"event_id": handed.event_id, "epoch": handed.epoch}
        for actor, handed in zip(ACTORS, HAND_OUTS, strict=True)
    }
    assert [(each.args, set(each.options)) for each in messages] == [((), {"redis_message_id"})] * 3


def test_everything_lies_in_a_namespace_of_its_own(broker) -> None:
    """A host's own Dramatiq on the same Redis sees none of it."""
    enqueue(broker, HAND_OUTS)

    keys = [key.decode() for key in broker.client.scan_iter()]

    assert keys
    assert all(key.startswith(f"{NAMESPACE}:") for key in keys)


def test_nothing_to_enqueue_is_no_error(broker, consumer) -> None:
    """A round of the poller may find nothing."""
    enqueue(broker, [])

    assert broker.client.llen(f"{NAMESPACE}:{QUEUE}") == 0


def test_what_is_acknowledged_is_gone(broker, consumer) -> None:
    """Also from what Dramatiq keeps in case a worker dies."""
    enqueue(broker, HAND_OUTS)

    for message in fetched(consumer, 3):
        consumer.ack(message)
    assert next(consumer) is None

    assert consumer.outstanding_message_count == 0
    assert list(broker.client.scan_iter(f"{NAMESPACE}:{QUEUE}*")) == []
    assert list(broker.client.scan_iter(f"{NAMESPACE}:__acks__*")) == []


def test_what_is_done_is_told_before_a_process_ends(broker, consumer) -> None:
    """Also what was done after the last question."""
    enqueue(broker, HAND_OUTS[:1])
    consumer.ack(*fetched(consumer, 1))

    consumer.close()

    assert broker.client.hlen(f"{NAMESPACE}:{QUEUE}.msgs") == 0


def test_while_messages_come_they_are_asked_for_and_told_together(broker, monkeypatch) -> None:
    """Sixty-four that are done one by one cost Redis a few commands, not hundreds."""
    enqueue(broker, HAND_OUTS[:1] * 64)
    consumer, told = broker.consume(QUEUE, prefetch=8, timeout=1), []
    acknowledge = broker.acknowledge
    monkeypatch.setattr(broker, "acknowledge", lambda queue, ids: (told.append(len(ids)), acknowledge(queue, ids)))

    for _ in range(64):
        while (message := next(consumer)) is None:
            pass
        consumer.ack(message)
    consumer.close()

    assert sum(told) == 64
    assert len(told) <= 9


def test_what_an_actor_fails_at_is_kept_apart(broker, consumer) -> None:
    """As a dead message in Redis: for eyes only, since the event's row says what happens next."""
    enqueue(broker, HAND_OUTS[:1])

    consumer.nack(*fetched(consumer, 1))

    assert consumer.outstanding_message_count == 0
    assert broker.client.llen(f"{NAMESPACE}:{QUEUE}") == 0
    assert broker.client.zcard(f"{NAMESPACE}:{QUEUE}.XQ") == 1


@pytest.mark.parametrize("settle", ["ack", "nack"])
@pytest.mark.parametrize(
    "lost",
    [pytest.param(redis.ConnectionError, id="away"), pytest.param(redis.TimeoutError, id="silent")],
)
def test_an_acknowledgement_that_redis_does_not_take_is_said_and_harmless(
    broker, consumer, monkeypatch, settle: str, lost: type[Exception]
) -> None:
    """The thread goes on; the message may come again, and its claim will fail."""
    enqueue(broker, HAND_OUTS[:1])
    [message] = fetched(consumer, 1)

    def away(*_: object, **__: object) -> None:
        raise lost

    monkeypatch.setitem(broker.scripts, "dispatch", away)
    monkeypatch.setattr(broker.client, "pipeline", away)
    with capture_logs() as logs:
        getattr(consumer, settle)(message)
        consumer.close()

    assert logs == [{"event": "broker.unacknowledged", "log_level": "warning"}]
    assert consumer.outstanding_message_count == 0


def test_a_redis_that_is_away_takes_nothing_and_says_so(broker, server) -> None:
    """The poller hears of it and gives the hand-outs back."""
    server.connected = False

    with pytest.raises(redis.ConnectionError):
        enqueue(broker, HAND_OUTS)


@pytest.fixture(name="worker")
def _worker() -> Iterator[Callable[[Callable[[EventId, int], None]], StubBroker]]:
    """A worker of Dramatiq's that takes in what is enqueued; the messages never leave this process."""
    workers: list[dramatiq.Worker] = []

    def start(deliver: Callable[[EventId, int], None]) -> StubBroker:
        broker = StubBroker(middleware=[Retries(max_retries=0)])
        broker.declare_queue(QUEUE)
        register(broker, deliver)
        workers.append(dramatiq.Worker(broker, worker_timeout=10, worker_threads=2))
        workers[-1].start()
        return broker

    yield start
    for worker in workers:
        worker.stop()


def test_all_three_actors_make_one_attempt_of_an_event(worker) -> None:
    """Which step it is says the event's row, not the message."""
    attempts: list[tuple[EventId, int]] = []
    broker = worker(lambda event_id, epoch: attempts.append((event_id, epoch)))

    for place, actor in enumerate(ACTORS):
        broker.get_actor(actor).send(event_id=place, epoch=place + 10)
    broker.join(QUEUE)

    assert sorted(attempts) == [(0, 10), (1, 11), (2, 12)]


def test_an_attempt_that_fails_is_not_made_again_by_the_queue(worker) -> None:
    """Retries live in PostgreSQL."""
    attempts: list[EventId] = []

    def fails(event_id: EventId, _epoch: int) -> None:
        attempts.append(event_id)
        raise ValueError

    broker = worker(fails)
    broker.get_actor("upload_invoice").send(event_id=1, epoch=1)
    broker.join(QUEUE, fail_fast=False)

    assert attempts == [1]
