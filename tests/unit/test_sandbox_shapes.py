"""The names and types of what the simulated Lexware answers, against a record of what the real one was seen to answer."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sandbox_bodies import CREDIT_NOTE, NOON, bent, contact, invoice, organisation

from worker.lab.sandbox.bookkeeping import new_draft
from worker.lab.sandbox.records import Kind
from worker.lab.sandbox.rules.content import content_of
from worker.lab.sandbox.rules.countries import CODES
from worker.lab.sandbox.rules.views import document_json
from worker.lab.sandbox.wire import dumps

#: By live records of 2026 (lexware-api 5.8, 15): every value's path and type. Of drafts, so without files and due date.
_DOCUMENT = {
    "id": str, "organizationId": str, "createdDate": str, "updatedDate": str, "version": int, "archived": bool,
    "voucherStatus": str, "voucherNumber": str, "language": str, "voucherDate": str, "electronicDocumentProfile": str,
    "address.contactId": str, "address.name": str, "address.street": str, "address.zip": str, "address.city": str,
    "address.countryCode": str, "lineItems[].type": str, "lineItems[].name": str, "lineItems[].quantity": float,
    "lineItems[].unitName": str, "lineItems[].unitPrice.currency": str, "lineItems[].unitPrice.netAmount": float,
    "lineItems[].unitPrice.grossAmount": float, "lineItems[].unitPrice.taxRatePercentage": float,
    "lineItems[].lineItemAmount": float, "totalPrice.currency": str, "totalPrice.totalNetAmount": float,
    "totalPrice.totalGrossAmount": float, "totalPrice.totalTaxAmount": float, "taxAmounts[].taxRatePercentage": float,
    "taxAmounts[].taxAmount": float, "taxAmounts[].netAmount": float, "taxConditions.taxType": str,
    "taxConditions.taxTypeNote": str, "title": str, "introduction": str, "remark": str,
}  # fmt: skip
_INVOICE = _DOCUMENT | {
    "lineItems[].discountPercentage": int, "shippingConditions.shippingType": str, "closingInvoice": bool,
    "paymentConditions.paymentTermLabel": str, "paymentConditions.paymentTermLabelTemplate": str,
    "paymentConditions.paymentTermDuration": int,
}  # fmt: skip


def _paths(value: Any, path: str = "") -> dict[str, type]:
    if isinstance(value, dict):
        return {
            key: kind for name, one in value.items() for key, kind in _paths(one, f"{path}.{name}".lstrip(".")).items()
        }
    if isinstance(value, list):
        return {key: kind for one in value for key, kind in _paths(one, f"{path}[]").items()}
    return {path: type(value)}


@pytest.mark.parametrize(("kind", "record"), [("invoice", _INVOICE), ("creditnote", _DOCUMENT)])
def test_a_document_reads_as_it_was_recorded(kind: Kind, record: dict[str, type]) -> None:
    """No key more, none less, and every number as a number of the same sort."""
    owner = organisation()
    payer = contact(owner)
    made = invoice(owner, {"address.contactId": payer.id})
    if kind == "creditnote":
        body = bent(CREDIT_NOTE, {"address.contactId": payer.id})
        made = new_draft(owner, "creditnote", body, content_of("creditnote", body, owner, payer), NOON)[0]
    seen = json.loads(dumps(document_json(replace(made, related=()), owner)))

    assert _paths(seen) == record


def test_there_are_as_many_countries() -> None:
    """The real list has 257."""
    assert len(CODES) == 257
