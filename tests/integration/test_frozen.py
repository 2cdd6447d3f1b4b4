"""R4, R5: a sender that stands still is not dead. Nothing is proven while it may still send; what it brings is kept."""

import threading
import time

import pytest
from frost import frozen, known_payer, let_lease_expire, rows
from polling import until
from stage import PACE, Stage

from outbox.ledger import Ledger
from outbox.poller import HandOut
from worker.delivery.deliver import deliver
from worker.delivery.doubt import _FROZEN_LEASES
from worker.lab.sandbox.faults import Fault
from worker.lexware.api import wire


@pytest.fixture(name="handed")
def _handed(stage: Stage) -> HandOut:
    """An invoice for a known payer, handed out."""
    stage.practice.invoice(known_payer(stage))
    (handed,) = stage.hand_out()
    return handed


def _counting(stage: Stage) -> list[bool]:
    return rows(stage, "select counts from outbox.look where verdict = 'absent' order by look_id")


def test_while_the_sender_may_be_alive_an_absence_does_not_count(stage: Stage, handed: HandOut) -> None:
    """Frozen with the bytes in its hand, for longer than all looks take: nobody sends again, and what it sends is ours."""
    with frozen(stage, handed, wire.Call, "release", after=True):
        let_lease_expire(stage)
        while len(_counting(stage)) < 7 and stage.posts() == 0:
            stage.turn()
    stage.run()

    assert not any(_counting(stage))
    assert stage.posts() == len(stage.documents()) == 1
    assert rows(stage, "select state from outbox.event") == ["delivered"]


def test_a_look_waits_for_the_settle_time_after_the_last_moment_at_which_it_was_sent(
    stage: Stage, handed: HandOut
) -> None:
    """Frozen at its send and thawed long after `send_by`: what it sent then is still coming, so no look counts yet."""
    stage.control.add_fault(Fault(method="POST", path="/v1/invoices", status=504, when="after"))
    with frozen(stage, handed, wire.Call, "release", after=True) as sender:
        let_lease_expire(stage)
        time.sleep(PACE.window_seconds + PACE.settle_seconds)
        stage.turn()
        sender.thaw()
    stage.db.execute("update outbox.event set due_at = clock_timestamp()")
    stage.run()

    (early,) = stage.db.execute(
        "select min(looked_at - ended_at) from outbox.look join outbox.intent using (intent_id) join outbox.attempt "
        "using (event_id, fence) where looked_at > ended_at"
    ).fetchone()
    assert early.total_seconds() >= PACE.settle_seconds
    assert (stage.posts(), rows(stage, "select state from outbox.event")) == (1, ["delivered"])


def test_after_ten_leases_a_frozen_sender_is_a_humans_case(stage: Stage, handed: HandOut) -> None:
    """Nobody knows whether it will ever send: never an endless circle."""
    with frozen(stage, handed, wire.Call, "release", after=True):
        let_lease_expire(stage)
        seconds = (_FROZEN_LEASES + 1) * PACE.lease_seconds
        stage.db.execute(
            "update outbox.intent set opened_at = opened_at - make_interval(secs => %(s)s), "
            "send_by = send_by - make_interval(secs => %(s)s)",
            {"s": seconds},
        )
        stage.turn()
        reason = rows(stage, "select reason from outbox.event")

    assert reason == ["sender_frozen"]


def test_an_answer_is_kept_though_the_claim_is_lost(stage: Stage, handed: HandOut) -> None:
    """Taken over before it could record its 201: the intent learns of it, the link too, and nobody has to look."""
    with frozen(stage, handed, Ledger, "settle") as sender:
        let_lease_expire(stage)
        (again,) = stage.hand_out()
        deliver(stage.runtime, again.event_id, again.epoch)
        sender.thaw()
    stage.run()

    assert rows(stage, "select outcome from outbox.intent") == ["created"]
    assert rows(stage, "select verdict from outbox.look") == []
    assert (rows(stage, "select state from outbox.event"), stage.posts()) == (["delivered"], 1)


def test_an_answer_is_kept_though_its_intent_is_closed_in_that_moment(stage: Stage, handed: HandOut) -> None:
    """The look that proves it absent commits while the answer is being written: both are known afterwards."""
    waiting = "select true from pg_locks where not granted"
    with frozen(stage, handed, Ledger, "settle") as sender:
        with stage.db.transaction():
            stage.db.execute("update outbox.intent set outcome = 'absent', closed_at = clock_timestamp()")
            late = threading.Thread(target=sender.thaw)
            late.start()
            until(lambda: stage.db.execute(waiting).fetchone())
        late.join()

    assert rows(stage, "select outcome from outbox.intent where late_remote_id is not null") == ["absent"]


def test_a_refusal_is_kept_though_the_claim_is_lost(stage: Stage, handed: HandOut) -> None:
    """Refused is known not to be there: no settle time, no look."""
    stage.control.add_fault(Fault(method="POST", path="/v1/invoices", status=429))
    with frozen(stage, handed, Ledger, "settle") as sender:
        let_lease_expire(stage)
        (again,) = stage.hand_out()
        deliver(stage.runtime, again.event_id, again.epoch)
        sender.thaw()
    stage.run()

    assert rows(stage, "select outcome from outbox.intent order by intent_id") == ["refused", "created"]
    assert rows(stage, "select verdict from outbox.look") == []


def test_bytes_that_leave_after_a_proven_absence_are_found_out(stage: Stage, handed: HandOut) -> None:
    """The one gap no design can close: frozen at its send, its session lost, and sent after all. The later check sees it."""
    runtime = stage.open_runtime()
    with frozen(stage, handed, wire.Call, "release", after=True, runtime=runtime):
        runtime._session_lock.stop()
        while stage.posts() == 0:
            stage.turn()
    runtime.close()
    stage.run()

    assert len(stage.documents()) == 2
    assert rows(stage, "select reason from outbox.event where state = 'dead'") == ["duplicate_found"]


def test_bytes_that_leave_after_the_later_check_are_looked_for_once_more(stage: Stage, handed: HandOut) -> None:
    """The same, later than every look and without an answer: when that sender gives up, its document is looked for."""
    runtime = stage.open_runtime()
    with frozen(stage, handed, wire.Call, "release", after=True, runtime=runtime) as sender:
        runtime._session_lock.stop()
        stage.run()
        before = (stage.posts(), rows(stage, "select state from outbox.event"))
        stage.control.add_fault(Fault(method="POST", path="/v1/invoices", status=504, when="after"))
        sender.thaw()
        stage.run()
    runtime.close()

    assert before == (1, ["delivered"])
    assert len(stage.documents()) == 2
    assert rows(stage, "select reason from outbox.event") == ["duplicate_found"]


def test_a_success_after_a_proven_absence_is_found_out_at_once(stage: Stage, handed: HandOut) -> None:
    """The list lagged longer than all looks, and the first sender comes back with its 201: both ids are shown."""
    stage.control.set_switches(stage.tenant.id, voucherlist_lag_seconds=60)
    runtime = stage.open_runtime()
    with frozen(stage, handed, Ledger, "settle", runtime=runtime) as sender:
        runtime._session_lock.stop()
        while stage.posts() == 1:
            stage.turn()
        sender.thaw()
        found_out = rows(stage, "select detail -> 'lexware_ids' from outbox.event where state = 'dead'")
    runtime.close()

    assert [sorted(ids) for ids in found_out] == [sorted(document["id"] for document in stage.documents())]
    assert rows(stage, "select count(*) from outbox.intent where late_remote_id is not null") == [1]
