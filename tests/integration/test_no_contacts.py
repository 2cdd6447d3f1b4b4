"""`practice enable --match-contacts none`: nobody appears among Lexware's contacts because of us."""

from collections.abc import Iterator

import psycopg
import pytest
from commands import Commands
from stage import Stage, stage

from worker.lab.sandbox.faults import Fault
from worker.lexware.payloads import ALLOWED


@pytest.fixture(name="one")
def _one(db: psycopg.Connection, database_url: str) -> Iterator[Stage]:
    with stage(db, database_url, matching="none") as one:
        yield one


def test_the_address_goes_with_the_document_only(one: Stage) -> None:
    """One call a document, no contact, a one-time address; its cancellation is linked as any other."""
    invoice = one.practice.invoice(one.practice.customer(last_name="Beispiel"))
    one.run()
    one.control.act(one.tenant.id, "finalise", document=one.lexware_id(invoice))
    cancellation = one.practice.cancel(invoice)
    one.run()

    assert [one.outcome(each) for each in (invoice, cancellation)] == [("delivered", None)] * 2
    assert one.contacts() == []
    sent, credit = (document["body"] for document in one.documents())
    assert "contactId" not in sent["address"]
    assert (sent["address"]["name"], sent["address"]["countryCode"]) == ("Ada Beispiel", "DE")
    assert [related["id"] for related in credit["relatedVouchers"]] == [one.lexware_id(invoice)]
    assert one.posts() == 2


def test_who_is_linked_stays_linked(one: Stage) -> None:
    """The practice has said which contact it is."""
    body = {"roles": {"customer": {}}, "person": {"firstName": "Ada", "lastName": "Beispiel"}}
    contact = one.control.act(one.tenant.id, "create_contact", body=body)["id"]
    payer = one.practice.customer()
    one.practice.link(payer, contact, one.tenant.id)
    invoice = one.practice.invoice(payer)
    one.run()

    assert one.outcome(invoice) == ("delivered", None)
    assert one.documents()[0]["body"]["address"]["contactId"] == contact


def test_a_lost_answer_is_found_by_its_marker(one: Stage) -> None:
    """Another one-time address is no likeness: nobody is one's own contact for having none."""
    payer = one.practice.customer()
    before = one.practice.invoice(payer, total="12.00", items=[{"unit_price": "12.00"}], invoice_date="2026-10-01")
    one.run()
    one.control.act(one.tenant.id, "copy_document", document=one.lexware_id(before))
    one.control.add_fault(Fault(method="POST", path="/v1/invoices", status=504))
    invoice = one.practice.invoice(payer)
    one.run()

    assert one.outcome(invoice) == ("delivered", None)
    assert len(one.documents()) == 3


def test_what_waited_for_its_contact_goes_without(one: Stage) -> None:
    """The setting was changed meanwhile."""
    invoice = one.practice.invoice(one.practice.customer())
    one.db.execute("update outbox.event set step = 'contact'")
    one.run()

    assert one.outcome(invoice) == ("delivered", None)
    assert one.contacts() == []


def test_it_is_chosen_and_shown(one: Stage, database_url: str) -> None:
    """`enable` takes it, and the preview says that no contact is made."""
    lexrelay = Commands(database_url, one.sandbox)
    number = one.event(one.practice.invoice(one.practice.customer()))["number"]
    one.db.execute("update lexware.connection set matching = 'exact'")

    told = lexrelay("practice", "enable", "--practice", 1, "--match-contacts", "none").stdout
    shown = lexrelay.json("preview", number, "--practice", 1)

    assert "No contact is made in Lexware" in told
    assert shown["contact"] == {"decision": "unknown", "id": None, "payload": None}
    assert "contactId" not in shown["document"]["address"]
    assert "Contact: none; the address goes" in lexrelay("preview", number, "--practice", 1).stdout


def test_it_may_leave_in_either_way() -> None:
    """The closed set of what may leave names the contact's id as before."""
    assert all("address.contactId" in paths["invoice"] for paths in ALLOWED.values())
