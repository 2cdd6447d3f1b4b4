"""What Lexware makes of a valid body: defaults, address, sums (lexware-api 5.2, 5.4, 5.8, 14.5)."""

from decimal import ROUND_HALF_UP, Decimal
from html import escape

from worker.lab.sandbox.records import Contact, Kind, Organisation
from worker.lab.sandbox.rules.berlin import read_stamp, stamp
from worker.lab.sandbox.rules.totals import Discount, cents, line_amount, other_price, sums
from worker.lab.sandbox.switches import Switches
from worker.lab.sandbox.wire import Json

_DEFAULT_TEXTS: dict[Kind, dict[str, str]] = {
    "invoice": {
        "title": "Rechnung",
        "introduction": "Unsere Lieferungen/Leistungen stellen wir Ihnen wie folgt in Rechnung.",
        "remark": "Vielen Dank für die gute Zusammenarbeit.",
    },
    "creditnote": {
        "title": "Rechnungskorrektur",
        "introduction": "Unsere Lieferungen/Leistungen korrigieren wir wie folgt.",
        "remark": "Vielen Dank für die gute Zusammenarbeit.",
    },
}
_DEFAULT_TERMS = {"paymentTermLabel": "Zahlbar sofort, rein netto", "paymentTermDuration": 0}
_TAX_NOTES = {True: "Kein Ausweis von Umsatzsteuer (§ 19 UStG).", False: "Umsatzsteuerfreie Leistung."}
_ADDRESS_FIELDS = ("name", "supplement", "street", "zip", "city", "countryCode")


def content_of(kind: Kind, body: Json, organisation: Organisation, contact: Contact | None) -> Json:
    """The stored document, as a GET shows it save for number, state and links. `body` must be valid."""
    switches = organisation.switches
    gross = body["taxConditions"]["taxType"] == "gross"
    lines = [_line(kind, line, gross=gross) for line in body["lineItems"]]
    total_price, tax_amounts = _sums(lines, _discount(kind, body, contact, switches), switches, gross=gross)
    content = {
        "language": body.get("language") or "de",
        "voucherDate": stamp(read_stamp(body["voucherDate"])),
        "address": _address(body["address"], contact),
        "lineItems": lines,
        "totalPrice": total_price,
        "taxAmounts": tax_amounts,
        "taxConditions": _tax_conditions(body["taxConditions"], organisation),
        **_texts(kind, body, switches),
    }
    if kind == "invoice":
        content |= {
            "shippingConditions": _dated(body["shippingConditions"]),
            "paymentConditions": _payment_conditions(body.get("paymentConditions") or _DEFAULT_TERMS),
            "closingInvoice": False,
        }
        if body.get("deliveryTerms") is not None:
            content["deliveryTerms"] = body["deliveryTerms"]
    return content


def _payment_conditions(sent: Json) -> Json:
    """With the label as a template, as a GET has it (15)."""
    return {"paymentTermLabelTemplate": sent["paymentTermLabel"], **sent} if sent.get("paymentTermLabel") else sent


def _texts(kind: Kind, body: Json, switches: Switches) -> Json:
    return {
        field: default if _is_omitted(body.get(field), switches) else _returned(body[field], switches)
        for field, default in _DEFAULT_TEXTS[kind].items()
    }


def _is_omitted(text: str | None, switches: Switches) -> bool:
    return text is None or (not text and switches.empty_text_means_default)


def _returned(text: str, switches: Switches) -> str:
    match switches.text_on_return:
        case "exact":
            return text
        case "crlf":
            return text.replace("\r\n", "\n").replace("\n", "\r\n")
        case "trimmed":
            return "\n".join(line.rstrip() for line in text.splitlines()).strip()
        case "escaped":
            return escape(text, quote=False)


def _address(sent: Json, contact: Contact | None) -> Json:
    """The contact's billing address, or what the body says instead, for this document only (5.3)."""
    address: Json = {"contactId": contact.id} if contact else {}
    if sent.get("name") is not None or contact is None:
        source = sent
    else:
        source = {"name": contact.name, **contact.body["addresses"]["billing"][0]}
    return address | {field: source[field] for field in _ADDRESS_FIELDS if source.get(field) is not None}


def _line(kind: Kind, sent: Json, *, gross: bool) -> Json:
    kept = {field: value for field, value in sent.items() if value is not None and field != "lineItemAmount"}
    if sent["type"] == "text":
        return {field: kept[field] for field in ("type", "name", "description") if field in kept}
    if kind == "creditnote":
        kept.pop("discountPercentage", None)
    kept["quantity"] = _fine(sent["quantity"])
    kept["unitPrice"] = _price(sent["unitPrice"], gross=gross)
    kept["unitPrice"]["netAmount" if gross else "grossAmount"] = other_price(kept, gross=gross)
    amount = line_amount(kept, gross=gross)
    discount = {"discountPercentage": kept.get("discountPercentage", 0)} if kind == "invoice" else {}
    return kept | discount | {"lineItemAmount": cents(amount)}


def _price(sent: Json, *, gross: bool) -> Json:
    leading = "grossAmount" if gross else "netAmount"
    return {
        "currency": "EUR",
        leading: _fine(sent[leading]),
        "taxRatePercentage": float(sent["taxRatePercentage"]),
    }


def _fine(number: Decimal | int) -> Decimal:
    return Decimal(number).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def _discount(kind: Kind, body: Json, contact: Contact | None, switches: Switches) -> Discount:
    """The discount sent, else silently the contact's own (5.4); credit notes know none (6.1)."""
    if kind == "creditnote":
        return Discount()
    percentage = body["totalPrice"].get("totalDiscountPercentage")
    absolute = body["totalPrice"].get("totalDiscountAbsolute")
    sent = Discount(Decimal(percentage or 0), Decimal(absolute or 0))
    if sent != Discount():
        return sent
    is_suppressed = (percentage is not None or absolute is not None) and switches.zero_discount_suppresses_default
    default = contact.default_discount if contact else None
    return sent if is_suppressed or default is None else Discount(default)


def _sums(lines: list[Json], discount: Discount, switches: Switches, *, gross: bool) -> tuple[Json, list[Json]]:
    parts = sums(lines, discount, gross=gross, rounds_each_line=switches.rounds_each_line)
    net = sum((part.net for part in parts), Decimal("0.00"))
    tax = sum((part.tax for part in parts), Decimal("0.00"))
    total: Json = {"currency": "EUR", "totalNetAmount": net, "totalGrossAmount": net + tax, "totalTaxAmount": tax}
    if discount.percentage:
        total["totalDiscountPercentage"] = discount.percentage
    if discount.absolute:
        total["totalDiscountAbsolute"] = discount.absolute
    taxes = [{"taxRatePercentage": part.rate, "taxAmount": part.tax, "netAmount": part.net} for part in parts]
    return total, taxes


def _tax_conditions(sent: Json, organisation: Organisation) -> Json:
    """Vat-free types print the organisation's stored note unless another is sent (5.5)."""
    conditions = {field: value for field, value in sent.items() if value is not None}
    if sent["taxType"] not in ("net", "gross"):
        conditions.setdefault("taxTypeNote", _TAX_NOTES[organisation.small_business])
    return conditions


def _dated(sent: Json) -> Json:
    return {
        field: stamp(read_stamp(value)) if field.endswith("Date") else value
        for field, value in sent.items()
        if value is not None
    }
