"""The simulated Lexware over HTTP: keys, rights, statuses, and the life of contacts and documents."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import httpx
import pytest
from sandbox_bodies import CONTACT, CREDIT_NOTE, INVOICE, bent

from worker.lab.sandbox.control import Control
from worker.lab.sandbox.server import Sandbox
from worker.lab.sandbox.switches import Switches


@pytest.fixture(name="sandbox")
def _sandbox() -> Iterator[Sandbox]:
    with Sandbox(switches=Switches(rate_per_second=0)) as sandbox:
        yield sandbox


@pytest.fixture(name="organisation")
def _organisation(sandbox: Sandbox) -> str:
    return sandbox.tenants[0].id


@pytest.fixture(name="control")
def _control(sandbox: Sandbox) -> Control:
    return sandbox.control


@pytest.fixture(name="api")
def _api(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with _client(sandbox.url, sandbox.tenants[0].key) as client:
        yield client


def _client(url: str, key: str) -> httpx.Client:
    return httpx.Client(base_url=f"{url}/v1/", headers={"Authorization": f"Bearer {key}"}, trust_env=False)


def _created(api: httpx.Client, path: str, body: dict[str, Any]) -> str:
    answer = api.post(path, json=body)
    assert answer.status_code in (200, 201), answer.text
    return str(answer.json()["id"])


def test_the_profile_names_the_organisation(api: httpx.Client, organisation: str) -> None:
    """Whose key it is, and how it is taxed."""
    profile = api.get("profile").json()

    assert profile["organizationId"] == organisation
    assert (profile["companyName"], profile["taxType"], profile["smallBusiness"]) == (
        "Praxis Beispiel 1",
        "vatfree",
        False,
    )


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer nobody", "Basic eDp5"])
def test_a_key_that_nobody_has_is_401(sandbox: Sandbox, header: str | None) -> None:
    """Whatever is wrong with it, the gateway says the same."""
    headers = {} if header is None else {"Authorization": header}

    answer = httpx.get(f"{sandbox.url}/v1/profile", headers=headers, trust_env=False)

    assert (answer.status_code, answer.json()) == (401, {"message": "Unauthorized"})


def test_an_unknown_url_repeats_the_key(api: httpx.Client, sandbox: Sandbox) -> None:
    """The documented 403 that makes redaction necessary (lexware-api 3.2)."""
    answer = api.get("nothing")

    assert answer.status_code == 403
    assert answer.json()["message"].startswith(f"'{sandbox.tenants[0].key}' not a valid key=value pair")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "invoices", 404),
        ("PUT", "invoices/1", 404),
        ("DELETE", "invoices/1", 404),
        ("DELETE", "contacts/1", 404),
        ("PATCH", "invoices/1", 403),
        ("GET", "invoices/1/2/3", 403),
        ("GET", "invoices//", 403),
        ("GET", "warehouses", 403),
        ("GET", "invoices/0b6c", 404),
        ("GET", "contacts/0b6c", 404),
        ("GET", "payments/0b6c", 404),
    ],
)
def test_what_the_api_lacks(api: httpx.Client, method: str, path: str, status: int) -> None:
    """Calls clients expect are 404, what the gateway does not know is 403, unknown ids are 404."""
    assert api.request(method, path).status_code == status


def test_the_status_of_missing_methods_is_a_switch(api: httpx.Client, control: Control) -> None:
    """403, 404 and 405 have been seen."""
    control.set_switches(missing_method_status=405)

    assert api.put("invoices/1", json={}).status_code == 405


def test_rights_come_before_the_call(sandbox: Sandbox, organisation: str) -> None:
    """A key without the scope is 403, an organisation without the plan 402, a revoked key 401."""
    control = sandbox.control
    key = control.act(organisation, "new_key", scopes=["contacts.read"])["key"]

    with _client(sandbox.url, key) as api:
        statuses = [api.get("contacts").status_code, api.get("profile").status_code]
        control.act(organisation, "set_contract", ok=False)
        statuses.append(api.get("contacts").status_code)
        control.act(organisation, "revoke_key", key=key)
        statuses.append(api.get("contacts").status_code)

    assert statuses == [200, 403, 402, 401]


@pytest.mark.parametrize("path", ["contacts", "invoices"])
def test_a_body_must_be_json(api: httpx.Client, path: str) -> None:
    """415 without the content type, 400 for broken JSON, for another type and for a mistyped field."""
    typed = {"Content-Type": "application/json"}
    statuses = [
        api.post(path, content=b"{}", headers={"Content-Type": "text/plain"}).status_code,
        api.post(path, content=b"{}").status_code,
        *(api.post(path, content=raw, headers=typed).status_code for raw in (b"{", b"[]", b"", b'{"version":"0"}')),
    ]

    assert statuses == [415, 415, 400, 400, 400, 400]


def test_errors_of_contacts_are_legacy(api: httpx.Client) -> None:
    """`IssueList` with all problems and a request id, of status 406."""
    answer = api.post("contacts", json={"version": 1, "person": {}})

    assert answer.status_code == 406
    assert answer.json()["requestId"]
    assert answer.json()["IssueList"] == [
        {"i18nKey": "invalid_value", "source": "version", "type": "validation_failure"},
        {"i18nKey": "missing_entity", "source": "roles.customer or roles.vendor", "type": "validation_failure"},
        {"i18nKey": "missing_entity", "source": "person.lastName", "type": "validation_failure"},
    ]


def test_errors_of_invoices_are_regular(api: httpx.Client, control: Control) -> None:
    """`details` with all problems, of status 406."""
    control.set_switches(refusals_named="all")
    answer = api.post("invoices", json=bent(INVOICE, {"shippingConditions": None, "title": "x" * 26}))

    body = answer.json()
    assert answer.status_code == 406
    assert (body["status"], body["error"], body["path"]) == (406, "Not Acceptable", "/v1/invoices")
    assert body["message"].startswith("Validation failed")
    assert [(each["violation"], each["field"]) for each in body["details"]] == [
        ("SIZE", "title"),
        ("NOTNULL", "shippingConditions"),
    ]
    assert body["details"][1]["message"] == "The shipping conditions must not be null"


@pytest.mark.parametrize(("named", "told"), [("required", ["shippingConditions"]), ("none", None)])
def test_what_is_not_named_is_told_in_words(api: httpx.Client, control: Control, named: str, told: list | None) -> None:
    """Rules of the business stand in the top-level message alone, as was seen live."""
    control.set_switches(refusals_named=named)
    wrong = {"title": "x" * 26}
    mixed = api.post("invoices", json=bent(INVOICE, wrong | {"shippingConditions": None})).json()
    alone = api.post("invoices", json=bent(INVOICE, wrong)).json()

    assert [each["field"] for each in mixed["details"]] == told if told else "details" not in mixed
    assert "details" not in alone
    assert alone["message"] == "size must be between 0 and 25"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "ping", 200), ("GET", "payment-conditions", 200), ("GET", "posting-categories", 200), ("GET", "print-layouts", 200),
        ("GET", "event-subscriptions", 200), ("GET", "articles", 200), ("GET", "recurring-templates", 200),
        ("POST", "articles", 501), ("POST", "vouchers", 501), ("GET", "quotations/7", 501), ("GET", "files/7", 501),
        ("GET", "nothing-of-the-kind", 403),
    ],
)  # fmt: skip
def test_what_the_real_one_has_beside(api: httpx.Client, method: str, path: str, status: int) -> None:
    """Small lists are there, the rest is refused in the sandbox's own name; only what nobody documents is the gateway's."""
    assert api.request(method, path, json={}).status_code == status


def test_a_contact_needs_no_version(api: httpx.Client, control: Control) -> None:
    """As was seen; the documentation demands it, which is a switch."""
    unversioned = bent(CONTACT, {"version": None})
    accepted = api.post("contacts", json=unversioned)
    control.set_switches(accepts_contact_without_version=False)
    refused = api.post("contacts", json=unversioned)

    assert (accepted.status_code, refused.status_code) == (200, 406)


def test_a_create_answers_where_it_is(api: httpx.Client, control: Control) -> None:
    """The action result only, and a Location; contacts 200, documents 201, or as switched."""
    contact, invoice = api.post("contacts", json=CONTACT), api.post("invoices", json=INVOICE)
    control.set_switches(create_contact_status=201, create_document_status=202)
    switched = [api.post("contacts", json=CONTACT).status_code, api.post("invoices", json=INVOICE).status_code]

    assert [contact.status_code, invoice.status_code, *switched] == [200, 201, 201, 202]
    assert sorted(invoice.json()) == ["createdDate", "id", "resourceUri", "updatedDate", "version"]
    assert invoice.headers["Location"] == invoice.json()["resourceUri"]
    assert api.get(invoice.headers["Location"]).json()["voucherNumber"] == "RE1001"


def test_connections_are_kept_alive(api: httpx.Client) -> None:
    """A second call goes over the same socket, also after a refusal."""
    sockets = {
        api.get(path).extensions["network_stream"].get_extra_info("socket").getsockname()
        for path in ("profile", "x", "contacts")
    }

    assert len(sockets) == 1


def test_a_contact_comes_back_as_it_was_sent(api: httpx.Client) -> None:
    """Unicode and markup survive; number and archived are the server's; the same body again is another contact."""
    sent = bent(CONTACT, {"person.lastName": '<h1>"Bernd & Péter"', "archived": True, "roles.customer.number": 5})
    first, second = _created(api, "contacts", sent), _created(api, "contacts", sent)

    contact = api.get(f"contacts/{first}").json()

    assert first != second
    assert contact["person"] == sent["person"]
    assert (contact["roles"], contact["archived"], contact["version"]) == ({"customer": {"number": 10001}}, False, 1)
    assert contact["addresses"] == sent["addresses"]
    assert "createdDate" not in contact


