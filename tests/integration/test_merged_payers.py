"""The practice merges two customers while a document waits: it goes to the one who is left, and nobody is mixed up."""

from stage import PACE, Stage

from worker.lab.sandbox.faults import Fault


def _merge(stage: Stage, gone: int, left: int) -> None:
    """What practice software does with a customer who was entered twice."""
    stage.db.execute("update practice.invoices set customer_id = %s where customer_id = %s", (left, gone))


def test_a_document_follows_its_payer(stage: Stage) -> None:
    """The contact is made and linked for the payer of now; the other customer gets no link with a stranger's contact."""
    gone, left = stage.practice.customer(), stage.practice.customer()
    invoice = stage.practice.invoice(gone)
    _merge(stage, gone, left)

    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    links = stage.db.execute("select customer_id from lexware.contact_link").fetchall()
    assert [row[0] for row in links] == [left]


def test_a_merged_payer_gets_one_contact(stage: Stage) -> None:
    """Two documents, the search lagging: the intent of the one holds the other back, whoever the payer was before."""
    stage.control.set_switches(stage.tenant.id, contact_search_lag_seconds=4 * PACE.settle_seconds)
    gone, left = stage.practice.customer(), stage.practice.customer()
    invoices = [stage.practice.invoice(gone), stage.practice.invoice(left)]
    _merge(stage, gone, left)
    stage.control.add_fault(Fault(method="POST", path="/v1/contacts", status=504, when="after"))

    stage.run()

    assert [stage.outcome(invoice)[0] for invoice in invoices] == ["delivered"] * 2
    assert len(stage.contacts()) == 1
