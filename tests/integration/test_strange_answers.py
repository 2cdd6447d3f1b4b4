"""G2, G10: answers to a POST that cannot be its own."""

from unittest.mock import patch
from uuid import UUID

from frost import known_payer, rows
from stage import Stage

from worker.lexware.api import calls


def test_the_id_of_another_document_is_not_believed(stage: Stage) -> None:
    """As a proxy that mixes up two answers gives it: what was made is looked for, and found by its marker."""
    payer = known_payer(stage)
    first = stage.practice.invoice(payer)
    stage.run()
    known = UUID(stage.lexware_id(first))

    second = stage.practice.invoice(payer)
    with patch.object(calls, "_id_in_body", lambda _answer: known):
        stage.turn()
    stage.run()

    made = {document["id"] for document in stage.documents()}
    assert (stage.outcome(second), stage.posts()) == (("delivered", None), 2)
    assert {stage.lexware_id(first), stage.lexware_id(second)} == made


def test_the_id_of_another_customers_contact_is_not_believed(stage: Stage) -> None:
    """The document would go to somebody else's contact."""
    stage.practice.invoice(stage.practice.customer())
    stage.run()
    (known,) = rows(stage, "select contact_id from lexware.contact_link")

    stage.practice.invoice(stage.practice.customer())
    stage.turn()
    with patch.object(calls, "_id_in_body", lambda _answer: known):
        stage.turn()
    stage.run()

    assert len(set(rows(stage, "select contact_id from lexware.contact_link"))) == 2
    assert (len(stage.contacts()), rows(stage, "select state from outbox.event")) == (2, ["delivered"] * 2)
