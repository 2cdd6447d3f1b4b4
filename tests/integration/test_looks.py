"""G2, in doubt: when a look may be taken, what proves an absence, and what is a human's case."""

import time
from typing import Any

import pytest
from chosen import a_few_of
from frost import known_payer, rows
from polling import until
from stage import PACE, Stage

from worker.lab.sandbox.faults import Fault
from worker.lexware.api import calls

_LOST_BEFORE = Fault(method="POST", path="/v1/invoices", status=504)
_LOST_AFTER = Fault(method="POST", path="/v1/invoices", status=504, when="after")


def _in_doubt(stage: Stage, fault: Fault, payer: int | None = None, **columns: Any) -> int:
    """An invoice whose POST got no answer."""
    invoice = stage.practice.invoice(payer or known_payer(stage), **columns)
    stage.control.add_fault(fault)
    until(lambda: stage.turn() and stage.outcome(invoice) == ("pending", "in_doubt"))
    return invoice


def _verdicts(stage: Stage) -> list[str]:
    return rows(stage, "select verdict from outbox.look order by look_id")


def _look_now(stage: Stage) -> None:
    """What an operator's impatience, or a lease that ran out, does to an event in doubt."""
    stage.db.execute("update outbox.event set due_at = clock_timestamp() where due_at is not null")


@pytest.mark.parametrize("mode", ["hang", "status", "reset"])
def test_no_answer_is_no_refusal(stage: Stage, mode: str) -> None:
    """Time-out, 5xx, cut: the intent stays open, and no second POST follows before two looks."""
    _in_doubt(
        stage, Fault(method="POST", path="/v1/invoices", status=503, mode=mode, when="after", answer_after_seconds=2)
    )

    assert rows(stage, "select outcome from outbox.intent") == [None]
    stage.run()
    assert stage.posts() == 1
    assert rows(stage, "select outcome from outbox.intent") == ["adopted"]


def test_nobody_looks_before_the_settle_time(stage: Stage) -> None:
    """Even if the event is due at once: what is not there yet may still come."""
    _in_doubt(stage, _LOST_AFTER)
    while not _verdicts(stage):
        _look_now(stage)
        stage.turn()

    (early,) = stage.db.execute(
        "select min(looked_at - send_by) from outbox.look join outbox.intent using (intent_id)"
    ).fetchone()
    assert early.total_seconds() >= PACE.settle_seconds


def test_one_absence_proves_nothing(stage: Stage) -> None:
    """The second comes four settle times after the first, however often somebody looks; only then it is sent again."""
    _in_doubt(stage, _LOST_BEFORE)
    while stage.posts() == 1:
        _look_now(stage)
        stage.turn()

    (between,) = stage.db.execute(
        "select extract(epoch from max(looked_at) - min(looked_at))::float8 from outbox.look where verdict = 'absent'"
    ).fetchone()
    assert between >= PACE.second_look_seconds


def test_a_document_that_appears_after_the_first_look_is_adopted(stage: Stage) -> None:
    """The list lags: absent at first, there at the second look, and never sent twice."""
    stage.control.set_switches(stage.tenant.id, voucherlist_lag_seconds=4 * PACE.settle_seconds)
    invoice = _in_doubt(stage, _LOST_AFTER)

    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert _verdicts(stage) == ["absent", "found"]
    assert stage.posts() == 1


def test_a_list_that_lags_longer_than_all_looks_is_found_out(stage: Stage) -> None:
    """What no design can exclude is found by the later check, and named with both ids."""
    stage.control.set_switches(stage.tenant.id, voucherlist_lag_seconds=9 * PACE.settle_seconds)
    invoice = _in_doubt(stage, _LOST_AFTER)

    stage.run()

    assert stage.outcome(invoice) == ("dead", "duplicate_found")
    assert len(stage.documents()) == 2
    assert sorted(stage.event(invoice)["detail"]["lexware_ids"]) == sorted(one["id"] for one in stage.documents())


@pytest.mark.parametrize(
    "fault",
    a_few_of(
        [
            pytest.param(Fault(method="GET", path="/v1/voucherlist", status=503, count=4), id="503"),
            pytest.param(Fault(method="GET", path="/v1/voucherlist", mode="truncated", count=4), id="cut"),
            pytest.param(Fault(method="GET", path="/v1/voucherlist", mode="reset", count=4), id="reset"),
        ]
    ),
)
def test_a_failed_look_proves_nothing(stage: Stage, fault: Fault) -> None:
    """Four looks fail: none of them counts as an absence, and the document that is there is adopted."""
    invoice = _in_doubt(stage, _LOST_AFTER)
    stage.control.add_fault(fault)

    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert _verdicts(stage) == ["failed"] * 4 + ["found"]
    assert stage.posts() == 1


