"""Bodies and records for the tests of the simulated Lexware: valid as they stand, bent by each test."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from worker.lab.sandbox.bookkeeping import new_contact, new_draft
from worker.lab.sandbox.records import Contact, Document, Organisation
from worker.lab.sandbox.rules.content import content_of
from worker.lab.sandbox.switches import Switches

NOON = datetime(2026, 2, 3, 12, 0, tzinfo=UTC)

CONTACT: dict[str, Any] = {
    "version": 0,
    "roles": {"customer": {}},
    "person": {"salutation": "Frau", "firstName": "Ada", "lastName": "Beispiel"},
    "addresses": {"billing": [{"street": "Lindenweg 3", "zip": "50667", "city": "Köln", "countryCode": "DE"}]},
    "note": "Kunde 17 · 3F9A",
}
LINE: dict[str, Any] = {
    "type": "custom",
    "name": "Leistungen gemäß Rechnung RE-2026-0042",
    "quantity": 1,
    "unitName": "Leistung",
    "unitPrice": {"currency": "EUR", "netAmount": 100, "taxRatePercentage": 0},
}
CREDIT_NOTE: dict[str, Any] = {
    "voucherDate": "2026-02-03T00:00:00.000+01:00",
    "address": {"name": "Ada Beispiel", "street": "Lindenweg 3", "zip": "50667", "city": "Köln", "countryCode": "DE"},
    "lineItems": [LINE],
    "totalPrice": {"currency": "EUR"},
    "taxConditions": {"taxType": "vatfree"},
    "remark": "Beleg-Nr. RE-2026-0042 · 7Q4K-X2MB-91TD",
}
INVOICE: dict[str, Any] = {**CREDIT_NOTE, "shippingConditions": {"shippingType": "none"}}


def bent(body: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A copy of a body with values set at dotted paths, `lineItems.0.name`; None takes the field away."""
    copy = deepcopy(body)
    for path, value in changes.items():
        *parents, last = path.split(".")
        place: Any = copy
        for parent in parents:
            place = place[int(parent)] if parent.isdigit() else place.setdefault(parent, {})
        if value is None:
            place.pop(last, None)
        else:
            place[int(last) if last.isdigit() else last] = value
    return copy


def organisation(**switches: Any) -> Organisation:
    """A vatfree organisation without anything in it."""
    return Organisation(id="9c1d", company_name="Praxis Beispiel", switches=Switches(**switches))


def contact(owner: Organisation, changes: dict[str, Any] | None = None, at: datetime = NOON) -> Contact:
    """A contact of that organisation, bent from CONTACT."""
    made = new_contact(owner, bent(CONTACT, changes or {}), at)
    owner.contacts[made.id] = made
    return made


def invoice(owner: Organisation, changes: dict[str, Any] | None = None, at: datetime = NOON) -> Document:
    """A draft invoice of that organisation, bent from INVOICE."""
    body = bent(INVOICE, changes or {})
    named = owner.contact(body["address"].get("contactId"))
    made = new_draft(owner, "invoice", body, content_of("invoice", body, owner, named), at)[0]
    owner.documents[made.id] = made
    return made
