"""A document of the practice becomes a Lexware payload, cent-exact, or is refused with a reason.

The only file that holds both vocabularies. Pure: no database, no network, no clock; the same input gives the same
payload. What may leave is `lexware/payloads.py`; what keeps a document from leaving is `check.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar
from uuid import UUID

from worker.lexware.payloads import (
    ContactPayload,
    CreditNotePayload,
    DocumentAddress,
    InvoicePayload,
    LineItem,
    PaymentConditions,
    Person,
    PostalAddress,
    ShippingConditions,
    TaxConditions,
    UnitPrice,
)
from worker.lexware.translate import fold, marker, texts, wording
from worker.lexware.translate.check import check, check_payer
from worker.lexware.translate.dates import lexware_date
from worker.lexware.translate.documents import Document, Payer, Settings, TaxMode
from worker.lexware.translate.lines import Note, SentLine, sent, total_of
from worker.lexware.translate.problems import Problem, Untranslatable
from worker.lexware.translate.tax import Tax, tax_of

LONGEST_SALUTATION = 25
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Translation:
    """A payload and its sums in EUR: the practice's, and Lexware's by what is sent. Of a credit note both positive."""

    payload: InvoicePayload | CreditNotePayload
    kind: Literal["invoice", "credit_note"]
    total_here: Decimal
    total_there: Decimal
    notes: tuple[Note, ...] = ()
    """What a human should know of the form in which its amounts go."""


def translate(document: Document, settings: Settings, *, contact_id: UUID | None, marker_code: str) -> Translation:
    """The document as `write` has it. Raises `Untranslatable` with the first of `check`'s problems."""
    _refuse(check(document, settings))
    return write(document, settings, contact_id=contact_id, marker_code=marker_code)


def write(document: Document, settings: Settings, *, contact_id: UUID | None, marker_code: str) -> Translation:
    """The document as a body for POST /v1/invoices or /v1/credit-notes, without a contact to a one-time address. It demands
    one in which `check` finds nothing.

    A credit note reads the same linked and unlinked: the link is a query parameter, and its introduction names the
    original in both cases.
    """
    tax = tax_of(document, settings)
    going = sent(document, settings)
    body: CreditNotePayload = {
        "voucherDate": lexware_date(_given(document.invoice_date, "document.invoice_date")),
        "address": _document_address(document.addressee, contact_id),
        "lineItems": [_line_item(line, going.tax_type) for line in going.lines],
        "totalPrice": {"currency": "EUR"},
        "taxConditions": _tax_conditions(tax, going.tax_type),
        "title": wording.TITLES[document.kind],
        "introduction": wording.introduction(document, settings),
        "remark": wording.remark(document, tax.remark, marker_code),
    }
    notes = (*going.notes, *_rendered(body, tax.type_note))
    if document.kind == "cancellation":
        return Translation(body, "credit_note", total_of(document), going.total, notes)
    invoice: InvoicePayload = {
        **body,  # type: ignore[typeddict-item] # a type may hold more keys than it names; this one was made above
        "shippingConditions": _shipping_conditions(document),
    }
    if conditions := _payment_conditions(document):
        invoice["paymentConditions"] = conditions
    return Translation(invoice, "invoice", total_of(document), going.total, notes)


def contact_payload(payer: Payer, settings: Settings, *, marker_code: str) -> ContactPayload:
    """The payer as a body for POST /v1/contacts. Raises `Untranslatable` with the first problem of the payer's data.

    Check the document before a contact is created for it: what `contract.leaks` found is known only there.
    """
    _refuse(check_payer(payer, settings))
    contact: ContactPayload = {
        "version": 0,
        "roles": {"customer": {}},
        "addresses": {"billing": [_postal_address(payer)]},
        "note": marker.contact_line(fold.name(payer.customer_number), marker_code),
    }
    if company := fold.name(payer.company_name):
        contact["company"] = {"name": company}
    else:
        contact["person"] = _person(payer)
    if settings.lines == "itemised":
        _add_reachability(contact, payer)
    return contact


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Untranslatable(problems[0])


