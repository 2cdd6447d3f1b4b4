"""A replay from a page: it goes on in a thread of its own while its page tells how far it is."""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

import structlog

from outbox.db import connect
from outbox.dead_letters import DeadLetter
from worker.config import Config
from worker.console.asked import Asked, Moved
from worker.console.jobs import Job
from worker.logs import where
from worker.messages import Declined
from worker.messages import console as words
from worker.operations import replay
from worker.operations.replay import Order
from worker.operations.replay_plan import Item, plan

log = structlog.get_logger()
#: So long a page waits for its replay to be over, before it is shown how far it is.
_AT_ONCE_SECONDS, _CANARY_SECONDS = 5.0, 0.5


def begin(asked: Asked, letters: Sequence[DeadLetter], *, named: bool) -> Moved:
    """Begin it, wait for a moment, and go to the page that tells of it."""
    form = asked.form
    canaries = form.number("canary") or None
    order = Order(
        by=asked.visitor.name, why=form.given("why"), unlinked="unlinked" in form, canaries=canaries, named=named
    )
    job = Job(len(letters), form.given("group"), canaries)
    name = asked.jobs.start(job, lambda job: _carry_out(job, asked.config, letters, order))
    job.over.wait(_CANARY_SECONDS if canaries else _AT_ONCE_SECONDS)
    fields = {"job": name} | ({"group": job.group} if job.group else {})
    return Moved(f"{asked.path}?{urlencode(fields)}")


def _carry_out(job: Job, config: Config, letters: Sequence[DeadLetter], order: Order) -> None:
    items: list[Item] = []

    def tell(settled: int, _count: int) -> None:
        job.settled = settled

    try:
        with connect(config.direct_database_url) as connection:
            items = plan(connection, letters, unlinked=order.unlinked)  # of thousands it takes seconds
            job.went = replay.carry_out(connection, items, order, config.pace, tell)
    except Declined as declined:
        job.went, job.problem = False, declined.sentence
    except Exception as error:  # noqa: BLE001 (whatever it was, the page must say that it stopped)
        log.error("console.replay_failed", error=type(error).__name__, traceback=where(error))  # noqa: TRY400
        job.went, job.problem = False, words.UNEXPECTED(error=type(error).__name__, place=where(error)[-1])
    finally:
        job.tally = dict(Counter(item.result for item in items))
        job.over.set()
