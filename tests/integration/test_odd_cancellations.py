"""Cancellations that cannot be right end in words: nothing is sent twice, and nothing is closed for a reason nobody proved."""

from uuid import uuid4

import pytest
from polling import until
from practice import token
from stage import Stage


@pytest.fixture(name="delivered")
def _delivered(stage: Stage) -> int:
    """An invoice of 85.00 that lies in Lexware as a draft."""
    invoice = stage.practice.invoice(stage.practice.customer())
    stage.run()
    return invoice


def _credit_notes(stage: Stage) -> list[dict]:
    return [document for document in stage.documents() if document["kind"] == "creditnote"]


def _flaw(stage: Stage, document_id: int) -> tuple:
    event = stage.event(document_id)
    return event["state"], event["reason"], (event["detail"] or {}).get("flaw")


def _cancel(stage: Stage, document_id: int, of: int | None = None, total: str = "-85.00") -> int:
    """A cancellation of this, completed; it names another one (`of`) before it is."""
    with stage.db.transaction():
        made = stage.practice.cancel(document_id, total=total)
        stage.db.execute("update practice.invoice_items set unit_price = %s where invoice_id = %s", (total, made))
        if of is not None:
            stage.db.execute("update practice.invoices set cancels_id = %s where id = %s", (of, made))
    return made


def test_of_a_cancellation(stage: Stage, delivered: int) -> None:
    """What is cancelled was no invoice: Lexware is not even asked, as it would say that there is none of that id."""
    first = _cancel(stage, delivered)
    stage.run()
    posts = stage.posts()

    second = _cancel(stage, delivered, of=first)
    stage.run()

    assert _flaw(stage, second) == ("dead", "original_not_invoice", "cancellation")
    assert stage.posts() == posts


def test_of_the_whole_twice(stage: Stage, delivered: int) -> None:
    """The second one is not sent without a word: it names the first; an operator may send it all the same."""
    first, second = _cancel(stage, delivered), _cancel(stage, delivered)
    stage.run()

    assert stage.outcome(first) == ("delivered", None)
    assert _flaw(stage, second) == ("dead", "original_not_invoice", "cancelled_already")
    assert stage.event(second)["detail"]["numbers"] == [stage.event(first)["number"]]

    stage.db.execute("update outbox.event set state = 'pending', due_at = now(), closed_at = null, unlinked = true "
                     "where document_id = %s", (second,))  # fmt: skip
    stage.run()

    assert stage.outcome(second) == ("delivered", None)
    notice = "select notice from lexware.document_link where document_id = %s"
    assert stage.db.execute(notice, (second,)).fetchone() == ("original_not_invoice",)


def test_a_first_one_in_doubt_counts(stage: Stage, delivered: int) -> None:
    """It may be in Lexware, whatever the order in which they were written."""
    second = _cancel(stage, delivered)
    stage.db.execute("update outbox.event set due_at = now() + interval '1 hour' where document_id = %s", (second,))
    first = _cancel(stage, delivered)
    stage.db.execute(
        "insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, send_by, sent_with)"
        " select practice_id, %s, event_id, 'credit_note', document_id, 1, 1, clock_timestamp(), '{}' from outbox.event"
        " where document_id = %s", (stage.tenant.id, first),
    )  # fmt: skip
    stage.db.execute("update outbox.event set due_at = now() + interval '1 hour' where document_id = %s", (first,))
    stage.db.execute("update outbox.event set due_at = now() where document_id = %s", (second,))
    while stage.turn():
        pass

    assert _flaw(stage, second) == ("dead", "original_not_invoice", "cancelled_already")


def test_in_parts_above_the_whole(stage: Stage, delivered: int) -> None:
    """Both sums are told."""
    parts = [_cancel(stage, delivered, total=total) for total in ("-60.00", "-25.01")]
    stage.run()

    assert [_flaw(stage, part)[:2] for part in parts] == [("delivered", None), ("dead", "original_not_invoice")]
    detail = stage.event(parts[1])["detail"]
    assert (detail["total_here"], detail["total_of_original"]) == ("-25.01", "85.00")


def test_of_itself_and_in_a_circle(stage: Stage, delivered: int) -> None:
    """Nobody waits for ever for nobody."""
    with stage.db.transaction():
        of_itself = stage.practice.cancel(delivered)
        stage.db.execute("update practice.invoices set cancels_id = id where id = %s", (of_itself,))
    with stage.db.transaction():
        one, other = stage.practice.cancel(delivered), stage.practice.cancel(delivered)
        stage.db.execute("update practice.invoices set cancels_id = %s where id = %s", (other, one))
        stage.db.execute("update practice.invoices set cancels_id = %s where id = %s", (one, other))
    stage.run()

    assert [_flaw(stage, each)[2] for each in (of_itself, one, other)] == ["itself", "cancellation", "cancellation"]
    assert _credit_notes(stage) == []


def test_before_its_original(stage: Stage) -> None:
    """The invoice is a draft still: a dead letter says that it never went over; once it has, a replay helps."""
    invoice = stage.practice.invoice(stage.practice.customer(), status="draft", completed_at=None)
    with stage.db.transaction():
        cancellation = stage.practice.cancel(invoice)
        stage.db.execute("update practice.invoices set status = 'draft' where id = %s", (invoice,))
    stage.run()

    assert stage.outcome(cancellation) == ("dead", "original_not_transferred")


@pytest.mark.parametrize(("action", "reason"), [("delete_draft", "original_deleted"), ("void", "original_voided")])
def test_of_a_part_the_rest_is_told(stage: Stage, delivered: int, action: str, reason: str) -> None:
    """Nothing is left to cancel, but the rest of the invoice has gone with it."""
    original = stage.lexware_id(delivered)
    for each in ["finalise", action] if action == "void" else [action]:
        stage.control.act(stage.tenant.id, each, document=original)
    part = _cancel(stage, delivered, total="-60.00")
    stage.run()

    assert _flaw(stage, part) == ("discarded", reason, "part")
    assert stage.event(part)["detail"]["rest"] == "25.00"


def test_voided_once_is_not_enough(stage: Stage, delivered: int) -> None:
    """What ends a document is seen twice, a settle time apart."""
    original = stage.lexware_id(delivered)
    for action in ("finalise", "void"):
        stage.control.act(stage.tenant.id, action, document=original)
    cancellation = _cancel(stage, delivered)
    assert stage.turn() == 1

    assert stage.outcome(cancellation) == ("pending", "original_seems_voided")


def test_another_companys_silence_proves_nothing(stage: Stage, delivered: int) -> None:
    """A key of another company finds nothing there: the practice is paused, and nothing is closed."""
    stranger = stage.control.add_organisation()
    locked = token(stage.practice.practice_id, stage.tenant.id, stranger.key)
    cancellation = _cancel(stage, delivered)
    stage.db.execute("update lexware.connection set key_encrypted = %s", (locked,))
    until(lambda: stage.turn() == 0 and stage.db.execute("select pause_reason from outbox.lane").fetchone()[0])

    assert stage.outcome(cancellation) == ("pending", "other_organisation")


def test_a_link_by_hand_that_nobody_looked_up_proves_nothing(stage: Stage, delivered: int) -> None:
    """That a document is missing which nobody ever saw does not mean that it was deleted."""
    stage.db.execute("update lexware.document_link set origin = 'by_hand', lexware_id = %s", (uuid4(),))
    cancellation = _cancel(stage, delivered)
    stage.run()

    assert _flaw(stage, cancellation) == ("dead", "original_not_transferred", "never_seen")
