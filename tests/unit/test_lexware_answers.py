"""Answers are read leniently, and what cannot be missed is demanded."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.lexware.api import lenient
from worker.lexware.api.answers import Address, Contact, Page, Profile, SalesDocument, Tax, VoucherRow
from worker.lexware.api.lenient import Unreadable

ID = "7f3e1b2c-0000-4000-8000-000000000001"
OTHER = "0b6c1b2c-0000-4000-8000-000000000002"

PROFILE = {
    "organizationId": ID,
    "companyName": "Praxis Beispiel",
    "created": {"userName": "Ada Beispiel", "userEmail": "ada@example.org"},
    "taxType": "vatfree",
    "smallBusiness": True,
    "businessFeatures": ["INVOICING", "SOMETHING_NEW"],
}
CONTACT = {
    "id": ID,
    "version": 3,
    "roles": {"customer": {"number": 10001}, "vendor": {}},
    "person": {"salutation": "Frau", "firstName": "Ada", "lastName": "Beispiel"},
    "addresses": {"billing": [{"street": "Lindenweg 3", "zip": "50667", "city": "Köln", "countryCode": "DE"}]},
    "emailAddresses": {"private": ["ada@example.org"], "business": ["praxis@example.org"], "other": []},
    "note": "Kunde 7 · 7Q4K-X2MB-91TD",
    "archived": True,
    "surprise": {"a": [1]},
}
INVOICE = {
    "id": ID,
    "voucherStatus": "draft",
    "voucherNumber": "RE1019",
    "voucherDate": "2026-07-14T00:00:00.000+02:00",
    "createdDate": "2026-07-14T10:11:12.345+02:00",
    "address": {"contactId": OTHER, "name": "Ada Beispiel"},
    "totalPrice": {"currency": "EUR", "totalGrossAmount": 32.50},
    "dueDate": "2026-07-28T00:00:00.000+02:00",
    "taxAmounts": [{"taxRatePercentage": 0, "netAmount": 32.50, "taxAmount": 0}, {"taxRatePercentage": None}],
    "introduction": "Für meine Leistungen",
    "remark": "Beleg-Nr. RE-2026-0042 · 7Q4K-X2MB-91TD",
    "relatedVouchers": [{"id": OTHER, "voucherNumber": "GS1", "voucherType": "creditnote"}, {"id": None}],
}
ROW = {
    "id": ID,
    "voucherType": "invoice",
    "voucherStatus": "somethingnew",
    "voucherNumber": "RE1019",
    "voucherDate": "2026-02-02T23:00:00.000Z",
    "createdDate": "2026-02-03T10:11:12.000+01:00",
    "contactId": None,
    "contactName": "Beispiel, Ada",
    "totalAmount": 32.50,
    "openAmount": "12.50",
    "archived": False,
}


def parsed(data: object) -> lenient.Json:
    """The data as they come over the wire."""
    return lenient.document(json.dumps(data).encode())


def test_profile() -> None:
    """The organisation, and nothing of the person who made the key."""
    assert Profile.read(parsed(PROFILE)) == Profile(
        organisation_id=UUID(ID),
        company_name="Praxis Beispiel",
        tax_type="vatfree",
        small_business=True,
    )


def test_contact() -> None:
    """A person with all that matching needs."""
    assert Contact.read(parsed(CONTACT)) == Contact(
        id=UUID(ID),
        version=3,
        archived=True,
        is_customer=True,
        customer_number=10001,
        company_name="",
        first_name="Ada",
        last_name="Beispiel",
        billing=(Address(supplement="", street="Lindenweg 3", zip="50667", city="Köln", country_code="DE"),),
        emails=("ada@example.org", "praxis@example.org"),
        note="Kunde 7 · 7Q4K-X2MB-91TD",
    )


def test_vendor_is_no_customer() -> None:
    """A contact with the vendor role alone cannot get invoices (lexware-api 4.5)."""
    assert not Contact.read(parsed(CONTACT | {"roles": {"vendor": {"number": 70001}}})).is_customer


def test_sales_document() -> None:
    """An invoice with all that judging needs; amounts are exact, days are Berlin days, instants UTC."""
    assert SalesDocument.read(parsed(INVOICE)) == SalesDocument(
        id=UUID(ID),
        status="draft",
        number="RE1019",
        contact_id=UUID(OTHER),
        total_gross=Decimal("32.50"),
        voucher_date=date(2026, 7, 14),
        due_date=date(2026, 7, 28),
        taxes=(Tax(Decimal(0), Decimal("32.50"), Decimal(0)),),
        created=datetime(2026, 7, 14, 8, 11, 12, 345_000, UTC),
        introduction="Für meine Leistungen",
        remark="Beleg-Nr. RE-2026-0042 · 7Q4K-X2MB-91TD",
    )


def test_voucher_row() -> None:
    """A row of the list: an unknown status passes, 23:00 UTC is the next day in Berlin, no contact is None."""
    assert VoucherRow.read(parsed(ROW)) == VoucherRow(
        id=UUID(ID),
        type="invoice",
        status="somethingnew",
        number="RE1019",
        contact_id=None,
        total=Decimal("32.5"),
        open_amount=Decimal("12.50"),
        voucher_date=date(2026, 2, 3),
        due_date=None,
        created=datetime(2026, 2, 3, 9, 11, 12, tzinfo=UTC),
        archived=False,
    )


NO_ID: tuple[object, ...] = (None, "", 7, {}, [], "Ada Beispiel \ud800", f"{ID}0")
NO_WORD: tuple[object, ...] = (None, "", 7, {}, [])


@pytest.mark.parametrize(
    ("read", "data", "key", "values"),
    [
        (Profile.read, PROFILE, "organizationId", NO_ID),
        (Profile.read, PROFILE, "taxType", NO_WORD),
        (Contact.read, CONTACT, "id", NO_ID),
        (SalesDocument.read, INVOICE, "id", NO_ID),
        (SalesDocument.read, INVOICE, "voucherStatus", NO_WORD),
        (VoucherRow.read, ROW, "id", NO_ID),
        (VoucherRow.read, ROW, "createdDate", NO_ID),
    ],
)
def test_essentials_are_demanded(
    read: Callable[[lenient.Json], object], data: dict[str, Any], key: str, values: tuple[object, ...]
) -> None:
    """Without them the answer is unreadable, and the error does not repeat what stood there."""
    for value in values:
        with pytest.raises(Unreadable) as caught:
            read(parsed(data | {key: value}))

        assert str(caught.value) == key


KEYS = sorted(PROFILE.keys() | CONTACT.keys() | INVOICE.keys() | ROW.keys())
INNER = ("customer", "number", "billing", "private", "street", "contactId", "totalGrossAmount", "name", "id")
ODD: list[object] = [
    None,
    True,
    0,
    -7,
    10**40,
    0.1,
    1e300,
    "",
    "\0\ud800",
    "2026-99-99",
    ID,
    [],
    {},
    [None],
    [[]],
    [{}],
    [ID],
]
ODDER = ODD + [{key: odd} for key in INNER for odd in ODD] + [[{key: odd}] for key in INNER for odd in ODD]


@pytest.mark.parametrize(
    ("read", "least"),
    [
        (Profile.read, {"organizationId": ID, "taxType": "net"}),
        (Contact.read, {"id": ID}),
        (SalesDocument.read, {"id": ID, "voucherStatus": "open"}),
        (VoucherRow.read, {"id": ID, "createdDate": "2026-02-03T10:11:12.000+01:00"}),
    ],
)
@settings(deadline=None)
@given(noise=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(ODDER), max_size=8))
def test_all_else_may_be_anything(
    read: Callable[[lenient.Json], object], least: dict[str, Any], noise: dict[str, object]
) -> None:
    """Whatever stands in the other fields, the answer is read."""
    assert repr(read(parsed(noise | least)))


def test_nobody_appears_in_a_representation() -> None:
    """Whoever logs an answer by accident logs ids and codes."""
    read = [Profile.read(PROFILE), Contact.read(CONTACT), SalesDocument.read(INVOICE), VoucherRow.read(ROW)]

    shown = repr(read) + repr(Contact.read(CONTACT).billing)

    assert not [word for word in ("Ada", "Beispiel", "Lindenweg", "Köln", "example.org", "7Q4K") if word in shown]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param({"totalElements": 1, "last": True}, id="no rows"),
        pytest.param({"content": [ROW, None], "totalElements": 2, "last": True}, id="a row that is none"),
        pytest.param({"content": [ROW, ROW | {"id": "x"}], "totalElements": 2, "last": True}, id="a row without id"),
        pytest.param({"content": [ROW], "last": True}, id="no total"),
    ],
)
def test_a_page_is_read_whole_or_not_at_all(page: dict[str, Any]) -> None:
    """A row that cannot be read might be the one that is looked for."""
    with pytest.raises(Unreadable):
        Page.read(page, VoucherRow.read)
