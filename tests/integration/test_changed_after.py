"""What changes in the practice software after it was handed over: told when it was sent, alive again when it was not."""

from decimal import Decimal

import pytest
from frost import known_payer
from stage import Stage

from outbox.db import connect
from worker.operations.checks import contract

_REOPEN = "update practice.invoices set status = 'draft' where id = %s"
_COMPLETE = "update practice.invoices set status = 'completed', total = 99 where id = %s"
_DEARER = "update practice.invoice_items set unit_price = 99 where invoice_id = %s"


def _reopened(stage: Stage) -> int:
    """An invoice that was put back to draft before anything of it was sent."""
    document = stage.practice.invoice(known_payer(stage))
    stage.db.execute(_REOPEN, (document,))
    stage.run()
    assert stage.outcome(document) == ("dead", "document_gone")
    stage.db.execute(_DEARER, (document,))
    return document


def _said(stage: Stage, database_url: str, lang: str) -> list[str]:
    with connect(database_url) as connection:
        return [found.message.said_in(lang) for found in contract.changes(connection)]


@pytest.mark.parametrize("by", ["trigger", "sweep"])
def test_what_was_never_sent_lives_again(stage: Stage, by: str) -> None:
    """Completed again it goes over as it is now, once; whether the trigger tells it or the safety net finds it."""
    document = _reopened(stage)
    if by == "sweep":
        stage.db.execute("alter table practice.invoices disable trigger user")

    stage.db.execute(_COMPLETE, (document,))
    if by == "sweep":
        assert stage.db.execute("select landed from outbox.sweep(3600)").fetchone() == (1,)
    stage.run()

    assert stage.outcome(document) == ("delivered", None)
    assert [one["total"] for one in stage.documents()] == [Decimal(99)]


def test_what_may_have_been_sent_does_not(stage: Stage) -> None:
    """An intent to create the document is there: it stays as it was settled."""
    document = stage.practice.invoice(known_payer(stage))
    stage.run()
    stage.db.execute("update outbox.event set state = 'dead', reason = 'document_gone'")

    stage.db.execute(_REOPEN, (document,))
    stage.db.execute(_COMPLETE, (document,))
    stage.db.execute("select * from outbox.sweep(3600)")
    stage.run()

    assert stage.outcome(document) == ("dead", "document_gone")
    assert stage.posts() == 1


def test_what_was_sent_and_changed_is_told_with_both_sums(stage: Stage, database_url: str) -> None:
    """Its number as well; nothing is said of those that are as they were, and never a name."""
    document, _ = (stage.practice.invoice(known_payer(stage)) for _ in range(2))
    stage.run()
    assert _said(stage, database_url, "en") == ["Nothing has changed since it was sent."]
    stage.db.execute(_REOPEN, (document,))
    stage.db.execute(_DEARER, (document,))
    stage.db.execute(_COMPLETE, (document,))
    stage.run()

    (german,), (english,) = _said(stage, database_url, "de"), _said(stage, database_url, "en")

    assert "total 85.00, now 99.00" in english
    assert f"Document {document} " in english
    assert "Summe 85,00, jetzt 99,00" in german
    assert len(stage.documents()) == 2
