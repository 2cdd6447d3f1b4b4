"""The closed set: no payload has a field that is not allowed, and neutral mode has fewer."""

from collections.abc import Iterator
from typing import Any

import given
import pytest

from worker.lexware.payloads import ALLOWED
from worker.lexware.translate.documents import PrivacyMode
from worker.lexware.translate.translate import contact_payload, translate


def paths(value: Any, path: str = "") -> Iterator[str]:
    """The paths of all values in a body, as `ALLOWED` writes them."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from paths(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner, f"{path}[]")
    else:
        yield path


def test_itemised_adds_exactly_this() -> None:
    """What only itemised lines may send, spelled out once, so that a new field is a decision."""
    added = {body: ALLOWED["itemised"][body] - ALLOWED["neutral"][body] for body in ALLOWED["neutral"]}

    assert added == {
        "contact": {
            "emailAddresses.private[]",
            "emailAddresses.business[]",
            "phoneNumbers.private[]",
            "phoneNumbers.business[]",
        },
        "invoice": {"lineItems[].description"},
        "credit_note": {"lineItems[].description"},
    }


def test_neutral_is_exactly_this() -> None:
    """The whole set that may leave in neutral mode (design 6 "What leaves")."""
    address = {
        f"address.{part}" for part in ("contactId", "name", "supplement", "street", "zip", "city", "countryCode")
    }
    price = {f"lineItems[].unitPrice.{part}" for part in ("currency", "netAmount", "grossAmount", "taxRatePercentage")}
    credit_note = {
        *("voucherDate", "title", "introduction", "remark", "totalPrice.currency"),
        *("taxConditions.taxType", "taxConditions.taxTypeNote"),
        *(f"lineItems[].{part}" for part in ("type", "name", "quantity", "unitName")),
    }

    assert ALLOWED["neutral"] == {
        "contact": {
            *("version", "roles.customer", "note", "company.name"),
            *(f"person.{part}" for part in ("salutation", "firstName", "lastName")),
            *(f"addresses.billing[].{part}" for part in ("supplement", "street", "zip", "city", "countryCode")),
        },
        "credit_note": credit_note | address | price,
        "invoice": {
            *(credit_note | address | price),
            *(f"shippingConditions.{part}" for part in ("shippingType", "shippingDate", "shippingEndDate")),
            *("paymentConditions.paymentTermLabel", "paymentConditions.paymentTermDuration"),
        },
    }


@pytest.mark.parametrize("mode", ["neutral", "itemised"])
def test_payloads_stay_within_it(mode: PrivacyMode) -> None:
    """Documents and contacts with every field filled send only what is allowed in their mode."""
    settings = given.settings(lines=mode)
    long_line = given.line(description="Beratung " * 60)
    payer = given.payer(address_supplement="Haus 2")
    invoice = given.invoice(long_line, payer=payer)

    for document in (invoice, given.cancellation_of(invoice)):
        translation = translate(document, settings, contact_id=given.CONTACT_ID, marker_code=given.CODE)
        assert set(paths(translation.payload)) <= ALLOWED[mode][translation.kind]

    for someone in (payer, given.payer(company_name="Beispiel GmbH")):
        assert set(paths(contact_payload(someone, settings, marker_code=given.CODE))) <= ALLOWED[mode]["contact"]


def test_nothing_of_the_treatment_leaves_in_neutral_mode() -> None:
    """Recognisable words planted in every text that must stay are in no payload."""
    treatment = given.line(code="WORTEINS", description="WORTZWEI", unit="WORTDREI")
    payer = given.payer(email="wortvier@example.org", phone="0221 98765")
    document = given.invoice(treatment, introduction="WORTFUENF", payer=payer)

    translation = translate(document, given.settings(), contact_id=given.CONTACT_ID, marker_code=given.CODE)
    contact = contact_payload(payer, given.settings(), marker_code=given.CODE)

    sent = f"{translation.payload} {contact}".upper()
    assert [word for word in ("WORT", "98765", "EXAMPLE.ORG") if word in sent] == []
