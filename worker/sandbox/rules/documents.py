"""What makes an invoice or a credit note acceptable (lexware-api 5.2 to 5.6, 6.1, 14.5), its lines aside."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import get_args

from worker.sandbox.records import Contact, Kind, Organisation, TaxType
from worker.sandbox.rules.berlin import day_of, read_stamp
from worker.sandbox.rules.countries import CODES
from worker.sandbox.rules.lines import line_violations
from worker.sandbox.rules.violations import Violation, missing, not_euro, too_fine, too_long
from worker.sandbox.wire import Json

_FOREIGN_TAX_TYPES = (
    "intraCommunitySupply",
    "constructionService13b",
    "externalService13b",
    "thirdPartyCountryService",
    "thirdPartyCountryDelivery",
    "photovoltaicEquipment",
)
_PERIODS = ("serviceperiod", "deliveryperiod")
_SHIPPING_TYPES = ("none", "service", "delivery", *_PERIODS)
_TEXTS = {"title": 25, "introduction": 2000, "remark": 2000, "deliveryTerms": 255}


def document_violations(
    kind: Kind, body: Json, organisation: Organisation, contact: Contact | None, today: date
) -> Iterator[Violation]:
    """Everything wrong with a document of the documented shape; `contact` is the one it names, if that is usable."""
    yield from _date(body.get("voucherDate"), "voucherDate", required=True)
    yield from _address(body.get("address"), contact)
    tax_type = (body.get("taxConditions") or {}).get("taxType")
    yield from line_violations(
        body.get("lineItems"), kind, tax_type, _relevant_day(kind, body, today), organisation.switches
    )
    yield from _total_price(body.get("totalPrice"))
    yield from _tax(body, organisation, contact)
    for field, limit in _TEXTS.items():
        yield from too_long(body.get(field), limit, field, organisation.switches)
    if body.get("language") not in (None, "de", "en"):
        yield Violation("INVALID", "language", "must be de or en")
    if kind == "invoice":
        yield from _shipping(body.get("shippingConditions"))
        yield from _payment(
            body.get("paymentConditions") or {}, alone=organisation.switches.accepts_lone_payment_duration
        )
        yield from _x_rechnung(body.get("xRechnung") or {}, contact)


def _relevant_day(kind: Kind, body: Json, today: date) -> date:
    """The day whose tax rates count (5.4); today where the body does not say, which is another violation."""
    shipping = (body.get("shippingConditions") or {}) if kind == "invoice" else {}
    shipping_type = shipping.get("shippingType")
    text = body.get("voucherDate")
    if shipping_type in _PERIODS:
        text = shipping.get("shippingEndDate")
    elif shipping_type in ("service", "delivery"):
        text = shipping.get("shippingDate")
    moment = _moment(text)
    return day_of(moment) if moment else today


def _moment(text: str | None) -> datetime | None:
    try:
        return read_stamp(text or "")
    except ValueError:
        return None


def _date(text: str | None, field: str, *, required: bool) -> Iterator[Violation]:
    if text is None:
        if required:
            yield missing(field)
    elif _moment(text) is None:
        yield Violation("PATTERN", field, "must be yyyy-MM-ddTHH:mm:ss.SSSXXX")


def _address(address: Json | None, contact: Contact | None) -> Iterator[Violation]:
    if address is None:
        yield missing("address")
        return
    named = address.get("contactId") is not None
    inline = any(
        address.get(field) is not None for field in ("name", "supplement", "street", "zip", "city", "countryCode")
    )
    if named and contact is None:
        yield Violation("NOTFOUND", "address.contactId", "Referenced contact could not be found.")
    elif contact is not None:
        yield from _referenced(contact, inline=inline)
    if inline or not named:
        if not (address.get("name") or "").strip():
            yield missing("address.name")
        country = address.get("countryCode")
        if not country:
            yield missing("address.countryCode")
        elif country not in CODES:
            codes = ", ".join(sorted(CODES))
            yield Violation("INVALID", "address.countryCode", f"'{country}' is not one of the supported codes: {codes}")


def _referenced(contact: Contact, *, inline: bool) -> Iterator[Violation]:
    if not contact.is_customer:
        yield Violation("INVALID", "address.contactId", "Referenced contact needs to have the role customer.")
    count = len((contact.body.get("addresses") or {}).get("billing") or [])
    if not inline and count != 1:
        message = f"Referenced contact needs to have exactly one billing address, but {count} addresses were found."
        yield Violation("INVALID", "address.contactId", message)


def _total_price(price: Json | None) -> Iterator[Violation]:
    if price is None:
        yield missing("totalPrice")
        return
    yield from not_euro(price.get("currency"), "totalPrice.currency")
    discounts = ("totalDiscountAbsolute", "totalDiscountPercentage")
    if all(price.get(field) is not None for field in discounts):
        yield Violation("INVALID", "totalPrice", "only one kind of discount is possible")
    for field in discounts:
        yield from too_fine(price.get(field), 2, f"totalPrice.{field}")


def _tax(body: Json, organisation: Organisation, contact: Contact | None) -> Iterator[Violation]:
    conditions = body.get("taxConditions")
    if conditions is None:
        yield missing("taxConditions")
        return
    tax_type, field = conditions.get("taxType"), "taxConditions.taxType"
    switches = organisation.switches
    exempt = organisation.tax_type == "vatfree"
    if tax_type is None:
        yield missing(field)
    elif tax_type not in (*get_args(TaxType), *_FOREIGN_TAX_TYPES):
        yield Violation("INVALID", field, f"'{tax_type}' is not a tax type")
    elif exempt and tax_type != "vatfree" and not switches.accepts_taxed_when_vatfree:
        yield Violation("INVALID", field, "a tax-exempt organisation can create vat-free documents only")
    elif not exempt and tax_type == "vatfree" and not switches.accepts_vatfree_when_taxed:
        yield Violation("INVALID", field, "only a tax-exempt organisation can create vat-free documents")
    elif tax_type in _FOREIGN_TAX_TYPES:
        yield from _foreign(contact, field, needs_flag=switches.needs_tax_free_flag)
    if conditions.get("taxSubType") not in (None, "distanceSales", "electronicServices"):
        yield Violation("INVALID", "taxConditions.taxSubType", "is not a tax sub type")


def _foreign(contact: Contact | None, field: str, *, needs_flag: bool) -> Iterator[Violation]:
    if contact is None:
        yield Violation("INVALID", field, "this tax type needs a referenced contact")
    elif needs_flag and not (contact.body.get("company") or {}).get("allowTaxFreeInvoices"):
        yield Violation("INVALID", field, "the contact does not allow tax-free invoices")


def _shipping(conditions: Json | None) -> Iterator[Violation]:
    if conditions is None:
        yield missing("shippingConditions", "The shipping conditions must not be null")
        return
    kind = conditions.get("shippingType")
    if kind is None:
        yield missing("shippingConditions.shippingType")
        return
    if kind not in _SHIPPING_TYPES:
        yield Violation("INVALID", "shippingConditions.shippingType", f"must be one of {', '.join(_SHIPPING_TYPES)}")
        return
    start, end = conditions.get("shippingDate"), conditions.get("shippingEndDate")
    yield from _date(start, "shippingConditions.shippingDate", required=kind != "none")
    yield from _date(end, "shippingConditions.shippingEndDate", required=kind in _PERIODS)
    first, last = _moment(start), _moment(end)
    if kind in _PERIODS and first and last and last < first:
        yield Violation("INVALID", "shippingConditions.shippingEndDate", "must not be before shippingDate")


def _payment(conditions: Json, *, alone: bool) -> Iterator[Violation]:
    if conditions.get("paymentTermDuration") is not None and not conditions.get("paymentTermLabel") and not alone:
        yield missing("paymentConditions.paymentTermLabel")
    discount = (conditions.get("paymentDiscountConditions") or {}).get("discountPercentage")
    yield from too_fine(discount, 2, "paymentConditions.paymentDiscountConditions.discountPercentage")


def _x_rechnung(sent: Json, contact: Contact | None) -> Iterator[Violation]:
    if sent.get("buyerReference"):
        known = (contact.body.get("xRechnung") if contact else None) or {}
        if not (known.get("buyerReference") and known.get("vendorNumberAtCustomer")):
            yield Violation("INVALID", "xRechnung.buyerReference", "the contact has no XRechnung data")
