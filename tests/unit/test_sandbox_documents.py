"""What the simulated Lexware accepts as an invoice or credit note (lexware-api 5, 6.1, 14.5)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sandbox_bodies import CREDIT_NOTE, INVOICE, LINE, NOON, bent, contact, organisation

from worker.lab.sandbox.records import Kind, Organisation
from worker.lab.sandbox.rules.content import content_of
from worker.lab.sandbox.rules.documents import document_violations
from worker.lab.sandbox.rules.violations import Violation

ADA_ONLY: dict[str, Any] = {"address": {"contactId": "ada"}}
"""The address is a reference: `ada` becomes the id of a contact that exists."""

TEXT = {"type": "text", "name": "Danke"}
SERVICE = {"shippingType": "service", "shippingDate": "2026-02-03T00:00:00.000+01:00"}
PERIOD = {**SERVICE, "shippingType": "serviceperiod", "shippingEndDate": "2026-02-04T00:00:00.000+01:00"}
TERMS = {"paymentTermLabel": "14 Tage", "paymentTermDuration": 14}


def _violations(changes: dict[str, Any], owner: Organisation, kind: Kind = "invoice") -> list[Violation]:
    body = bent(INVOICE if kind == "invoice" else CREDIT_NOTE, changes)
    known = owner.contact((body.get("address") or {}).get("contactId"))
    return list(document_violations(kind, body, owner, known, NOON.date()))


REFUSED: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "no date": ({"voucherDate": None}, [("NOTNULL", "voucherDate")]),
    "date only": ({"voucherDate": "2026-08-21"}, [("PATTERN", "voucherDate")]),
    "no milliseconds": ({"voucherDate": "2026-02-03T00:00:00Z"}, [("PATTERN", "voucherDate")]),
    "no zone": ({"voucherDate": "2026-02-03T00:00:00.000"}, [("PATTERN", "voucherDate")]),
    "no such day": ({"voucherDate": "2026-02-30T00:00:00.000Z"}, [("PATTERN", "voucherDate")]),
    "no address": ({"address": None}, [("NOTNULL", "address")]),
    "empty address": ({"address": {}}, [("NOTNULL", "address.name"), ("NOTNULL", "address.countryCode")]),
    "bad country": ({"address.countryCode": "XX"}, [("INVALID", "address.countryCode")]),
    "unknown contact": ({"address": {"contactId": "0b6c"}}, [("NOTFOUND", "address.contactId")]),
    "override without a country": (
        {"address": {"contactId": "ada", "name": "Ada Beispiel"}},
        [("NOTNULL", "address.countryCode")],
    ),
    "override without a name": (
        {"address": {"contactId": "ada", "city": "Köln"}},
        [
            ("NOTNULL", "address.name"),
            ("NOTNULL", "address.countryCode"),
        ],
    ),
    "no lines": ({"lineItems": None}, [("NOTNULL", "lineItems")]),
    "empty lines": ({"lineItems": []}, [("NOTEMPTY", "lineItems")]),
    "301 lines": ({"lineItems": [TEXT] * 301}, [("SIZE", "lineItems")]),
    "no line type": ({"lineItems.0.type": None}, [("NOTNULL", "lineItems[0].type")]),
    "strange line type": ({"lineItems.0.type": "bespoke"}, [("INVALID", "lineItems[0].type")]),
    "id on a custom line": ({"lineItems.0.id": "7f3e"}, [("INVALID", "lineItems[0].id")]),
    "service without an article": ({"lineItems.0.type": "service"}, [("NOTNULL", "lineItems[0].id")]),
    "no line name": ({"lineItems.0.name": " "}, [("NOTNULL", "lineItems[0].name")]),
    "no quantity": ({"lineItems.0.quantity": None}, [("NOTNULL", "lineItems[0].quantity")]),
    "no unit": ({"lineItems.0.unitName": None}, [("NOTNULL", "lineItems[0].unitName")]),
    "no price": (
        {"lineItems.0.unitPrice": None},
        [("NOTNULL", "lineItems[0].unitPrice"), ("NOTNULL", "lineItems[0].unitPrice.taxRatePercentage")],
    ),
    "no net amount": (
        {"lineItems.0.unitPrice.netAmount": None},
        [("NOTNULL", "lineItems[0].unitPrice.netAmount")],
    ),
    "no rate": (
        {"lineItems.0.unitPrice.taxRatePercentage": None},
        [("NOTNULL", "lineItems[0].unitPrice.taxRatePercentage")],
    ),
    "foreign price": ({"lineItems.0.unitPrice.currency": "CHF"}, [("INVALID", "lineItems[0].unitPrice.currency")]),
    "rate on vatfree": (
        {"lineItems.0.unitPrice.taxRatePercentage": 19},
        [("INVALID", "lineItems[0].unitPrice.taxRatePercentage")],
    ),
    "rate of 2020": (
        {"lineItems.0.unitPrice.taxRatePercentage": 16},
        [("INVALID", "lineItems[0].unitPrice.taxRatePercentage")],
    ),
    "five decimals": (
        {"lineItems.0.unitPrice.netAmount": Decimal("1.00005")},
        [("DIGITS", "lineItems[0].unitPrice.netAmount")],
    ),
    "fine quantity": ({"lineItems.0.quantity": Decimal("0.33333")}, [("DIGITS", "lineItems[0].quantity")]),
    "fine discount": (
        {"lineItems.0.discountPercentage": Decimal("0.125")},
        [("DIGITS", "lineItems[0].discountPercentage")],
    ),
    "long line name": ({"lineItems.0.name": "x" * 256}, [("SIZE", "lineItems[0].name")]),
    "long description": ({"lineItems.0.description": "x" * 2001}, [("SIZE", "lineItems[0].description")]),
    "no total": ({"totalPrice": None}, [("NOTNULL", "totalPrice")]),
    "no currency": ({"totalPrice": {}}, [("NOTNULL", "totalPrice.currency")]),
    "francs": ({"totalPrice.currency": "CHF"}, [("INVALID", "totalPrice.currency")]),
    "two discounts": (
        {"totalPrice.totalDiscountAbsolute": 1, "totalPrice.totalDiscountPercentage": 1},
        [("INVALID", "totalPrice")],
    ),
    "no tax conditions": ({"taxConditions": None}, [("NOTNULL", "taxConditions")]),
    "no tax type": ({"taxConditions": {}}, [("NOTNULL", "taxConditions.taxType")]),
    "strange tax type": ({"taxConditions.taxType": "none"}, [("INVALID", "taxConditions.taxType")]),
    "net in a vatfree organisation": ({"taxConditions.taxType": "net"}, [("INVALID", "taxConditions.taxType")]),
    "strange tax sub type": ({"taxConditions.taxSubType": "x"}, [("INVALID", "taxConditions.taxSubType")]),
    "long title": ({"title": "x" * 26}, [("SIZE", "title")]),
    "long introduction": ({"introduction": "x" * 2001}, [("SIZE", "introduction")]),
    "long remark": ({"remark": "x" * 2001}, [("SIZE", "remark")]),
    "long delivery terms": ({"deliveryTerms": "x" * 256}, [("SIZE", "deliveryTerms")]),
    "French": ({"language": "fr"}, [("INVALID", "language")]),
    "no shipping": ({"shippingConditions": None}, [("NOTNULL", "shippingConditions")]),
    "no shipping type": ({"shippingConditions": {}}, [("NOTNULL", "shippingConditions.shippingType")]),
    "strange shipping type": (
        {"shippingConditions.shippingType": "post"},
        [("INVALID", "shippingConditions.shippingType")],
    ),
    "service without a day": (
        {"shippingConditions": {"shippingType": "service"}},
        [("NOTNULL", "shippingConditions.shippingDate")],
    ),
    "period without an end": (
        {"shippingConditions": {**SERVICE, "shippingType": "deliveryperiod"}},
        [("NOTNULL", "shippingConditions.shippingEndDate")],
    ),
    "period that ends before it starts": (
        {"shippingConditions": {**PERIOD, "shippingEndDate": "2026-02-02T00:00:00.000+01:00"}},
        [("INVALID", "shippingConditions.shippingEndDate")],
    ),
    "duration without a label": (
        {"paymentConditions": {"paymentTermDuration": 14}},
        [("NOTNULL", "paymentConditions.paymentTermLabel")],
    ),
    "XRechnung for anybody": ({"xRechnung.buyerReference": "04011"}, [("INVALID", "xRechnung.buyerReference")]),
    "several at once": (
        {"voucherDate": None, "title": "x" * 26, "totalPrice": {}},
        [("NOTNULL", "voucherDate"), ("NOTNULL", "totalPrice.currency"), ("SIZE", "title")],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), REFUSED.values(), ids=REFUSED)
def test_every_problem_of_an_invoice_is_named(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """An invoice is refused with all its problems, each with its kind and field."""
    owner = organisation()
    ada = contact(owner)
    owner.contacts["ada"] = ada

    assert [(each.kind, each.field) for each in _violations(changes, owner)] == expected


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"voucherDate": "2026-02-03T00:00:00.000Z"},
        {"address": {"contactId": "ada"}},
        {"address.contactId": "ada"},
        {"lineItems": [LINE, {"type": "text", "description": "nur das"}]},
        {"lineItems": [TEXT] * 300},
        {"lineItems.0.unitPrice.netAmount": Decimal("1.00010")},
        {"lineItems.0.unitPrice.netAmount": -5},
        {"shippingConditions": SERVICE},
        {"shippingConditions": PERIOD},
        {"paymentConditions": TERMS},
        {"title": "x" * 25, "remark": "x" * 2000},
        {"totalPrice.totalGrossAmount": 17, "taxAmounts": []},
    ],
    ids=str,
)
def test_a_valid_invoice_has_no_problem(changes: dict[str, Any]) -> None:
    """What the documentation allows passes; read-only fields are ignored."""
    owner = organisation()
    owner.contacts["ada"] = contact(owner)

    assert _violations(changes, owner) == []


SWITCHES: dict[str, tuple[str, dict[str, Any], dict[str, Any], str]] = {
    "vatfree when taxed": ("net", {}, {"accepts_vatfree_when_taxed": False}, "taxConditions.taxType"),
    "negative quantity": (
        "vatfree",
        {"lineItems.0.quantity": -1},
        {"accepts_negative_quantity": False},
        "lineItems[0].quantity",
    ),
    "zero quantity": (
        "vatfree",
        {"lineItems.0.quantity": 0},
        {"accepts_zero_quantity": False},
        "lineItems[0].quantity",
    ),
    "characters beyond the plane": ("vatfree", {"title": "🦷" * 25}, {"counts_utf16": True}, "title"),
}


@pytest.mark.parametrize(("tax_type", "changes", "switched", "field"), SWITCHES.values(), ids=SWITCHES)
def test_what_nobody_knows_can_be_had_both_ways(
    tax_type: Any, changes: dict[str, Any], switched: dict[str, Any], field: str
) -> None:
    """By default accepted, refused with the switch."""
    lenient, strict = organisation(), organisation(**switched)
    lenient.tax_type = strict.tax_type = tax_type

    assert _violations(changes, lenient) == []
    assert [each.field for each in _violations(changes, strict)] == [field]


def test_a_taxed_document_in_a_vatfree_organisation_is_a_switch() -> None:
    """Refused by default."""
    assert _violations({"taxConditions.taxType": "net"}, organisation(accepts_taxed_when_vatfree=True)) == []


@pytest.mark.parametrize(
    ("billing", "role", "expected"),
    [
        ([], "customer", "but 0 addresses were found."),
        ([{"countryCode": "DE"}] * 2, "customer", "but 2 addresses were found."),
        ([{"countryCode": "DE"}], "vendor", "needs to have the role customer."),
    ],
    ids=["none", "two", "vendor"],
)
def test_a_referenced_contact_must_be_a_customer_with_one_address(billing: list[Any], role: str, expected: str) -> None:
    """Without an address of its own, the document takes the contact's only one."""
    owner = organisation()
    ada = contact(owner, {"addresses.billing": billing, "roles": {role: {}}})

    (violation,) = _violations({"address": {"contactId": ada.id}}, owner)

    assert violation.field == "address.contactId"
    assert violation.message.endswith(expected)


