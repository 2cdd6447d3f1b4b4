"""What tests and the demo can do behind the API's back: organisations, users' hands, read-outs (lexware-api 14.9)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import get_args

import httpx
import pytest
from sandbox_bodies import CONTACT, CREDIT_NOTE, INVOICE, bent

from worker.lab.sandbox.control import Action, Control
from worker.lab.sandbox.server import Sandbox
from worker.lab.sandbox.switches import Switches
from worker.lab.sandbox.web_app import ACTIONS


@pytest.fixture(name="sandbox")
def _sandbox() -> Iterator[Sandbox]:
    with Sandbox(switches=Switches(rate_per_second=0)) as sandbox:
        yield sandbox


@pytest.fixture(name="control")
def _control(sandbox: Sandbox) -> Control:
    return sandbox.control


@pytest.fixture(name="organisation")
def _organisation(sandbox: Sandbox) -> str:
    return sandbox.tenants[0].id


@pytest.fixture(name="api")
def _api(sandbox: Sandbox) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {sandbox.tenants[0].key}"}
    with httpx.Client(base_url=f"{sandbox.url}/v1/", headers=headers, trust_env=False) as client:
        yield client


@pytest.fixture(name="draft")
def _draft(api: httpx.Client) -> str:
    return str(api.post("invoices", json=INVOICE).json()["id"])


@pytest.fixture(name="contact")
def _contact(api: httpx.Client) -> str:
    return str(api.post("contacts", json=CONTACT).json()["id"])


def test_every_action_can_be_named() -> None:
    """The client's list of actions is the server's."""
    assert set(get_args(Action)) == ACTIONS.keys()


def test_an_organisation_is_founded_with_keys_and_switches(sandbox: Sandbox, control: Control) -> None:
    """It is there at once, apart from the others."""
    tenant = control.add_organisation("Praxis Zwei", tax_type="net", keys=2, switches={"latency_seconds": 0})

    answers = [
        httpx.get(f"{sandbox.url}/v1/profile", headers={"Authorization": f"Bearer {key}"}, trust_env=False).json()
        for key in tenant.keys
    ]

    assert [(each["organizationId"], each["taxType"]) for each in answers] == [(tenant.id, "net")] * 2
    assert [each.company_name for each in control.organisations()] == ["Praxis Beispiel 1", "Praxis Zwei"]


def test_nonsense_is_refused_by_name(control: Control, organisation: str) -> None:
    """A test that misspells something must hear of it."""
    with pytest.raises(httpx.HTTPStatusError, match="no latency"):
        control.set_switches(organisation, latency=1)
    with pytest.raises(httpx.HTTPStatusError, match="is not a tax type"):
        control.add_organisation(tax_type="brutto")  # type: ignore[arg-type]
    with pytest.raises(httpx.HTTPStatusError, match="no document"):
        control.act(organisation, "finalise", document="0b6c")
    with pytest.raises(httpx.HTTPStatusError, match="unexpected keyword"):
        control.act(organisation, "finalise", documnet="0b6c")


def test_an_unknown_command_lists_the_known(sandbox: Sandbox) -> None:
    """For those who try with curl."""
    answer = httpx.get(f"{sandbox.url}/_sandbox/help", trust_env=False)

    assert answer.status_code == 404
    assert "documents" in answer.json()["commands"]


def test_read_outs_work_with_a_plain_get(sandbox: Sandbox, draft: str, organisation: str) -> None:
    """Arguments go in the query, too."""
    answer = httpx.get(f"{sandbox.url}/_sandbox/documents?organisation={organisation}", trust_env=False)

    assert [each["id"] for each in answer.json()] == [draft]


def test_the_control_side_leaves_no_trace(control: Control, api: httpx.Client) -> None:
    """It is not API traffic."""
    control.counts()
    api.get("profile")

    assert [call["path"] for call in control.requests()] == ["/v1/profile"]


def test_the_log_knows_the_call_and_not_the_key(sandbox: Sandbox, control: Control, api: httpx.Client) -> None:
    """Method, path, query, body, answer; of the key a fingerprint."""
    made = api.post("credit-notes?finalize=false", json=CREDIT_NOTE).json()["id"]

    (call,) = control.requests(sandbox.tenants[0].id)

    assert (call["method"], call["path"], call["query"]) == ("POST", "/v1/credit-notes", {"finalize": "false"})
    assert (call["body"]["remark"], call["status"], call["committed_id"]) == (CREDIT_NOTE["remark"], 201, made)
    assert call["answered"] >= call["arrived"]
    assert sandbox.tenants[0].key not in str(call)
    assert control.requests(since=call["number"]) == []


def test_a_users_work_on_a_draft(control: Control, organisation: str, draft: str, api: httpx.Client) -> None:
    """Finalise, put back, finalise again with the same number; pay in two parts."""
    control.act(organisation, "finalise", document=draft)
    control.act(organisation, "reopen", document=draft)
    reopened = api.get(f"invoices/{draft}").json()
    control.act(organisation, "finalise", document=draft)
    control.act(organisation, "pay", document=draft, amount=Decimal("60.50"))
    part = api.get(f"payments/{draft}").json()
    control.act(organisation, "pay", document=draft)
    paid = api.get(f"invoices/{draft}").json()

    assert (reopened["voucherStatus"], reopened["voucherNumber"]) == ("draft", "RE1001")
    assert (part["openAmount"], part["voucherStatus"]) == (39.5, "open")
    assert (paid["voucherStatus"], paid["voucherNumber"]) == ("paid", "RE1001")


def test_a_new_number_at_finalising_is_a_switch(control: Control, organisation: str, draft: str) -> None:
    """Whether a draft keeps its number is not known."""
    control.set_switches(organisation, renumbers_on_finalise=True)

    control.act(organisation, "finalise", document=draft)

    assert control.documents()[0]["number"] == "RE1002"


def test_what_the_web_app_refuses(control: Control, organisation: str, draft: str) -> None:
    """Voiding a draft, deleting or editing an open invoice, reopening a paid one."""
    with pytest.raises(httpx.HTTPStatusError, match="RE1001 is draft, not open"):
        control.act(organisation, "void", document=draft)
    control.act(organisation, "finalise", document=draft)
    with pytest.raises(httpx.HTTPStatusError, match="RE1001 is open, not draft"):
        control.act(organisation, "delete_draft", document=draft)
    control.act(organisation, "pay", document=draft, amount=1)
    with pytest.raises(httpx.HTTPStatusError, match="has payments"):
        control.act(organisation, "reopen", document=draft)


def test_a_voided_invoice_is_no_longer_owed(control: Control, organisation: str, draft: str, api: httpx.Client) -> None:
    """A stamp on the same document."""
    control.act(organisation, "finalise", document=draft)
    control.act(organisation, "void", document=draft)

    assert api.get(f"invoices/{draft}").json()["voucherStatus"] == "voided"
    assert api.get(f"payments/{draft}").json()["paymentStatus"] == "balanced"


def test_a_user_rewrites_a_draft(
    control: Control, organisation: str, draft: str, contact: str, api: httpx.Client
) -> None:
    """Remove the marker, change contact and total: the document is the same, its version is not."""
    control.act(
        organisation, "edit_draft", document=draft, changes={"remark": "Danke", "address": {"contactId": contact}}
    )
    control.act(organisation, "set_total", document=draft, total=Decimal("47.11"))

    body = api.get(f"invoices/{draft}").json()
    assert (body["remark"], body["version"]) == ("Danke", 3)
    assert (body["address"]["contactId"], body["totalPrice"]["totalGrossAmount"]) == (contact, 47.11)


@pytest.mark.parametrize("tax_type", ["net", "gross"])
def test_a_total_is_met_with_tax_as_well(control: Control, api: httpx.Client, organisation: str, tax_type: str) -> None:
    """The one line comes to the gross amount."""
    control.act(organisation, "set_tax", tax_type=tax_type)
    price = {"currency": "EUR", "netAmount": 10, "grossAmount": 10, "taxRatePercentage": 19}
    taxed = bent(INVOICE, {"taxConditions.taxType": tax_type, "lineItems.0.unitPrice": price})
    draft = api.post("invoices", json=taxed).json()["id"]

    control.act(organisation, "set_total", document=draft, total=119)

    assert api.get(f"invoices/{draft}").json()["totalPrice"]["totalGrossAmount"] == 119


def test_deleting_a_linked_draft_frees_its_invoice(
    control: Control, organisation: str, draft: str, api: httpx.Client
) -> None:
    """A second credit note can then be linked."""
    control.act(organisation, "finalise", document=draft)
    path = f"credit-notes?precedingSalesVoucherId={draft}"
    first = api.post(path, json=CREDIT_NOTE).json()["id"]

    control.act(organisation, "delete_draft", document=first)

    assert api.get(f"invoices/{draft}").json()["relatedVouchers"] == []
    assert api.post(path, json=CREDIT_NOTE).status_code == 201


def test_a_user_finalises_a_linked_credit_note(
    control: Control, organisation: str, draft: str, api: httpx.Client
) -> None:
    """It settles the invoice as if it had been finalised at once."""
    control.act(organisation, "finalise", document=draft)
    credit = api.post(f"credit-notes?precedingSalesVoucherId={draft}", json=CREDIT_NOTE).json()["id"]

    control.act(organisation, "finalise", document=credit)

    assert [each["status"] for each in control.documents()] == ["paid", "paidoff"]


def test_a_look_alike_differs_by_its_marker_only(control: Control, organisation: str, draft: str) -> None:
    """Same contact, day and amount; written by hand, at a time of the test's choice."""
    control.act(organisation, "copy_document", document=draft, age_seconds=600)

    original, copy = control.documents()
    assert (copy["origin"], copy["number"], copy["total"]) == ("user", "RE1002", original["total"])
    assert copy["body"]["voucherDate"] == original["body"]["voucherDate"]
    assert copy["body"]["remark"] != original["body"]["remark"]
    assert copy["created_at"] < original["created_at"]


