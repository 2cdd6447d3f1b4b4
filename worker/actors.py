"""Redis brings {event id, epoch}, three Dramatiq actors take it in.

Dramatiq is a queue with a thread pool here, nothing more: no retries, no delays, no time limits, no rate limiters; all
that lives in PostgreSQL (R6). What it loses, doubles or reorders changes nothing (R2).
"""

from collections.abc import Callable, Sequence

import dramatiq

from outbox.ids import EventId
from outbox.poller import HandOut
from worker.broker import QUEUE, BlockingBroker

Deliver = Callable[[EventId, int], None]


def register(broker: dramatiq.Broker, deliver: Deliver) -> None:
    """Declare the three actors. All of them make one attempt; which step it is says the event's row."""

    @dramatiq.actor(broker=broker, queue_name=QUEUE, max_retries=0)
    def create_contact(event_id: int, epoch: int) -> None:
        deliver(EventId(event_id), epoch)

    @dramatiq.actor(broker=broker, queue_name=QUEUE, max_retries=0)
    def upload_invoice(event_id: int, epoch: int) -> None:
        deliver(EventId(event_id), epoch)

    @dramatiq.actor(broker=broker, queue_name=QUEUE, max_retries=0)
    def upload_cancellation(event_id: int, epoch: int) -> None:
        deliver(EventId(event_id), epoch)


def enqueue(broker: BlockingBroker, handouts: Sequence[HandOut]) -> None:
    """Put hand-outs into Redis. Raises whatever Redis raises; some of them may be in then, which harms nothing."""
    broker.enqueue_all([_message(handout) for handout in handouts])


def _message(handout: HandOut) -> dramatiq.Message[None]:
    if handout.step == "contact":
        actor = "create_contact"
    else:
        actor = "upload_invoice" if handout.kind == "invoice" else "upload_cancellation"
    return dramatiq.Message(
        queue_name=QUEUE,
        actor_name=actor,
        args=(),
        kwargs={"event_id": handout.event_id, "epoch": handout.epoch},
        options={},
    )