def test_an_archived_contact_is_a_switch() -> None:
    """Accepted by default, for nothing is said of a refusal."""
    for lenient in (True, False):
        owner = organisation(accepts_archived_contact=lenient)
        ada = contact(owner, {})
        owner.contacts[ada.id] = replace(ada, archived=True)

        assert bool(_violations({"address": {"contactId": ada.id}}, owner)) is not lenient


def test_the_tax_rate_counts_on_the_day_of_the_service() -> None:
    """16 % is right for a service of autumn 2020, whenever the invoice is written."""
    owner = organisation()
    owner.tax_type = "net"
    autumn = {"shippingType": "service", "shippingDate": "2020-10-01T00:00:00.000+02:00"}
    changes = {"taxConditions.taxType": "net", "lineItems.0.unitPrice.taxRatePercentage": 16}

    assert _violations({**changes, "shippingConditions": autumn}, owner) == []
    assert len(_violations(changes, owner)) == 1


def test_foreign_tax_types_need_a_contact_that_allows_them() -> None:
    """A one-time address will not do, nor a contact without the check mark, unless the switch says so."""
    owner = organisation(accepts_taxed_when_vatfree=True)
    company = {"person": None, "company": {"name": "Beispiel BV"}}
    plain = contact(owner, company)
    marked = contact(owner, bent(company, {"company.allowTaxFreeInvoices": True}))
    foreign = {"taxConditions.taxType": "intraCommunitySupply"}

    found = {
        name: len(_violations({**foreign, **address}, owner))
        for name, address in {
            "one-time": {},
            "plain": {"address": {"contactId": plain.id}},
            "marked": {"address": {"contactId": marked.id}},
        }.items()
    }

    assert found == {"one-time": 1, "plain": 1, "marked": 0}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"voucherDate": None}, ["voucherDate"]),
        ({"lineItems.0.discountPercentage": Decimal("0.125")}, []),
        ({"shippingConditions": {"shippingType": "nonsense"}}, []),
    ],
    ids=str,
)
def test_a_credit_note_knows_no_shipping_and_no_discounts(changes: dict[str, Any], fields: list[str]) -> None:
    """Neither is required, both are ignored."""
    assert [each.field for each in _violations(changes, organisation(), kind="creditnote")] == fields


