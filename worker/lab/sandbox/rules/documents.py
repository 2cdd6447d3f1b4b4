"""What makes an invoice or a credit note acceptable (lexware-api 5.2, 5.6, 6.1, 14.5): the whole, part by part."""

from collections.abc import Iterator
from datetime import date, datetime

from worker.lab.sandbox.records import Contact, Kind, Organisation
from worker.lab.sandbox.rules.address import address_violations
from worker.lab.sandbox.rules.berlin import day_of, read_stamp
from worker.lab.sandbox.rules.lines import line_violations
from worker.lab.sandbox.rules.tax import tax_violations
from worker.lab.sandbox.rules.violations import Violation, missing, not_euro, too_fine, too_long
from worker.lab.sandbox.wire import Json

_PERIODS = ("serviceperiod", "deliveryperiod")
_SHIPPING_TYPES = ("none", "service", "delivery", *_PERIODS)
_TEXTS = {"title": 25, "introduction": 2000, "remark": 2000, "deliveryTerms": 255}


def document_violations(
    kind: Kind, body: Json, organisation: Organisation, contact: Contact | None, today: date
) -> Iterator[Violation]:
    """Everything wrong with a document of the documented shape; `contact` is the one it names, if that is usable."""
    yield from _date(body.get("voucherDate"), "voucherDate", required=True)
    yield from address_violations(body.get("address"), contact, organisation.switches)
    tax_type = (body.get("taxConditions") or {}).get("taxType")
    yield from line_violations(
        body.get("lineItems"), kind, tax_type, _relevant_day(kind, body, today), organisation.switches
    )
    yield from _total_price(body.get("totalPrice"))
    yield from tax_violations(body.get("taxConditions"), organisation, contact)
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
