"""A cancellation goes over as a document of its own, by what became of its original (design section 6)."""

from decimal import Decimal

import pytest
from stage import Stage

from worker.lab.sandbox.faults import Fault


@pytest.fixture(name="delivered")
def _delivered(stage: Stage) -> int:
    """An invoice that lies in Lexware as a draft."""
    invoice = stage.practice.invoice(stage.practice.customer())
    stage.run()
    assert stage.outcome(invoice) == ("delivered", None)
    return invoice


def _credit_notes(stage: Stage) -> list[dict]:
    return [document for document in stage.documents() if document["kind"] == "creditnote"]


def _related(credit_note: dict) -> list[str]:
    return [related["id"] for related in credit_note["body"].get("relatedVouchers", [])]


def _link(stage: Stage, document_id: int) -> tuple:
    return stage.db.execute(
        "select linked_invoice_id::text, notice from lexware.document_link where document_id = %s", (document_id,)
    ).fetchone()


def test_of_a_draft_it_is_unlinked_and_names_the_original(stage: Stage, delivered: int) -> None:
    """The API refuses a link to a draft: both stay drafts, and a human is told."""
    cancellation = stage.practice.cancel(delivered)
    stage.run()

    assert stage.outcome(cancellation) == ("delivered", None)
    assert _link(stage, cancellation) == (None, "original_is_draft")
    assert "RE-2026-0001" in _credit_notes(stage)[0]["body"]["introduction"]


@pytest.mark.parametrize("actions", [["finalise"], ["finalise", "pay"]], ids=["open", "paid"])
def test_of_a_finished_invoice_it_is_linked(stage: Stage, delivered: int, actions: list) -> None:
    """Open or paid: a draft credit note with the link."""
    original = stage.lexware_id(delivered)
    for action in actions:
        stage.control.act(stage.tenant.id, action, document=original)

    cancellation = stage.practice.cancel(delivered)
    stage.run()

    assert stage.outcome(cancellation) == ("delivered", None)
    assert _link(stage, cancellation) == (original, None)


def test_of_a_voided_invoice_none_is_needed(stage: Stage, delivered: int) -> None:
    """The user has undone it in Lexware: visible as discarded by the system."""
    original = stage.lexware_id(delivered)
    for action in ("finalise", "void"):
        stage.control.act(stage.tenant.id, action, document=original)

    cancellation = stage.practice.cancel(delivered)
    stage.run()

    assert stage.outcome(cancellation) == ("discarded", "original_voided")
    assert _credit_notes(stage) == []


def test_of_a_deleted_draft_none_is_needed(stage: Stage, delivered: int) -> None:
    """Two 404s a settle time apart, for a link older than that, mean deleted."""
    stage.control.act(stage.tenant.id, "delete_draft", document=stage.lexware_id(delivered))

    cancellation = stage.practice.cancel(delivered)
    stage.run()

    assert stage.outcome(cancellation) == ("discarded", "original_deleted")
    asked = [call for call in stage.control.requests(stage.tenant.id) if call["status"] == 404]
    assert len(asked) == 2


def test_a_refused_link_becomes_an_unlinked_draft(stage: Stage, delivered: int) -> None:
    """On 406 the original is read once more, then the credit note goes unlinked, with a notice."""
    stage.control.act(stage.tenant.id, "finalise", document=stage.lexware_id(delivered))
    stage.control.add_fault(Fault(method="POST", path="/v1/credit-notes", status=406))

    cancellation = stage.practice.cancel(delivered)
    stage.run()

    assert stage.outcome(cancellation) == ("delivered", None)
    assert _link(stage, cancellation) == (None, "link_refused")


def test_of_an_invoice_from_before_the_switch_on_a_human_decides(stage: Stage) -> None:
    """The original never went over: nothing to link to, nothing to name."""
    stage.db.execute("update outbox.lane set enabled = false")
    stage.db.execute("update outbox.lane_period set disabled_at = clock_timestamp()")
    invoice = stage.practice.invoice(stage.practice.customer())
    stage.db.execute("update outbox.lane set enabled = true")
    stage.db.execute("insert into outbox.lane_period (practice_id) values (%s)", (stage.practice.practice_id,))

    cancellation = stage.practice.cancel(invoice)
    stage.run()

    assert stage.outcome(cancellation) == ("dead", "original_not_transferred")


@pytest.mark.parametrize("first", ["invoice", "cancellation"])
def test_it_waits_for_its_original_whatever_the_event_ids(stage: Stage, first: str) -> None:
    """Both completed in one transaction: the invoice goes first, even if its event was written later."""
    payer = stage.practice.customer()
    with stage.db.transaction():
        invoice = stage.practice.invoice(payer)
        cancellation = stage.practice.cancel(invoice)
    if first == "cancellation":
        stage.db.execute(
            "update outbox.event set due_at = due_at - interval '1 hour' where document_id = %s", (cancellation,)
        )

    stage.run()

    assert [document["kind"] for document in stage.documents()] == ["invoice", "creditnote"]
    assert stage.outcome(cancellation) == ("delivered", None)


@pytest.mark.parametrize("finalised", [False, True], ids=["draft", "open"])
def test_a_part_is_cancelled_with_its_own_sum(stage: Stage, finalised: bool) -> None:
    """Fewer items than the original: a credit note over these, tied to it in the same way; a second one goes unlinked."""
    session, ointment = {"unit_price": Decimal("60.00")}, {"unit_price": Decimal("12.50"), "description": "Salbe"}
    invoice = stage.practice.invoice(stage.practice.customer(), [session, ointment])
    stage.run()
    if finalised:
        stage.control.act(stage.tenant.id, "finalise", document=stage.lexware_id(invoice))

    parts = [cancel_part(stage, invoice, "Salbe", "-12.50"), cancel_part(stage, invoice, "Krankengymnastik", "-60.00")]
    stage.run()

    assert [stage.outcome(part) for part in parts] == [("delivered", None)] * 2
    notes = _credit_notes(stage)
    assert [note["body"]["totalPrice"]["totalGrossAmount"] for note in notes] == [12.5, 60.0]
    linked = [[stage.lexware_id(invoice)], []] if finalised else [[], []]
    assert [_related(note) for note in notes] == linked
    why = "link_refused" if finalised else "original_is_draft"
    assert [_link(stage, part)[1] for part in parts] == [None if finalised else why, why]


def cancel_part(stage: Stage, invoice: int, description: str, total: str) -> int:
    """A cancellation of the items of this description alone."""
    with stage.db.transaction():
        part = stage.practice.cancel(invoice, total=Decimal(total))
        stage.db.execute(
            "delete from practice.invoice_items where invoice_id = %s and description <> %s", (part, description)
        )
    return part


def test_it_waits_while_its_original_is_dead(stage: Stage) -> None:
    """A dead original blocks its cancellation until an operator has settled it."""
    invoice = stage.practice.invoice(stage.practice.customer(), total=Decimal("1.00"))
    stage.run()
    cancellation = stage.practice.cancel(invoice, total=Decimal("-85.00"))

    assert [stage.turn() for _ in range(3)] == [0, 0, 0]

    assert stage.outcome(cancellation) == ("pending", None)


def test_a_lost_answer_to_a_credit_note_makes_no_second_one(stage: Stage, delivered: int) -> None:
    """The same gate as for invoices; the adopted one keeps its notice."""
    stage.control.add_fault(Fault(method="POST", path="/v1/credit-notes", mode="reset", when="after"))

    cancellation = stage.practice.cancel(delivered)
    stage.run()

    assert len(_credit_notes(stage)) == 1
    assert _link(stage, cancellation) == (None, "original_is_draft")
