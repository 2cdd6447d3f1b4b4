"""All calls against the simulated Lexware, and what its mishaps look like from here."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from lexware_peer import always

from worker.delivery.errors import CallError, Issue, NoAnswer
from worker.lab.sandbox.control import Tenant
from worker.lab.sandbox.faults import Fault
from worker.lab.sandbox.server import Sandbox
from worker.lab.sandbox.switches import Switches
from worker.lexware.api import errors
from worker.lexware.api.client import Lexware
from worker.lexware.api.transport import Transport
from worker.lexware.payloads import ContactPayload, CreditNotePayload, InvoicePayload, Person

FAST = Switches(rate_per_second=0)
NOWHERE = UUID(int=7)
TODAY = datetime.now(ZoneInfo("Europe/Berlin")).date()


@pytest.fixture(name="sandbox", scope="module")
def _sandbox() -> Iterator[Sandbox]:
    with Sandbox(organisations=0, switches=FAST) as sandbox:
        yield sandbox


@pytest.fixture(name="tenant")
def _tenant(sandbox: Sandbox) -> Iterator[Tenant]:
    yield sandbox.control.add_organisation("Praxis Lindenweg")
    sandbox.control.clear_faults()


@pytest.fixture(name="lex")
def _lex(sandbox: Sandbox, tenant: Tenant) -> Lexware:
    return Lexware(Transport(sandbox.url, 5), tenant.key, before_call=always)


def person(last_name: str = "Beispiel") -> ContactPayload:
    """An invented payer."""
    someone: Person = {"firstName": "Ada", "lastName": last_name}
    address = {"street": "Lindenweg 3", "zip": "50667", "city": "Köln", "countryCode": "DE"}
    billing: Any = [address]
    return {
        "version": 0,
        "roles": {"customer": {}},
        "person": someone,
        "addresses": {"billing": billing},
        "note": "K-7",
    }


def credit_note(contact_id: UUID, price: float = 32.5) -> CreditNotePayload:
    """A document over one line."""
    day = f"{TODAY}T00:00:00.000Z"
    return {
        "voucherDate": day,
        "address": {"contactId": str(contact_id), "name": "Ada Beispiel", "countryCode": "DE"},
        "lineItems": [
            {
                "type": "custom",
                "name": "Leistungen gemäß Rechnung",
                "quantity": 1.0,
                "unitName": "Leistung",
                "unitPrice": {"currency": "EUR", "netAmount": price, "taxRatePercentage": 0},
            }
        ],
        "totalPrice": {"currency": "EUR"},
        "taxConditions": {"taxType": "vatfree"},
        "title": "Beleg",
        "introduction": "Guten Tag",
        "remark": "Beleg-Nr. RE-2026-0042 · 7Q4K-X2MB-91TD",
    }


def invoice(contact_id: UUID, price: float = 32.5) -> InvoicePayload:
    """The same as an invoice."""
    return {**credit_note(contact_id, price), "shippingConditions": {"shippingType": "none"}}


def test_the_profile(lex: Lexware, tenant: Tenant) -> None:
    """The key shows whose it is."""
    profile = lex.profile()

    assert (profile.organisation_id, profile.company_name) == (UUID(tenant.id), "Praxis Lindenweg")
    assert (profile.tax_type, profile.small_business) == ("vatfree", False)


@pytest.mark.parametrize(
    "last_name", ["Beispiel", "Meyer & Söhne <GbR>", "max_m%", r"Back\slash", "Ng", "X", "O'Neill", "Ł" * 200]
)
def test_a_contact_is_made_found_and_read(lex: Lexware, last_name: str) -> None:
    """Whatever the name, the search finds the contact, and nobody else's."""
    lex.create_contact(person("Andersmann"), always)

    created = lex.create_contact(person(last_name), always)

    found = [contact for contact in lex.search_contacts(name=last_name) if contact.last_name == last_name]
    assert found == [lex.contact(created.id)]
    assert (found[0].first_name, found[0].note, found[0].is_customer) == ("Ada", "K-7", True)
    assert found[0].billing[0].city == "Köln"
    assert list(lex.search_contacts(number=found[0].customer_number)) == found


def test_an_invoice_is_made_read_and_listed(lex: Lexware) -> None:
    """A draft with its sum, its day and its marker; the list has it, newest first."""
    contact = lex.create_contact(person(), always)

    made = [lex.create_invoice(invoice(contact.id, price), always).id for price in (10, 32.5)]

    document = lex.invoice(made[1])
    assert (document.status, document.contact_id, document.total_gross) == ("draft", contact.id, Decimal("32.5"))
    assert (document.voucher_date, document.remark) == (TODAY, "Beleg-Nr. RE-2026-0042 · 7Q4K-X2MB-91TD")
    assert document.created is not None
    assert abs(document.created - datetime.now(UTC)) < timedelta(minutes=1)
    rows = {row.id: row for row in lex.vouchers("invoice", TODAY)}
    created = [row.created for row in rows.values()]
    assert rows.keys() == set(made)
    assert created == sorted(created, reverse=True)
    listed = rows[document.id]
    assert (listed.total, listed.contact_id, listed.created) == (Decimal("32.5"), contact.id, document.created)
    assert list(lex.vouchers("credit_note", TODAY)) == []


def _related(sandbox: Sandbox, tenant: Tenant, made: UUID) -> list[str]:
    """What a document in Lexware is linked with."""
    documents = {document["id"]: document for document in sandbox.control.documents(tenant.id)}
    return list(documents[str(made)]["related"])