def test_a_truncated_look_proves_nothing(stage: Stage, monkeypatch) -> None:
    """More documents than Lexware lets us read: what was not seen is not absent."""
    invoice = _in_doubt(stage, _LOST_AFTER)
    for _ in range(3):
        _copy(stage, stage.documents()[0])
    monkeypatch.setattr(calls, "PAGE_ROWS", 1)
    monkeypatch.setattr(calls, "WINDOW_ROWS", 2)

    until = time.monotonic() + 8 * PACE.settle_seconds
    while time.monotonic() < until:
        stage.turn()

    assert set(_verdicts(stage)) == {"failed"}
    assert (stage.outcome(invoice)[0], stage.posts()) == ("pending", 1)


def _copy(stage: Stage, document: dict[str, Any], **changes: Any) -> str:
    """A user of Lexware copies a document; without changes its remark, and our marker in it, is not copied."""
    made = stage.control.act(stage.tenant.id, "copy_document", document=document["id"], changes=changes)
    return str(made["id"])


def test_a_look_alike_is_a_humans_case(stage: Stage) -> None:
    """A document of the same sum without a marker: neither adopted nor taken for an absence."""
    payer = known_payer(stage)
    stage.practice.invoice(payer)
    stage.run()
    twin = _copy(stage, stage.documents()[0])
    before = stage.posts()

    invoice = _in_doubt(stage, _LOST_BEFORE, payer)
    stage.run()

    assert stage.outcome(invoice) == ("dead", "in_doubt")
    assert stage.event(invoice)["detail"]["lexware_ids"] == [twin]
    assert stage.posts() == before + 1


def test_a_document_with_another_marker_is_not_ours(stage: Stage) -> None:
    """Same payer, day and sum, but the marker of another document: absent is absent."""
    payer = known_payer(stage)
    stage.practice.invoice(payer)
    stage.run()
    _copy(stage, stage.documents()[0], remark=stage.documents()[0]["body"]["remark"])

    invoice = _in_doubt(stage, _LOST_BEFORE, payer)
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert _verdicts(stage) == ["absent", "absent"]


def test_two_with_our_marker_are_a_humans_case(stage: Stage) -> None:
    """Somebody copied it in Lexware before we looked: which one is ours is not for us to say."""
    invoice = _in_doubt(stage, _LOST_AFTER)
    _copy(stage, stage.documents()[0], remark=stage.documents()[0]["body"]["remark"])

    stage.run()

    assert stage.outcome(invoice) == ("dead", "duplicate_found")
    assert stage.posts() == 1


def test_a_payer_with_another_name_proves_nothing(stage: Stage) -> None:
    """Renamed since: what we would look for is not what was sent; a human decides, nothing is sent again."""
    payer = known_payer(stage)
    invoice = _in_doubt(stage, _LOST_BEFORE, payer)
    stage.db.execute("update practice.customers set last_name = 'Neumann' where id = %s", (payer,))

    stage.run()

    assert stage.outcome(invoice) == ("dead", "in_doubt")
    assert stage.posts() == 1


def test_another_organisation_behind_the_key_proves_nothing(stage: Stage) -> None:
    """Not found there is not absent here."""
    invoice = _in_doubt(stage, _LOST_BEFORE)
    stage.db.execute("update lexware.connection set organisation_id = gen_random_uuid()")

    stage.run()

    assert stage.outcome(invoice) == ("dead", "other_organisation")
    assert stage.posts() == 1


def test_in_doubt_for_a_day_is_a_humans_case(stage: Stage) -> None:
    """Lexware answers others, but no look succeeds: never an endless circle."""
    invoice = _in_doubt(stage, _LOST_AFTER)
    stage.db.execute(
        "update outbox.intent set opened_at = opened_at - interval '25 h', send_by = send_by - interval '25 h'"
    )
    stage.control.add_fault(Fault(method="GET", path="/v1/voucherlist", status=503, count=None))
    _look_now(stage)

    stage.run()

    assert stage.outcome(invoice) == ("dead", "in_doubt")
