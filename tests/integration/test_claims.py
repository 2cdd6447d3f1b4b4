"""R2, R5: the only licence to act is a claim; stale, duplicate and forged messages change nothing, nor do late-comers."""

from collections.abc import Iterator
from threading import Barrier, Thread
from typing import Any, cast
from uuid import UUID

import psycopg
import pytest
from chosen import a_few_of
from frost import frozen, known_payer, let_lease_expire, rows
from polling import until
from stage import Stage

from outbox.ledger import Ledger
from outbox.outcomes import Delivered, NeedsContact, Snooze
from outbox.pace import CRASHES
from outbox.poller import HandOut
from outbox.rows import Write
from outbox.sql import query
from worker.delivery.attempt import CallCounter
from worker.delivery.deliver import deliver
from worker.runtime import Runtime


@pytest.fixture(name="handed")
def _handed(stage: Stage) -> HandOut:
    """An invoice for a known payer, handed out."""
    stage.practice.invoice(known_payer(stage))
    (handed,) = stage.hand_out()
    return handed


@pytest.fixture(name="second")
def _second(stage: Stage) -> Iterator[Runtime]:
    """Another worker process."""
    runtime = stage.open_runtime()
    yield runtime
    runtime.close()


_DEADLOCK_ONCE = """
create sequence once;
create function public.deadlock_once() returns trigger language plpgsql as $$
begin
    if new.state = 'delivered' and nextval('public.once') = 1 then
        raise exception using errcode = '40P01';
    end if;
    return new;
end
$$;
grant usage on sequence once to public;
create trigger deadlock_once before update of state on outbox.event for each row execute function public.deadlock_once();
"""


def _attempts(stage: Stage) -> list[str | None]:
    return rows(stage, "select outcome from outbox.attempt order by attempt_id")


def test_a_message_of_an_earlier_hand_out_means_nothing(stage: Stage, handed: HandOut) -> None:
    """Taken back and handed out anew: the old message begins nothing, the new one does."""
    let_lease_expire(stage)
    (again,) = stage.hand_out()

    deliver(stage.runtime, handed.event_id, handed.epoch)
    stale = _attempts(stage)
    deliver(stage.runtime, again.event_id, again.epoch)

    assert (again.epoch, stale) == (handed.epoch + 1, [])
    assert _attempts(stage) == ["delivered"]


def test_a_message_of_no_hand_out_means_nothing(stage: Stage) -> None:
    """Forged or older than a restored database: the event is not in flight, so nobody may begin it."""
    invoice = stage.practice.invoice(known_payer(stage))
    event = stage.event(invoice)

    deliver(stage.runtime, event["event_id"], event["epoch"])

    assert _attempts(stage) == []