def test_negative_credit_lines_are_a_switch() -> None:
    """Amounts of a credit note are positive; whether a negative line is refused is not known."""
    changes = {"lineItems.0.unitPrice.netAmount": -5}

    assert _violations(changes, organisation(), kind="creditnote") == []
    assert len(_violations(changes, organisation(accepts_negative_credit_lines=False), kind="creditnote")) == 1


def _content(changes: dict[str, Any], owner: Organisation, kind: Kind = "invoice") -> dict[str, Any]:
    body = bent(INVOICE if kind == "invoice" else CREDIT_NOTE, changes)
    return content_of(kind, body, owner, owner.contact(body["address"].get("contactId")))


def test_omitted_texts_are_the_organisations() -> None:
    """Title and introduction are printed by default; an empty text is kept, unless the switch says otherwise."""
    changes = {"introduction": "", "remark": "Beleg-Nr. 1\n· 7Q4K"}

    kept = _content(changes, organisation())
    replaced = _content(changes, organisation(empty_text_means_default=True))

    assert (kept["title"], kept["introduction"], kept["remark"]) == ("Rechnung", "", "Beleg-Nr. 1\n· 7Q4K")
    assert replaced["introduction"].startswith("Unsere Lieferungen")


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("exact", "a & b \n· 7Q4K"),
        ("crlf", "a & b \r\n· 7Q4K"),
        ("trimmed", "a & b\n· 7Q4K"),
        ("escaped", "a &amp; b \n· 7Q4K"),
    ],
)
def test_how_texts_come_back_is_a_switch(way: str, expected: str) -> None:
    """Whether a remark survives byte by byte is not known."""
    assert _content({"remark": "a & b \n· 7Q4K"}, organisation(text_on_return=way))["remark"] == expected


