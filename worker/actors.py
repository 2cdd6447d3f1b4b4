"""Redis brings {event id, epoch}, three Dramatiq actors take it in; a fourth takes in {job id, epoch}.

Dramatiq is a queue with a thread pool here, nothing more: no retries, no delays, no time limits, no rate limiters; all
that lives in PostgreSQL (R6). What it loses, doubles or reorders changes nothing (R2).
"""

from collections.abc import Callable, Sequence

import dramatiq

from outbox.ids import EventId
from outbox.job_dispatch import JobHandOut
from outbox.jobs import JobId
from outbox.poller import HandOut
from worker.broker import QUEUE, BlockingBroker

Deliver = Callable[[EventId, int], None]
WorkOff = Callable[[JobId, int], None]
#: Dramatiq takes in the smaller number first: of what waits in a process, jobs come last.
_LAST = 10


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


def register_jobs(broker: dramatiq.Broker, work_off: WorkOff) -> None:
    """Declare the actor of recurring jobs. It goes on for a while; which job it is says its row."""

    @dramatiq.actor(broker=broker, queue_name=QUEUE, max_retries=0, priority=_LAST)
    def watch(job_id: int, epoch: int) -> None:
        work_off(JobId(job_id), epoch)


def enqueue_jobs(broker: BlockingBroker, handouts: Sequence[JobHandOut]) -> None:
    """Put hand-outs of jobs into Redis, as `enqueue` does with events."""
    broker.enqueue_all([_of_actor("watch", job_id=one.job_id, epoch=one.epoch) for one in handouts])


def enqueue(broker: BlockingBroker, handouts: Sequence[HandOut]) -> None:
    """Put hand-outs into Redis. Raises whatever Redis raises; some of them may be in then, which harms nothing."""
    broker.enqueue_all([_message(handout) for handout in handouts])


def _message(handout: HandOut) -> dramatiq.Message[None]:
    if handout.step == "contact":
        actor = "create_contact"
    else:
        actor = "upload_invoice" if handout.kind == "invoice" else "upload_cancellation"
    return _of_actor(actor, event_id=handout.event_id, epoch=handout.epoch)


def _of_actor(actor: str, **ids: int) -> dramatiq.Message[None]:
    return dramatiq.Message(queue_name=QUEUE, actor_name=actor, args=(), kwargs=dict(ids), options={})