def _given(value: T | None, field: str) -> T:
    if value is None:
        raise Untranslatable(Problem("missing_field", field))
    return value


def _document_address(payer: Payer, contact_id: UUID | None) -> DocumentAddress:
    person = " ".join(filter(None, (fold.name(payer.first_name), fold.name(payer.last_name))))
    name = fold.name(payer.company_name) or person
    address: DocumentAddress = {
        "name": name,
        **_postal_address(payer),  # type: ignore[typeddict-item] # a type may hold more keys than it names; it does not
    }
    if contact_id is not None:
        address["contactId"] = str(contact_id)
    return address


def _postal_address(payer: Payer) -> PostalAddress:
    address: PostalAddress = {"countryCode": _given(texts.country(payer.country_code), "payer.country_code")}
    if supplement := fold.name(payer.address_supplement):
        address["supplement"] = supplement
    if street := fold.name(payer.street):
        address["street"] = street
    if zip_code := fold.name(payer.zip):
        address["zip"] = zip_code
    if city := fold.name(payer.city):
        address["city"] = city
    return address


def _person(payer: Payer) -> Person:
    person: Person = {"lastName": _given(fold.name(payer.last_name), "payer.last_name")}
    if first_name := fold.name(payer.first_name):
        person["firstName"] = first_name
    salutation = fold.name(payer.salutation)
    if salutation and texts.length(salutation) <= LONGEST_SALUTATION:
        person["salutation"] = salutation
    return person


def _add_reachability(contact: ContactPayload, payer: Payer) -> None:
    is_company = "company" in contact
    if email := texts.email(payer.email):
        contact["emailAddresses"] = {"business": [email]} if is_company else {"private": [email]}
    if phone := texts.phone(payer.phone):
        contact["phoneNumbers"] = {"business": [phone]} if is_company else {"private": [phone]}


def _line_item(line: SentLine, tax_type: TaxMode) -> LineItem:
    price: UnitPrice = {"currency": "EUR", "taxRatePercentage": int(line.item.rate)}
    price["grossAmount" if tax_type == "gross" else "netAmount"] = float(line.item.price)
    item: LineItem = {
        "type": "custom",
        "name": line.name,
        "quantity": float(line.item.quantity),
        "unitName": line.unit,
        "unitPrice": price,
    }
    if line.description:
        item["description"] = line.description
    return item


def _tax_conditions(tax: Tax, tax_type: TaxMode) -> TaxConditions:
    return {"taxType": tax_type, "taxTypeNote": tax.type_note} if tax.type_note else {"taxType": tax_type}


def _rendered(body: CreditNotePayload, type_note: str | None) -> Iterator[Note]:
    """Marks of formatting go as they are: to escape them would show the escapes wherever they are not rendered."""
    descriptions = (item.get("description") for item in body["lineItems"])
    if wording.is_rendered(body["introduction"], body["remark"], type_note, *descriptions):
        yield "rendered_marks"


def _shipping_conditions(document: Document) -> ShippingConditions:
    days = sorted({line.treated_on for line in document.lines if line.treated_on})
    if not days:
        return {"shippingType": "none"}
    first, last = lexware_date(days[0]), lexware_date(days[-1])
    if len(days) == 1:
        return {"shippingType": "service", "shippingDate": first}
    return {"shippingType": "serviceperiod", "shippingDate": first, "shippingEndDate": last}


def _payment_conditions(document: Document) -> PaymentConditions | None:
    # A day before the invoice's own is a slip of the host: no term of ours is right then, so Lexware's default stands.
    if document.due_date is None or document.invoice_date is None or document.due_date < document.invoice_date:
        return None
    days = (document.due_date - document.invoice_date).days
    return {"paymentTermLabel": wording.payment_term(days), "paymentTermDuration": days}
