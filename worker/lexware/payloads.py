"""Everything that may leave the house, as types. What is not here cannot be sent.

`ALLOWED` is read off the types, so that a test can hold it against what a server really received. Fields marked
`ITEMISED` leave only when the practice chose itemised lines. Facts of the fields: lexware-api 4.1, 5.2 to 5.6, 6.1.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, NotRequired, TypedDict, get_args, get_origin, get_type_hints, is_typeddict

PrivacyMode = Literal["neutral", "itemised"]
ITEMISED = "only when lines are itemised"


class CustomerRole(TypedDict):
    """Empty: Lexware numbers its customers itself."""


class Roles(TypedDict):
    """A contact of ours is a customer, nothing else."""

    customer: CustomerRole


class Person(TypedDict):
    """The payer, when it is a person; `salutation` has at most 25 characters."""

    salutation: NotRequired[str]
    firstName: NotRequired[str]
    lastName: str


class Company(TypedDict):
    """The payer, when it is a company."""

    name: str


class PostalAddress(TypedDict):
    """Where the payer lives; `countryCode` is ISO 3166 alpha-2 or one of Lexware's specials."""

    supplement: NotRequired[str]
    street: NotRequired[str]
    zip: NotRequired[str]
    city: NotRequired[str]
    countryCode: str


class Addresses(TypedDict):
    """Exactly one billing address."""

    billing: list[PostalAddress]


class Reachable(TypedDict, total=False):
    """One e-mail address or telephone number: a person's is private, a company's is business."""

    private: list[str]
    business: list[str]


class ContactPayload(TypedDict):
    """Body of POST /v1/contacts: `person` or `company`, never both."""

    version: Literal[0]
    roles: Roles
    person: NotRequired[Person]
    company: NotRequired[Company]
    addresses: Addresses
    emailAddresses: NotRequired[Annotated[Reachable, ITEMISED]]
    phoneNumbers: NotRequired[Annotated[Reachable, ITEMISED]]
    note: str


class DocumentAddress(PostalAddress):
    """The payer on one document; the address is given inline, so the contact's own one does not matter. Without a contact it
    is a one-time address (lexware-api 5.3).
    """

    contactId: NotRequired[str]
    name: str


class UnitPrice(TypedDict):
    """`grossAmount` when the tax type is gross, else `netAmount`; at most 4 decimals."""

    currency: Literal["EUR"]
    netAmount: NotRequired[float]
    grossAmount: NotRequired[float]
    taxRatePercentage: int


class LineItem(TypedDict):
    """One line: positive quantity of at most 4 decimals, `name` of at most 100, `description` of at most 2000."""

    type: Literal["custom"]
    name: str
    description: NotRequired[Annotated[str, ITEMISED]]
    quantity: float
    unitName: str
    unitPrice: UnitPrice


class TotalPrice(TypedDict):
    """The currency; sums are the server's business."""

    currency: Literal["EUR"]


class TaxConditions(TypedDict):
    """`taxTypeNote` only with `vatfree`."""

    taxType: Literal["vatfree", "net", "gross"]
    taxTypeNote: NotRequired[str]


class ShippingConditions(TypedDict):
    """When the service was given: `shippingDate` unless none, `shippingEndDate` for a period."""

    shippingType: Literal["none", "service", "serviceperiod"]
    shippingDate: NotRequired[str]
    shippingEndDate: NotRequired[str]


class PaymentConditions(TypedDict):
    """Label and days, both or nothing at all."""

    paymentTermLabel: str
    paymentTermDuration: int


class CreditNotePayload(TypedDict):
    """Body of POST /v1/credit-notes: amounts are positive."""

    voucherDate: str
    address: DocumentAddress
    lineItems: list[LineItem]
    totalPrice: TotalPrice
    taxConditions: TaxConditions
    title: str
    introduction: str
    remark: str


class InvoicePayload(CreditNotePayload):
    """Body of POST /v1/invoices."""

    shippingConditions: ShippingConditions
    paymentConditions: NotRequired[PaymentConditions]


def _paths(shape: Any, mode: PrivacyMode, path: str) -> Iterator[str]:
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is NotRequired:
        yield from _paths(arguments[0], mode, path)
    elif origin is Annotated:
        if mode == "itemised":
            yield from _paths(arguments[0], mode, path)
    elif origin is list:
        yield from _paths(arguments[0], mode, f"{path}[]")
    elif is_typeddict(shape) and (fields := get_type_hints(shape, include_extras=True)):
        for name, field in fields.items():
            yield from _paths(field, mode, f"{path}.{name}" if path else name)
    else:
        yield path


ALLOWED: Mapping[PrivacyMode, Mapping[Literal["contact", "invoice", "credit_note"], frozenset[str]]] = {
    mode: {
        "contact": frozenset(_paths(ContactPayload, mode, "")),
        "invoice": frozenset(_paths(InvoicePayload, mode, "")),
        "credit_note": frozenset(_paths(CreditNotePayload, mode, "")),
    }
    for mode in get_args(PrivacyMode)
}
"""Paths of all values that may leave, per mode and body, e.g. `lineItems[].unitPrice.netAmount`."""