def test_a_put_replaces_the_whole_contact(api: httpx.Client) -> None:
    """Omitted fields are gone, the number stays, the version rises."""
    contact = _created(api, "contacts", CONTACT)

    answer = api.put(f"contacts/{contact}", json=bent(CONTACT, {"version": 1, "note": None}))

    after = api.get(f"contacts/{contact}").json()
    assert (answer.status_code, answer.json()["version"], after["version"]) == (200, 2, 2)
    assert "note" not in after
    assert after["roles"] == {"customer": {"number": 10001}}


def test_a_stale_put_is_refused(api: httpx.Client, control: Control) -> None:
    """406 of source `version`, or 409 as the documentation has it."""
    contact = _created(api, "contacts", CONTACT)
    stale = bent(CONTACT, {"version": 7})

    live = api.put(f"contacts/{contact}", json=stale)
    control.set_switches(stale_version_status=409)
    documented = api.put(f"contacts/{contact}", json=stale)

    assert (live.status_code, live.json()["IssueList"][0]["source"]) == (406, "version")
    assert (documented.status_code, documented.json()["status"]) == (409, 409)


def test_a_contact_that_a_user_filled_cannot_be_put(api: httpx.Client, control: Control, organisation: str) -> None:
    """Two mails of a kind can only be made by hand, and close the record to the API."""
    contact = _created(api, "contacts", bent(CONTACT, {"emailAddresses.private": ["a@example.org"]}))
    control.act(organisation, "add_email", contact=contact, email="b@example.org", kind="private")

    answer = api.put(f"contacts/{contact}", json=bent(CONTACT, {"version": 2}))

    assert (answer.status_code, answer.json()["IssueList"][0]["source"]) == (406, "emailAddresses.private.size")