def test_documents_and_contacts_by_hand(control: Control, organisation: str) -> None:
    """Without any call to the API."""
    contact = control.act(organisation, "create_contact", body=CONTACT)["id"]
    body = bent(CREDIT_NOTE, {"address": {"contactId": contact}})
    control.act(organisation, "create_document", kind="creditnote", body=body)

    assert [(each["number"], each["contact_id"], each["origin"]) for each in control.documents()] == [
        ("GS0001", contact, "user")
    ]
    assert control.requests() == []


def test_a_user_archives_edits_and_deletes_a_contact(
    control: Control, organisation: str, contact: str, api: httpx.Client
) -> None:
    """Archived it is still found; deleted it is gone for the API, and known to the test."""
    control.act(organisation, "edit_contact", contact=contact, changes={"note": None, "roles": {"vendor": {}}})
    control.act(organisation, "add_address", contact=contact, address={"countryCode": "DE"})
    control.act(organisation, "archive_contact", contact=contact)
    (found,) = api.get("contacts?name=Beispiel").json()["content"]
    control.act(organisation, "delete_contact", contact=contact)

    assert (found["archived"], found["roles"], len(found["addresses"]["billing"])) == (
        True,
        {"vendor": {"number": 70001}},
        2,
    )
    assert "note" not in found
    assert api.get(f"contacts/{contact}").status_code == 404
    assert api.get("contacts?name=Beispiel").json()["totalElements"] == 0
    assert control.contacts()[0]["deleted_at"]


def test_merging_moves_the_documents(control: Control, organisation: str, contact: str, api: httpx.Client) -> None:
    """The merged contact is gone, its documents belong to the other."""
    api.post("invoices", json=bent(INVOICE, {"address": {"contactId": contact}}))
    other = api.post("contacts", json=CONTACT).json()["id"]

    control.act(organisation, "merge_contacts", contact=contact, into=other)

    assert control.documents()[0]["contact_id"] == other
    assert api.get(f"contacts/{contact}").status_code == 404


def test_a_default_discount_is_taken_off(control: Control, organisation: str, contact: str, api: httpx.Client) -> None:
    """Silently, from the next document on."""
    control.act(organisation, "set_default_discount", contact=contact, percentage=10)

    api.post("invoices", json=bent(INVOICE, {"address": {"contactId": contact}}))

    assert control.documents()[0]["total"] == 90


def test_counts_say_how_much_there_is(control: Control, draft: str, contact: str) -> None:
    """For progress displays."""
    assert control.counts() == {"organisations": 1, "documents": 1, "contacts": 1, "requests": 2}