def test_a_duplicate_message_begins_nothing(stage: Stage, handed: HandOut, second: Runtime) -> None:
    """Two copies, two processes, the same moment: one attempt, one POST."""
    together = Barrier(2)

    def take(runtime: Runtime) -> None:
        together.wait()
        deliver(runtime, handed.event_id, handed.epoch)

    threads = [Thread(target=take, args=(runtime,)) for runtime in (stage.runtime, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert _attempts(stage) == ["delivered"]
    assert stage.posts() == 1


def test_a_duplicate_of_a_message_in_progress_begins_nothing(stage: Stage, handed: HandOut, second: Runtime) -> None:
    """The first copy has begun: the second does not take the claim away from it."""
    with frozen(stage, handed, Ledger, "intend", after=True):
        deliver(second, handed.event_id, handed.epoch)

    assert _attempts(stage) == ["delivered"]


def test_a_late_comer_does_not_end_the_claim_of_another(stage: Stage, handed: HandOut, second: Runtime) -> None:
    """Frozen, taken over, thawed: its settlement finds another fence and changes nothing but its own attempt."""
    with frozen(stage, handed, Ledger, "intend") as first:
        again = _taken_over(stage)
        with frozen(stage, again, Ledger, "settle", runtime=second):
            first.thaw()
            event = stage.event(rows(stage, "select document_id from outbox.event")[0])

    assert event["begun_at"] is not None
    assert _attempts(stage) == ["lost", "delivered"]
    assert stage.posts() == 1


def test_who_lost_the_claim_does_not_send(stage: Stage, handed: HandOut, second: Runtime) -> None:
    """Frozen before the intent and taken over: the licence belongs to another claim."""
    with frozen(stage, handed, Ledger, "intend") as first:
        again = _taken_over(stage)
        with frozen(stage, again, Ledger, "intend", runtime=second):
            first.thaw()
            posts = stage.posts()

    assert posts == 0
    assert _attempts(stage) == ["lost", "delivered"]


def _taken_over(stage: Stage) -> HandOut:
    """The claim has outlasted its lease, which is a try like any other; the hand-out after its delay."""
    let_lease_expire(stage)
    found: list[HandOut] = []
    until(lambda: found.extend(stage.hand_out()) or found)
    return found[0]


def test_who_holds_no_lock_begins_nothing(stage: Stage, handed: HandOut, second: Runtime) -> None:
    """A process without its session could die unseen: it leaves the event to others, at once."""
    second._session_lock.stop()
    deliver(second, handed.event_id, handed.epoch)

    assert _attempts(stage) == []
    assert [again.event_id for again in stage.hand_out()] == [handed.event_id]


def test_what_nobody_began_comes_back(stage: Stage, handed: HandOut) -> None:
    """Redis was emptied: five seconds later it is handed out again."""
    early = stage.hand_out()
    let_lease_expire(stage)

    assert list(early) == []
    assert [again.event_id for again in stage.hand_out()] == [handed.event_id]


def test_what_a_dead_worker_began_comes_back(stage: Stage, handed: HandOut, second: Runtime) -> None:
    """Its lock is free: the event is due again long before its lease ends, with the death on record."""
    with frozen(stage, handed, Ledger, "intend", runtime=second) as dead:
        stage.end_session(second)
        (again,) = stage.hand_out()
        deliver(stage.runtime, again.event_id, again.epoch)
        dead.thaw()

    assert _attempts(stage) == ["crashed", "delivered"]
    assert stage.posts() == 1


def test_a_worker_that_came_a_moment_ago_is_not_dead(stage: Stage, handed: HandOut) -> None:
    """It registers, and begins what lay in the queue, when the poller has just asked who is alive."""
    came: list[Runtime] = []

    class Meanwhile:
        """The poller's connection, which lets it come then."""

        def __getattr__(self, name: str) -> Any:
            return getattr(stage._connection, name)

        def execute(self, statement: Any, *given: Any) -> Any:
            answer = stage._connection.execute(statement, *given)
            if statement == query("poller.living"):
                came.append(stage.open_runtime())
                came[0].ledger.begin(handed.event_id, handed.epoch)
            return answer

    stage._poller.tidy(cast("Any", Meanwhile()))
    came[0].close()

    assert rows(stage, "select crashes from outbox.event where begun_at is not null") == [0]


def test_what_kills_its_workers_is_a_dead_letter(stage: Stage, handed: HandOut) -> None:
    """Five begins in a row whose worker died: nobody else is to die of it."""
    stage.db.execute("update outbox.event set crashes = %s", (CRASHES - 1,))
    runtime = stage.open_runtime()
    with frozen(stage, handed, Ledger, "intend", runtime=runtime) as dead:
        stage.end_session(runtime)
        again = stage.hand_out()
        dead.thaw()
    runtime.close()

    assert list(again) == []
    assert rows(stage, "select reason from outbox.event where state = 'dead'") == ["crashes_worker"]
    assert stage.posts() == 0


def test_a_later_check_that_kills_its_workers_is_a_dead_letter_too(stage: Stage, handed: HandOut) -> None:
    """It is in Lexware, but nobody can find out whether once: a human is told, and nothing circles."""
    deliver(stage.runtime, handed.event_id, handed.epoch)
    stage.db.execute("update outbox.event set step = 'verify', due_at = now(), crashes = %s", (CRASHES - 1,))
    (check,) = stage.hand_out()
    runtime = stage.open_runtime()
    runtime.ledger.begin(check.event_id, check.epoch)
    stage.end_session(runtime)
    stage.hand_out()
    runtime.close()

    assert rows(stage, "select reason from outbox.event where state = 'dead'") == ["crashes_worker"]


@pytest.mark.parametrize(
    "refused",
    a_few_of(
        [
            pytest.param({"contact_id": "no id"}, id="no id"),
            pytest.param({"origin": "a\0b"}, id="no text"),
            pytest.param({"origin": "a\ud83d"}, id="half a letter"),
            pytest.param({"origin": None}, id="by the table"),
        ]
    ),
)
def test_an_ending_is_written_whole_or_not_at_all(stage: Stage, handed: HandOut, refused: dict[str, object]) -> None:
    """A link that is refused: the event stays claimed and its attempt open, so nothing is half known."""
    claim = stage.runtime.ledger.begin(handed.event_id, handed.epoch)
    link = {
        "practice_id": 1, "customer_id": 1, "organisation_id": UUID(int=1), "contact_id": UUID(int=2), "origin": "created", "by": "x",
    }  # fmt: skip
    write = Write("links.contact", link | refused)

    with pytest.raises(psycopg.Error):
        stage.runtime.ledger.settle(claim, Delivered(detail={}), CallCounter(), also=[write])

    assert rows(stage, "select state from outbox.event where begun_at is not null") == ["pending"]
    assert _attempts(stage) == [None]
    assert stage.runtime.ledger.settle(claim, Delivered(detail={}), CallCounter())


def test_an_error_of_one_ending_is_none_of_the_next(stage: Stage) -> None:
    """A deadlock, once: the connection that met it goes on with all that it had prepared."""
    payer = known_payer(stage)
    stage.practice.invoice(payer)
    stage.run()
    stage.db.execute(_DEADLOCK_ONCE)

    invoices = [stage.practice.invoice(payer) for _ in range(3)]
    stage.run()

    assert [stage.outcome(invoice) for invoice in invoices] == [("delivered", None)] * 3
    assert [stage.event(invoice)["tries"] for invoice in invoices] == [0, 0, 0]


def test_an_ending_that_is_repeated_gives_its_slot_back_once(stage: Stage, handed: HandOut) -> None:
    """The first was written, but its answer lost; the next claim has taken the same slot meanwhile."""
    claim = stage.runtime.ledger.begin(handed.event_id, handed.epoch)
    slots = "select tat from outbox.lane"
    stage.runtime.ledger.settle(claim, NeedsContact(), CallCounter(), unused=claim.slot)
    stage.db.execute("update outbox.lane set tat = %s", (claim.slot.tat,))

    stage.runtime.ledger.settle(claim, NeedsContact(), CallCounter(), unused=claim.slot)

    assert rows(stage, slots) == [claim.slot.tat]


def test_an_ending_that_is_repeated_counts_its_silence_once(stage: Stage, handed: HandOut) -> None:
    """Three silent calls of everybody are an outage: one that is told twice is still one."""
    claim = stage.runtime.ledger.begin(handed.event_id, handed.epoch)

    for _ in range(2):
        stage.runtime.ledger.settle(claim, Snooze(seconds=9, reason="no_answer"), CallCounter(calls=1, silent=1))

    assert rows(stage, "select silent_calls from outbox.lane") == [1]