@pytest.mark.parametrize(
    ("query", "status", "total"),
    [
        ("name=Meyer%20%26amp%3B%20S%C3%B6hne", 200, 1),
        ("name=Meyer%20%26%20S%C3%B6hne", 200, 0),
        ("name=ada&page=0&size=25", 200, 1),
        ("nmae=ada", 200, 2),
        ("name=ab", 400, None),
        ("number=x", 400, None),
        ("size=500", 200, 2),
        ("size=1000", 400, None),
    ],
)
def test_contacts_are_searched(api: httpx.Client, query: str, status: int, total: int | None) -> None:
    """As lexware-api 4.4 says, over the wire."""
    _created(api, "contacts", CONTACT)
    _created(api, "contacts", bent(CONTACT, {"person.firstName": None, "person.lastName": "Meyer & Söhne <GbR>"}))

    answer = api.get(f"contacts?{query}")

    assert (answer.status_code, answer.json().get("totalElements")) == (status, total)


def test_a_draft_shows_what_the_server_made_of_it(api: httpx.Client) -> None:
    """Number, sums and default texts; no due date and no files before it is finalised."""
    draft = _created(api, "invoices", bent(INVOICE, {"title": None, "lineItems.0.unitPrice.netAmount": 32.5}))

    body = api.get(f"invoices/{draft}").json(parse_float=Decimal)

    assert (body["voucherStatus"], body["voucherNumber"], body["title"]) == ("draft", "RE1001", "Rechnung")
    assert body["totalPrice"]["totalGrossAmount"] == Decimal("32.5")
    assert body["remark"] == INVOICE["remark"]
    assert body["voucherDate"] == INVOICE["voucherDate"]
    assert not {"dueDate", "files", "printLayoutId"} & body.keys()


