"""Sums as Lexware computes them, and lines made so that it arrives at the practice's total.

Everything is `Decimal`. The remote rounding is not documented to the last step (lexware-api 5.4, 14.5), so lines are
sent in a form in which every plausible way of rounding gives the same cents. Signs are kept; nothing here knows
invoices from cancellations.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from worker.lexware.translate.documents import TaxMode
from worker.lexware.translate.items import CENT, ONE, Item, to_cents
from worker.lexware.translate.rounding import lawful

FOUR_DECIMALS = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Totals:
    """A document's sums in EUR, whole cents."""

    net: Decimal
    tax: Decimal
    gross: Decimal


def totals(items: Iterable[Item], tax_type: TaxMode) -> Totals:
    """The sums by Lexware's rounding: each line to cents, summed per rate, tax per rate to cents (lexware-api 14.5)."""
    net = tax = Decimal("0.00")
    for item in per_rate(items, round_lines=True):
        due = _tax(item, tax_type)
        net += item.price - due if tax_type == "gross" else item.price
        tax += due
    return Totals(net, tax, net + tax)


def per_rate(items: Iterable[Item], *, round_lines: bool) -> list[Item]:
    """One item of quantity 1 per rate, its price in whole cents: rounded line by line, or only as a sum."""
    sums: dict[Decimal, Decimal] = defaultdict(Decimal)
    for item in items:
        sums[item.rate] += to_cents(item.amount) if round_lines else item.amount
    return [Item(ONE, to_cents(amount), rate) for rate, amount in sorted(sums.items())]


def neutral(items: Sequence[Item], tax_type: TaxMode, total: Decimal) -> tuple[list[Item], TaxMode]:
    """One item per rate by which Lexware arrives at `total`, whichever lawful way the practice rounded, and its tax type.

    A net document whose gross no net amount gives goes gross: so both its total and the VAT in it are the practice's.
    When no way gives the total, the difference is left to be seen: the caller compares.
    """
    ways = [per_rate(items, round_lines=round_lines) for round_lines in (True, False)]
    if way := next((way for way in ways if totals(way, tax_type).gross == total), None):
        return way, tax_type
    amounts = lawful(items, total, net=tax_type == "net")
    if amounts is None:
        return ways[0], tax_type
    gross = per_rate([Item(ONE, one, item.rate) for one, item in zip(amounts, items, strict=True)], round_lines=True)
    if tax_type != "net":
        return gross, tax_type
    net = [Item(ONE, amount, item.rate) for item in gross if (amount := _net_of(item)) is not None]
    return (net, "net") if len(net) == len(gross) else (gross, "gross")


def rounded(items: Sequence[Item], tax_type: TaxMode, total: Decimal) -> list[Item] | None:
    """The items at whole cents, and as the last one the difference that rounding made, of at most a cent a line.

    It stands at the rate that most is charged at. None when there is no such difference, or no lawful one.
    """
    whole = [item if _is_whole(item) else Item(ONE, to_cents(item.amount), item.rate) for item in map(_positive, items)]
    if lawful(items, total, net=tax_type == "net") is None:
        return None
    rate = max(per_rate(whole, round_lines=True), key=lambda item: abs(item.price)).rate
    for cents in sorted(range(-len(whole), len(whole) + 1), key=abs):
        with_it = [*whole, Item(ONE, cents * CENT, rate)]
        if totals(with_it, tax_type).gross == total:
            return with_it if cents else None
    return None


def itemised(items: Sequence[Item], tax_type: TaxMode) -> list[Item]:
    """The items with positive quantities, in a form that has one sum only.

    As they are, unless the way of rounding matters: then lines of fractional cents go as quantity 1 at their rounded
    amount.
    """
    positive = [_positive(item) for item in items]
    if all(_fits(item) for item in positive) and _is_certain(positive, tax_type):
        return positive
    return [item if _is_whole(item) else Item(ONE, to_cents(item.amount), item.rate) for item in positive]


def suspect(items: Sequence[Item], tax_type: TaxMode, difference: Decimal) -> int | None:
    """The place of the one line that explains a difference: the only one, or the only one of just that gross amount."""
    if len(items) == 1:
        return 0
    fitting = [n for n, item in enumerate(items) if abs(totals([item], tax_type).gross) == abs(difference)]
    return fitting[0] if len(fitting) == 1 else None


def _net_of(gross: Item) -> Decimal | None:
    """The net amount from which Lexware makes this gross one; there is not always one."""
    near = to_cents(gross.price / (1 + gross.rate / 100))
    around = (near, near - CENT, near + CENT)
    return next((net for net in around if net + to_cents(net * gross.rate / 100) == gross.price), None)


def _tax(item: Item, tax_type: TaxMode) -> Decimal:
    match tax_type:
        case "vatfree":
            return Decimal("0.00")
        case "net":
            return to_cents(item.price * item.rate / 100)
        case "gross":
            return to_cents(item.price * item.rate / (100 + item.rate))
        case _:
            assert_never(tax_type)


def _positive(item: Item) -> Item:
    # What the server makes of a quantity below or of zero is not known (lexware-api 12).
    if item.quantity == 0:
        return Item(ONE, Decimal(0), item.rate)
    return Item(-item.quantity, -item.price, item.rate) if item.quantity < 0 else item


def _is_certain(items: Sequence[Item], tax_type: TaxMode) -> bool:
    sums = per_rate(items, round_lines=False)
    return len({totals(items, tax_type).gross, totals(sums, tax_type).gross, _rounded_last(items, tax_type)}) == 1


def _rounded_last(items: Sequence[Item], tax_type: TaxMode) -> Decimal:
    gross: dict[Decimal, Decimal] = defaultdict(Decimal)
    for item in items:
        gross[item.rate] += item.amount * (1 + item.rate / 100 if tax_type == "net" else 1)
    return sum(map(to_cents, gross.values()), Decimal("0.00"))


def _is_whole(item: Item) -> bool:
    return _fits(item) and item.amount == to_cents(item.amount)


def _fits(item: Item) -> bool:
    return all(number == number.quantize(FOUR_DECIMALS) for number in (item.quantity, item.price))
