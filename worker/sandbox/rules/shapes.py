"""The fields the API documents, and where a body departs from them (lexware-api 4.1, 5.2 to 5.6, 5.8, 6.1).

Read-only fields belong to the shapes: clients may send them and the server ignores them.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeAlias, Union

Leaf = Literal["text", "number", "whole", "flag", "any"]
Shape: TypeAlias = Union[Leaf, dict[str, "Shape"], list["Shape"]]  # noqa: UP007 - recursive, and Python is 3.11


class Departure(NamedTuple):
    """A place where a body is not as documented: a field nobody knows, or a value of another type."""

    path: str
    unknown: bool


def departures(value: Any, shape: Shape, path: str = "") -> Iterator[Departure]:
    """Walk a body along its shape. `null` fits everywhere: it means "not given"."""
    if value is None or shape == "any":
        return
    if isinstance(shape, str):
        if not _fits(value, shape):
            yield Departure(path, unknown=False)
    elif isinstance(shape, list):
        yield from _in_list(value, shape[0], path)
    else:
        yield from _in_object(value, shape, path)


def _in_list(value: Any, shape: Shape, path: str) -> Iterator[Departure]:
    if not isinstance(value, list):
        yield Departure(path, unknown=False)
        return
    for position, entry in enumerate(value):
        if entry is None:
            yield Departure(f"{path}[{position}]", unknown=False)
        yield from departures(entry, shape, f"{path}[{position}]")


def _in_object(value: Any, shape: dict[str, Shape], path: str) -> Iterator[Departure]:
    if not isinstance(value, dict):
        yield Departure(path, unknown=False)
        return
    for name, entry in value.items():
        where = f"{path}.{name}" if path else name
        if name in shape:
            yield from departures(entry, shape[name], where)
        else:
            yield Departure(where, unknown=True)


def _fits(value: Any, leaf: str) -> bool:
    if leaf == "text":
        return isinstance(value, str)
    if leaf == "flag" or isinstance(value, bool):
        return leaf == "flag" and isinstance(value, bool)
    is_number = isinstance(value, int) or (leaf == "number" and isinstance(value, Decimal))
    return is_number and bool(abs(value) < _LARGEST)


_LARGEST = 10**12
_TEXTS: list[Shape] = ["text"]
_ROLE: Shape = {"number": "whole"}
_CONTACT_ADDRESSES: list[Shape] = [
    {"supplement": "text", "street": "text", "zip": "text", "city": "text", "countryCode": "text"}
]

CONTACT: Shape = {
    "id": "text",
    "organizationId": "text",
    "version": "whole",
    "roles": {"customer": _ROLE, "vendor": _ROLE},
    "company": {
        "name": "text",
        "taxNumber": "text",
        "vatRegistrationId": "text",
        "allowTaxFreeInvoices": "flag",
        "contactPersons": [
            {
                "salutation": "text",
                "firstName": "text",
                "lastName": "text",
                "primary": "flag",
                "emailAddress": "text",
                "phoneNumber": "text",
            }
        ],
    },
    "person": {"salutation": "text", "firstName": "text", "lastName": "text"},
    "addresses": {"billing": _CONTACT_ADDRESSES, "shipping": _CONTACT_ADDRESSES},
    "xRechnung": {"buyerReference": "text", "vendorNumberAtCustomer": "text"},
    "emailAddresses": dict.fromkeys(("business", "office", "private", "other"), _TEXTS),
    "phoneNumbers": dict.fromkeys(("business", "office", "mobile", "private", "fax", "other"), _TEXTS),
    "note": "text",
    "archived": "flag",
}

_CREDIT_NOTE: dict[str, Shape] = {
    "id": "text",
    "organizationId": "text",
    "createdDate": "text",
    "updatedDate": "text",
    "version": "whole",
    "archived": "flag",
    "voucherStatus": "text",
    "voucherNumber": "text",
    "electronicDocumentProfile": "text",
    "taxAmounts": "any",
    "relatedVouchers": "any",
    "files": "any",
    "voucherDate": "text",
    "address": {
        "contactId": "text",
        "name": "text",
        "supplement": "text",
        "street": "text",
        "zip": "text",
        "city": "text",
        "countryCode": "text",
        "contactPerson": "text",
    },
    "lineItems": [
        {
            "id": "text",
            "type": "text",
            "name": "text",
            "description": "text",
            "quantity": "number",
            "unitName": "text",
            "unitPrice": {
                "currency": "text",
                "netAmount": "number",
                "grossAmount": "number",
                "taxRatePercentage": "number",
            },
            "discountPercentage": "number",
            "lineItemAmount": "any",
        }
    ],
    "totalPrice": {
        "currency": "text",
        "totalNetAmount": "any",
        "totalGrossAmount": "any",
        "totalTaxAmount": "any",
        "totalDiscountAbsolute": "number",
        "totalDiscountPercentage": "number",
    },
    "taxConditions": {"taxType": "text", "taxSubType": "text", "taxTypeNote": "text"},
    "title": "text",
    "introduction": "text",
    "remark": "text",
    "language": "text",
    "printLayoutId": "text",
}

_INVOICE: dict[str, Shape] = {
    **_CREDIT_NOTE,
    "dueDate": "text",
    "closingInvoice": "any",
    "claimedGrossAmount": "any",
    "downPaymentDeductions": "any",
    "recurringTemplateId": "any",
    "shippingConditions": {"shippingType": "text", "shippingDate": "text", "shippingEndDate": "text"},
    "paymentConditions": {
        "paymentTermLabel": "text",
        "paymentTermLabelTemplate": "text",
        "paymentTermDuration": "whole",
        "paymentDiscountConditions": {"discountPercentage": "number", "discountRange": "whole"},
    },
    "deliveryTerms": "text",
    "xRechnung": {"buyerReference": "text"},
}

DOCUMENTS: dict[str, Shape] = {"invoice": _INVOICE, "creditnote": _CREDIT_NOTE}