def test_a_credit_note_is_linked_with_a_finished_invoice(sandbox: Sandbox, tenant: Tenant, lex: Lexware) -> None:
    """A draft cannot be linked (406); once it is finished, both name each other."""
    contact = lex.create_contact(person(), always)
    original = lex.create_invoice(invoice(contact.id), always)
    with pytest.raises(errors.Rejected) as caught:
        lex.create_credit_note(credit_note(contact.id), always, preceding=original.id)
    assert caught.value.status == 406
    sandbox.control.act(tenant.id, "finalise", document=str(original.id))

    made = lex.create_credit_note(credit_note(contact.id), always, preceding=original.id)

    assert _related(sandbox, tenant, made.id) == [str(original.id)]
    assert lex.invoice(original.id).status == "open"
    assert [row.id for row in lex.vouchers("credit_note", TODAY)] == [made.id]


def test_a_standalone_credit_note(sandbox: Sandbox, tenant: Tenant, lex: Lexware) -> None:
    """Without an original there is no link."""
    contact = lex.create_contact(person(), always)

    made = lex.create_credit_note(credit_note(contact.id), always)

    assert _related(sandbox, tenant, made.id) == []


def test_what_lexware_objects_to_is_named(lex: Lexware) -> None:
    """Both dialects of refusals give codes and paths."""
    with pytest.raises(errors.Rejected) as contact:
        lex.create_contact({**person(), "person": {"lastName": ""}}, always)
    with pytest.raises(errors.Rejected) as document:
        lex.create_invoice({**invoice(NOWHERE), "lineItems": []}, always)

    assert Issue("missing_entity", "person.lastName") in contact.value.issues
    assert "lineItems" in {issue.field for issue in document.value.issues}
    assert document.value.trace_id


def test_what_is_not_there(lex: Lexware) -> None:
    """Unknown ids, and ids of something else, are NotFound."""
    contact = lex.create_contact(person(), always)

    for call in (lex.contact, lex.invoice, lex.credit_note):
        with pytest.raises(errors.NotFound):
            call(NOWHERE)
    with pytest.raises(errors.NotFound):
        lex.invoice(contact.id)


def test_a_withdrawn_key_and_an_ended_contract(sandbox: Sandbox, tenant: Tenant, lex: Lexware) -> None:
    """402 and 401."""
    sandbox.control.act(tenant.id, "set_contract", ok=False)
    with pytest.raises(errors.PlanTooSmall):
        lex.profile()

    sandbox.control.act(tenant.id, "revoke_key", key=tenant.key)
    with pytest.raises(errors.KeyRefused):
        lex.profile()


def test_a_key_without_permissions(sandbox: Sandbox, tenant: Tenant, lex: Lexware) -> None:
    """403."""
    key = sandbox.control.act(tenant.id, "new_key", scopes=[])["key"]

    with pytest.raises(errors.PermissionMissing):
        Lexware(Transport(sandbox.url, 5), key, before_call=always).profile()


def test_too_many_calls(sandbox: Sandbox, tenant: Tenant, lex: Lexware) -> None:
    """429, with what Lexware asks for."""
    sandbox.control.set_switches(tenant.id, rate_per_second=0.01, rate_capacity=1.0, retry_after_seconds=3)
    lex.profile()

    with pytest.raises(errors.RateLimited) as caught:
        lex.profile()

    assert caught.value.retry_after_seconds == 3


BROKEN: list[tuple[Fault, type[CallError]]] = [
    (Fault(status=500), NoAnswer),
    (Fault(status=503, body="html"), NoAnswer),
    (Fault(status=504), NoAnswer),
    (Fault(mode="reset"), NoAnswer),
    (Fault(mode="hang", answer_after_seconds=3), NoAnswer),
    (Fault(status=406, body="account_number_already_exists"), errors.Rejected),
]


@pytest.mark.parametrize(
    ("fault", "expected"), BROKEN, ids=lambda value: str(value) if isinstance(value, Fault) else ""
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_post_that_goes_wrong(
    sandbox: Sandbox, tenant: Tenant, fault: Fault, expected: type[CallError], when: Literal["before", "after"]
) -> None:
    """A broken POST looks the same from here whether it was carried out or not: once, never twice."""
    lex = Lexware(Transport(sandbox.url, 1), tenant.key, before_call=always)
    sandbox.control.add_fault(replace(fault, when=when, organisation=tenant.id))

    with pytest.raises(CallError) as caught:
        lex.create_contact(person(), always)

    assert type(caught.value) is expected
    assert len(sandbox.control.contacts(tenant.id)) == (when == "after")


@pytest.mark.parametrize("mode", ["empty", "truncated", "trickle"])
def test_location_saves_what_was_made(
    sandbox: Sandbox, tenant: Tenant, mode: Literal["empty", "truncated", "trickle"]
) -> None:
    """The id is known although the body never came whole."""
    lex = Lexware(Transport(sandbox.url, 1), tenant.key, before_call=always)
    fault = Fault(mode=mode, when="after", organisation=tenant.id, answer_after_seconds=3 if mode == "trickle" else 0)
    sandbox.control.add_fault(fault)

    created = lex.create_contact(person(), always)

    assert [contact["id"] for contact in sandbox.control.contacts(tenant.id)] == [str(created.id)]