def test_the_address_is_the_contacts_unless_overridden() -> None:
    """An override is for this document only, and the contact stays referenced."""
    owner = organisation()
    ada = contact(owner)

    taken = _content({"address": {"contactId": ada.id}}, owner)["address"]
    given = _content({"address": {"contactId": ada.id, "name": "Eva", "countryCode": "AT"}}, owner)["address"]

    assert (taken["name"], taken["city"]) == ("Ada Beispiel", "Köln")
    assert given == {"contactId": ada.id, "name": "Eva", "countryCode": "AT"}


@pytest.mark.parametrize(
    ("changes", "suppresses", "expected"),
    [
        ({}, True, "90.00"),
        ({"totalPrice.totalDiscountPercentage": 5}, True, "95.00"),
        ({"totalPrice.totalDiscountAbsolute": 30}, True, "70.00"),
        ({"totalPrice.totalDiscountPercentage": 0}, True, "100.00"),
        ({"totalPrice.totalDiscountPercentage": 0}, False, "90.00"),
    ],
    ids=["silent", "other percentage", "amount", "zero suppresses", "zero does not"],
)
def test_a_contacts_discount_is_applied_silently(changes: dict[str, Any], suppresses: bool, expected: str) -> None:
    """Unless the document says otherwise; whether 0 counts as otherwise is a switch."""
    owner = organisation(zero_discount_suppresses_default=suppresses)
    ada = contact(owner)
    owner.contacts[ada.id] = replace(ada, default_discount=Decimal(10))

    content = _content({"address": {"contactId": ada.id}, **changes}, owner)

    assert content["totalPrice"]["totalGrossAmount"] == Decimal(expected)


def test_excess_decimals_can_be_rounded_instead() -> None:
    """Refused by default; with the switch the price is rounded to four decimals."""
    owner = organisation(rounds_excess_decimals=True)
    changes = {"lineItems.0.unitPrice.netAmount": Decimal("1.00005")}

    assert _violations(changes, owner) == []
    assert _content(changes, owner)["lineItems"][0]["unitPrice"]["netAmount"] == Decimal("1.0001")