def test_the_right_id_at_the_wrong_endpoint_is_404(api: httpx.Client) -> None:
    """An invoice is no credit note."""
    draft = _created(api, "invoices", INVOICE)

    assert api.get(f"credit-notes/{draft}").status_code == 404


def test_numbers_are_never_used_twice(api: httpx.Client, control: Control, organisation: str) -> None:
    """Each circle counts on its own, drafts burn numbers, and a deleted draft does not give its number back."""
    first = _created(api, "invoices", INVOICE)
    control.act(organisation, "delete_draft", document=first)
    _created(api, "invoices", INVOICE)
    _created(api, "credit-notes", CREDIT_NOTE)

    assert [each["number"] for each in control.documents(organisation)] == ["RE1001", "RE1002", "GS0001"]
    assert api.get(f"invoices/{first}").status_code == 404


def test_a_refused_document_burns_no_number(api: httpx.Client) -> None:
    """A negative total is refused after everything else is valid, and leaves nothing behind."""
    refused = api.post("invoices", json=bent(INVOICE, {"lineItems.0.unitPrice.netAmount": -1}))
    draft = _created(api, "invoices", INVOICE)

    assert (refused.status_code, refused.json()["message"]) == (406, "must not be negative")
    assert api.get(f"invoices/{draft}").json()["voucherNumber"] == "RE1001"


def test_finalising_needs_complete_company_data(api: httpx.Client, control: Control, organisation: str) -> None:
    """Only `finalize=true` asks for them; the draft passes."""
    control.act(organisation, "set_company_data", complete=False)

    statuses = [api.post(path, json=INVOICE).status_code for path in ("invoices", "invoices?finalize=true")]

    assert statuses == [201, 406]


def test_a_finalised_invoice_is_open_and_due(api: httpx.Client) -> None:
    """Status, due date, file and payments appear with finalising."""
    terms = {"paymentTermLabel": "14 Tage", "paymentTermDuration": 14}
    invoice = _created(api, "invoices?finalize=true", bent(INVOICE, {"paymentConditions": terms}))

    body, payments = api.get(f"invoices/{invoice}").json(), api.get(f"payments/{invoice}").json()

    assert (body["voucherStatus"], body["dueDate"]) == ("open", "2026-02-17T00:00:00.000+01:00")
    assert (payments["openAmount"], payments["paymentStatus"]) == (100, "openRevenue")
    assert api.get(f"invoices/{invoice}/file").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("invoices/{id}/file", "*/*", 409),
        ("invoices/{id}/file", "image/png", 406),
        ("invoices/{id}/document", "*/*", 406),
        ("payments/{id}", "*/*", 406),
        ("invoices/0b6c/file", "*/*", 404),
    ],
)
def test_a_draft_has_no_file_and_no_payments(api: httpx.Client, path: str, accept: str, status: int) -> None:
    """Each endpoint refuses in its own way."""
    draft = _created(api, "invoices", INVOICE)

    assert api.get(path.replace("{id}", draft), headers={"Accept": accept}).status_code == status


