"""What makes line items acceptable (lexware-api 5.4)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from worker.lab.sandbox.records import Kind
from worker.lab.sandbox.rules.violations import Violation, missing, not_euro, too_fine, too_long
from worker.lab.sandbox.switches import Switches
from worker.lab.sandbox.wire import Json

_TYPES = ("custom", "text", "service", "material")
_RATES = frozenset({Decimal(0), Decimal(7), Decimal(19)})
_RATES_LATE_2020 = frozenset({Decimal(0), Decimal(5), Decimal(16)})


def rates_on(day: date) -> frozenset[Decimal]:
    """The German VAT rates of a day."""
    return _RATES_LATE_2020 if date(2020, 7, 1) <= day <= date(2020, 12, 31) else _RATES


def line_violations(
    lines: list[Json] | None, kind: Kind, tax_type: str | None, day: date, switches: Switches
) -> Iterator[Violation]:
    """Everything wrong with the lines of a document; `day` is the one whose tax rates count."""
    if lines is None:
        yield missing("lineItems")
        return
    if not lines:
        yield Violation("NOTEMPTY", "lineItems", "darf nicht leer sein")
    if len(lines) > 300:
        yield Violation("SIZE", "lineItems", "size must be between 1 and 300")
    for position, line in enumerate(lines):
        where = f"lineItems[{position}]"
        yield from _words(line, where, switches)
        if line.get("type") != "text":
            yield from _amounts(line, where, kind, switches)
            yield from _price(line.get("unitPrice"), f"{where}.unitPrice", tax_type, switches)
            yield from _rate(line.get("unitPrice") or {}, f"{where}.unitPrice.taxRatePercentage", tax_type, day)


def _words(line: Json, where: str, switches: Switches) -> Iterator[Violation]:
    kind = line.get("type")
    if kind is None:
        yield missing(f"{where}.type")
    elif kind not in _TYPES:
        yield Violation("INVALID", f"{where}.type", f"must be one of {', '.join(_TYPES)}")
    if kind in ("service", "material") and not line.get("id"):
        yield missing(f"{where}.id")
    elif kind in ("custom", "text") and line.get("id") is not None:
        message = "Only line items of type 'material' or 'service' can contain an ID"
        yield Violation("INVALID", f"{where}.id", message)
    described = kind == "text" and bool((line.get("description") or "").strip())
    if not (line.get("name") or "").strip() and not described:
        yield missing(f"{where}.name")
    if switches.line_name_limit:
        yield from too_long(line.get("name"), switches.line_name_limit, f"{where}.name", switches)
    yield from too_long(line.get("description"), 2000, f"{where}.description", switches)


def _amounts(line: Json, where: str, kind: Kind, switches: Switches) -> Iterator[Violation]:
    quantity = line.get("quantity")
    if quantity is None:
        yield missing(f"{where}.quantity")
    elif quantity < 0 and not switches.accepts_negative_quantity:
        yield Violation("MIN", f"{where}.quantity", "must not be negative")
    elif quantity == 0 and not switches.accepts_zero_quantity:
        yield Violation("MIN", f"{where}.quantity", "must not be 0")
    if not switches.rounds_excess_decimals:
        yield from too_fine(quantity, 4, f"{where}.quantity")
    if not (line.get("unitName") or "").strip():
        yield missing(f"{where}.unitName")
    if kind == "invoice":
        yield from too_fine(line.get("discountPercentage"), 2, f"{where}.discountPercentage")
        if not switches.accepts_negative_line_prices and _is_negative(line):
            yield Violation("MIN", f"{where}.unitPrice", "prices are positive")
    elif not switches.accepts_negative_credit_lines and _is_negative(line):
        yield Violation("MIN", f"{where}.unitPrice", "amounts of a credit note are positive")


def _is_negative(line: Json) -> bool:
    price = line.get("unitPrice") or {}
    return any((value or 0) < 0 for value in (line.get("quantity"), price.get("netAmount"), price.get("grossAmount")))


def _price(price: Json | None, where: str, tax_type: str | None, switches: Switches) -> Iterator[Violation]:
    if price is None:
        yield missing(where)
        return
    yield from not_euro(price.get("currency"), f"{where}.currency")
    wanted = "grossAmount" if tax_type == "gross" else "netAmount"
    if price.get(wanted) is None:
        yield missing(f"{where}.{wanted}")
    if not switches.rounds_excess_decimals:
        yield from too_fine(price.get("netAmount"), 4, f"{where}.netAmount")
        yield from too_fine(price.get("grossAmount"), 4, f"{where}.grossAmount")


def _rate(price: Json, where: str, tax_type: str | None, day: date) -> Iterator[Violation]:
    rate = price.get("taxRatePercentage")
    if rate is None:
        yield missing(where)
    elif rate not in rates_on(day):
        yield Violation("INVALID", where, "the tax rate is not valid on the relevant date")
    elif rate != 0 and tax_type not in ("net", "gross", None):
        yield Violation("INVALID", where, "must be 0 for this tax type")
