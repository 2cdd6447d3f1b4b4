"""What Lexware answers, as frozen values, read leniently.

Guarantees: unknown fields and unknown words are tolerated, missing or malformed optional ones are None or empty; only
what the program cannot do without (ids, the tax type, a document's status, a row's date of creation) is demanded, with
`Unreadable`. `repr` shows no name, no address and no text, since persons are here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, Literal, TypeVar
from uuid import UUID

from worker.lexware.api import lenient
from worker.lexware.api.lenient import Json, Unreadable

Row = TypeVar("Row")

VoucherKind = Literal["invoice", "credit_note"]
"""The two sorts of sales documents that lexrelay makes."""


def voucher_kind(kind: str) -> VoucherKind:
    """What a document of the practice is in Lexware: an `invoice` is one, a `cancellation` is a credit note."""
    return "invoice" if kind == "invoice" else "credit_note"


@dataclass(frozen=True, slots=True)
class Created:
    """A POST was carried out, and this is the id of what it made."""

    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The organisation behind an API key (lexware-api 9.1)."""

    organisation_id: UUID
    company_name: str = field(repr=False)
    tax_type: str
    small_business: bool

    @classmethod
    def read(cls, data: Json) -> "Profile":
        """From the body of GET /v1/profile."""
        return cls(
            organisation_id=lenient.essential_id(data, "organizationId"),
            company_name=lenient.text(data.get("companyName")),
            tax_type=lenient.essential_text(data, "taxType"),
            small_business=data.get("smallBusiness") is True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A billing address of a contact; what is missing is an empty text."""

    supplement: str = field(repr=False)
    street: str = field(repr=False)
    zip: str = field(repr=False)
    city: str = field(repr=False)
    country_code: str

    @classmethod
    def read(cls, data: Json) -> "Address":
        """From one entry of `addresses.billing` (lexware-api 4.1)."""
        keys = ("supplement", "street", "zip", "city", "countryCode")
        supplement, street, zip_code, city, country_code = (lenient.text(data.get(key)) for key in keys)
        return cls(supplement=supplement, street=street, zip=zip_code, city=city, country_code=country_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact, a person or a company; the names of the other sort are empty (lexware-api 4.1)."""

    id: UUID
    version: int | None
    archived: bool
    is_customer: bool
    customer_number: int | None
    company_name: str = field(repr=False)
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    billing: tuple[Address, ...] = field(repr=False)
    emails: tuple[str, ...] = field(repr=False)
    note: str = field(repr=False)

    @classmethod
    def read(cls, data: Json) -> "Contact":
        """From the body of GET /v1/contacts/{id} or a row of the search."""
        customer, person = lenient.part(lenient.part(data, "roles"), "customer"), lenient.part(data, "person")
        return cls(
            id=lenient.essential_id(data, "id"),
            version=lenient.whole(data.get("version")),
            archived=data.get("archived") is True,
            is_customer="customer" in lenient.part(data, "roles"),
            customer_number=lenient.whole(customer.get("number")),
            company_name=lenient.text(lenient.part(data, "company").get("name")),
            first_name=lenient.text(person.get("firstName")),
            last_name=lenient.text(person.get("lastName")),
            billing=tuple(map(Address.read, lenient.parts(lenient.part(data, "addresses").get("billing")))),
            emails=tuple(
                email for kind in lenient.part(data, "emailAddresses").values() for email in lenient.texts(kind)
            ),
            note=lenient.text(data.get("note")),
        )


@dataclass(frozen=True, slots=True)
class Tax:
    """What a document comes to at one rate (lexware-api 5.8)."""

    rate: Decimal
    net: Decimal
    tax: Decimal

    @classmethod
    def read(cls, data: Json) -> "Tax | None":
        """From one entry of `taxAmounts`; one that cannot be read says nothing."""
        rate, net, tax = (
            lenient.money(data.get(key)) for key in ("taxRatePercentage", "netAmount", "taxAmount")
        )  # fmt: skip
        return None if rate is None or net is None or tax is None else cls(rate, net, tax)


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesDocument:
    """An invoice or a credit note. `status` is draft, open, paid, paidoff, voided or a word to come (5.8, 6.1)."""

    id: UUID
    status: str
    number: str
    contact_id: UUID | None
    total_gross: Decimal | None
    voucher_date: date | None
    due_date: date | None
    taxes: tuple["Tax", ...]
    created: datetime | None
    introduction: str = field(repr=False)
    remark: str = field(repr=False)

    @classmethod
    def read(cls, data: Json) -> "SalesDocument":
        """From the body of GET /v1/invoices/{id} or /v1/credit-notes/{id}."""
        return cls(
            id=lenient.essential_id(data, "id"),
            status=lenient.essential_text(data, "voucherStatus"),
            number=lenient.text(data.get("voucherNumber")),
            contact_id=lenient.identity(lenient.part(data, "address").get("contactId")),
            total_gross=lenient.money(lenient.part(data, "totalPrice").get("totalGrossAmount")),
            voucher_date=lenient.berlin_day(data.get("voucherDate")),
            due_date=lenient.berlin_day(data.get("dueDate")),
            taxes=tuple(filter(None, map(Tax.read, lenient.parts(data.get("taxAmounts"))))),
            created=lenient.instant(data.get("createdDate")),
            introduction=lenient.text(data.get("introduction")),
            remark=lenient.text(data.get("remark")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherRow:
    """A row of the voucher list: enough to choose candidates, without texts and lines (lexware-api 7.2)."""

    id: UUID
    type: str
    status: str
    number: str
    contact_id: UUID | None
    total: Decimal | None
    open_amount: Decimal | None
    """None for drafts, and where Lexware does not say."""
    voucher_date: date | None
    due_date: date | None
    created: datetime
    archived: bool

    @classmethod
    def read(cls, data: Json) -> "VoucherRow":
        """From one row of GET /v1/voucherlist. A row without a date of creation could never be ruled out."""
        created = lenient.instant(data.get("createdDate"))
        if created is None:
            raise Unreadable("createdDate")
        return cls(
            id=lenient.essential_id(data, "id"),
            type=lenient.text(data.get("voucherType")),
            status=lenient.text(data.get("voucherStatus")),
            number=lenient.text(data.get("voucherNumber")),
            contact_id=lenient.identity(data.get("contactId")),
            total=lenient.money(data.get("totalAmount")),
            open_amount=lenient.money(data.get("openAmount")),
            voucher_date=lenient.berlin_day(data.get("voucherDate")),
            due_date=lenient.berlin_day(data.get("dueDate")),
            created=created,
            archived=data.get("archived") is True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Payments:
    """What was paid of a finalised document; `balanced` is not yet paid, since voided ones are too (lexware-api 9.2)."""

    open_amount: Decimal | None
    paid_on: date | None
    kinds: tuple[str, ...]

    @classmethod
    def read(cls, data: Json) -> "Payments":
        """From the body of GET /v1/payments/{id}."""
        items = lenient.parts(data.get("paymentItems"))
        return cls(
            open_amount=lenient.money(data.get("openAmount")),
            paid_on=lenient.berlin_day(data.get("paidDate")),
            kinds=tuple(dict.fromkeys(lenient.texts([item.get("paymentItemType") for item in items]))),
        )


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list (lexware-api 9.2)."""

    rows: list[Row]
    total: int
    last: bool

    @classmethod
    def read(cls, data: Json, row: Callable[[Json], Row]) -> "Page[Row]":
        """From the body of any list; one unreadable row makes the page unreadable, as it might be the one looked for."""
        return cls(
            rows=[row(entry) for entry in lenient.essential_parts(data, "content")],
            total=lenient.essential_whole(data, "totalElements"),
            last=data.get("last") is True,
        )