def test_a_linked_draft_names_its_invoice_and_moves_no_money(api: httpx.Client) -> None:
    """Both sides know each other; nothing is paid until the credit note is finalised."""
    invoice = _created(api, "invoices?finalize=true", INVOICE)

    credit = _created(api, f"credit-notes?precedingSalesVoucherId={invoice}", CREDIT_NOTE)

    before, after = api.get(f"invoices/{invoice}").json(), api.get(f"credit-notes/{credit}").json()
    assert [link["id"] for link in before["relatedVouchers"]] == [credit]
    assert [link["id"] for link in after["relatedVouchers"]] == [invoice]
    assert (before["voucherStatus"], after["voucherStatus"], after["voucherNumber"]) == ("open", "draft", "GS0001")
    assert api.get(f"payments/{invoice}").json()["openAmount"] == 100


def test_a_finalised_linked_credit_note_pays_the_invoice(api: httpx.Client) -> None:
    """It is paid off at once, and the invoice is paid when nothing is left."""
    invoice = _created(api, "invoices?finalize=true", INVOICE)

    credit = _created(api, f"credit-notes?precedingSalesVoucherId={invoice}&finalize=true", CREDIT_NOTE)

    payments = api.get(f"payments/{invoice}").json()
    assert api.get(f"credit-notes/{credit}").json()["voucherStatus"] == "paidoff"
    assert api.get(f"invoices/{invoice}").json()["voucherStatus"] == "paid"
    assert (payments["openAmount"], payments["paymentStatus"]) == (0, "balanced")
    assert [item["paymentItemType"] for item in payments["paymentItems"]] == ["partPaymentCreditNote"]


def test_linking_to_a_draft_or_twice_is_refused(api: httpx.Client) -> None:
    """406 for both; an unknown invoice is 404; standing alone is always possible."""
    draft = _created(api, "invoices", INVOICE)
    invoice = _created(api, "invoices?finalize=true", INVOICE)
    _created(api, f"credit-notes?precedingSalesVoucherId={invoice}", CREDIT_NOTE)

    answers = [
        api.post(f"credit-notes?precedingSalesVoucherId={it}", json=CREDIT_NOTE) for it in (draft, invoice, "0b6c")
    ]

    assert [answer.status_code for answer in answers] == [406, 406, 404]
    assert "finali" in answers[0].json()["message"]
    assert api.post("credit-notes", json=CREDIT_NOTE).status_code == 201


def test_the_list_shows_drafts_by_the_connectors_query(api: httpx.Client) -> None:
    """The query of a reconciliation, as it goes over the wire."""
    draft = _created(api, "invoices", INVOICE)

    page = api.get(
        "voucherlist?voucherType=invoice,salesinvoice&voucherStatus=any&createdDateFrom=2020-01-01"
        "&sort=createdDate,DESC&page=0&size=250"
    ).json()

    assert [row["id"] for row in page["content"]] == [draft]
    assert (page["last"], page["totalPages"], page["sort"][0]["property"]) == (True, 1, "createddate")


def test_a_bad_list_query_is_400(api: httpx.Client) -> None:
    """In the regular envelope, with what is missing."""
    answer = api.get("voucherlist?voucherType=invoice")

    assert (answer.status_code, answer.json()["message"]) == (400, "Missing required request parameters")
    assert answer.json()["details"][0]["field"] == "voucherStatus"


def test_countries_are_a_bare_array(api: httpx.Client) -> None:
    """Code, names and tax classification."""
    rows = {row["countryCode"]: row["taxClassification"] for row in api.get("countries").json()}

    assert (rows["DE"], rows["AT"], rows["CH"]) == ("de", "intraCommunity", "thirdPartyCountry")


def test_a_young_contact_cannot_be_named_yet(api: httpx.Client, control: Control) -> None:
    """Within the lag it is as good as unknown; whether that is 406 or 404 is a switch."""
    control.set_switches(contact_unusable_seconds=60)
    contact = _created(api, "contacts", CONTACT)
    named = bent(INVOICE, {"address": {"contactId": contact}})

    refused = api.post("invoices", json=named)
    control.set_switches(unknown_contact_status=404)
    unknown = api.post("invoices", json=named)
    control.set_switches(contact_unusable_seconds=0)
    accepted = api.post("invoices", json=named)

    assert [answer.status_code for answer in (refused, unknown, accepted)] == [406, 404, 201]
    assert refused.json()["message"] == "Referenced contact could not be found."


def test_contacts_created_in_a_hurry_may_collide(api: httpx.Client, control: Control) -> None:
    """The race for account numbers, as a switch; it creates nothing."""
    control.set_switches(account_number_race_seconds=60)

    answers = [api.post("contacts", json=CONTACT) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 406]
    assert answers[1].json()["IssueList"][0]["i18nKey"] == "account_number_already_exists"
    assert len(control.contacts()) == 1


def test_unknown_fields_are_recorded_and_can_be_refused(api: httpx.Client, control: Control) -> None:
    """The API ignores them; tests want to know of them; one switch makes them an error, another is silent."""
    strange = bent(INVOICE, {"diagnosis": "M54.5", "lineItems.0.code": "20501"})

    accepted = api.post("invoices", json=strange)
    control.set_switches(strict=False)
    api.post("invoices", json=strange)
    control.set_switches(reject_unknown=True)
    refused = api.post("invoices", json=strange)

    recorded = [call["unknown_fields"] for call in control.requests()]
    assert (accepted.status_code, refused.status_code) == (201, 400)
    assert [sorted(fields) for fields in recorded] == [["diagnosis", "lineItems[0].code"], [], []]


def test_the_rate_limit_refuses_without_effect(sandbox: Sandbox, api: httpx.Client, organisation: str) -> None:
    """429 over the limit, refused calls count as arrivals, and nothing is created by them."""
    sandbox.control.set_switches(organisation, rate_per_second=0.01, rate_capacity=3, retry_after_seconds=1)

    answers = [api.post("invoices", json=INVOICE) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [201, 201, 201, 429, 429]
    assert answers[4].json() == {"message": "Rate limit exceeded"}
    assert answers[4].headers["Retry-After"] == "1"
    assert len(sandbox.control.documents()) == 3
    assert sandbox.control.max_calls_in_sliding_second(organisation) == 5


@pytest.mark.parametrize(("scope", "statuses"), [("key", [200, 200]), ("organisation", [200, 429])])
def test_whose_the_rate_is_can_be_switched(
    sandbox: Sandbox, organisation: str, scope: str, statuses: list[int]
) -> None:
    """Two keys of one organisation have a bucket each, or share one."""
    sandbox.control.set_switches(organisation, rate_per_second=0.01, rate_capacity=1, rate_scope=scope)
    keys = [sandbox.tenants[0].key, sandbox.control.act(organisation, "new_key")["key"]]

    found = []
    for key in keys:
        with _client(sandbox.url, key) as api:
            found.append(api.get("profile").status_code)

    assert found == statuses


def test_hammering_with_a_bad_key_is_blocked(sandbox: Sandbox) -> None:
    """After twenty 401 in a row the auth server answers 429."""
    with _client(sandbox.url, "nobody") as api:
        statuses = [api.get("profile").status_code for _ in range(21)]

    assert statuses == [401] * 20 + [429]
