"""The sums Lexware computes itself, in `Decimal`, rounded half up (lexware-api 5.4, 14.5).

In cents per line (`lineItemAmount`; a switch turns this off), then per tax rate: the lines of a rate are summed, the
document's discount is taken off, and the tax of that sum is rounded once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from worker.lab.sandbox.wire import Json

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Sum:
    """The part of a total that falls on one tax rate."""

    rate: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Discount:
    """Taken off the whole document: a percentage, or an amount spread over the rates by their share."""

    percentage: Decimal = Decimal(0)
    absolute: Decimal = Decimal(0)

    def factor(self, whole: Decimal) -> Decimal:
        """What is left of every euro of a document that would come to `whole`."""
        if self.absolute and whole:
            return 1 - self.absolute / whole
        return 1 - self.percentage / _HUNDRED


def cents(amount: Decimal) -> Decimal:
    """Round half up to cents (half away from zero below it)."""
    return amount.quantize(_CENT, ROUND_HALF_UP)


def line_amount(line: Json, *, gross: bool) -> Decimal:
    """Quantity times price less the line's discount, unrounded; 0 for a text line."""
    if line["type"] == "text":
        return Decimal(0)
    price = line["unitPrice"]["grossAmount" if gross else "netAmount"]
    discount = Decimal(line.get("discountPercentage") or 0)
    return Decimal(line["quantity"]) * Decimal(price) * (1 - discount / _HUNDRED)


def sums(lines: Iterable[Json], discount: Discount, *, gross: bool, rounds_each_line: bool = True) -> list[Sum]:
    """The document per tax rate, lowest first. Amounts of `gross` documents contain their tax."""
    by_rate: dict[Decimal, Decimal] = {}
    for line in lines:
        if line["type"] != "text":
            rate = Decimal(line["unitPrice"]["taxRatePercentage"])
            amount = line_amount(line, gross=gross)
            by_rate[rate] = by_rate.get(rate, Decimal(0)) + (cents(amount) if rounds_each_line else amount)
    left = discount.factor(sum(by_rate.values(), Decimal(0)))
    return [_taxed(rate, cents(amount * left), gross=gross) for rate, amount in sorted(by_rate.items())]


def _taxed(rate: Decimal, amount: Decimal, *, gross: bool) -> Sum:
    if gross:
        tax = cents(amount * rate / (_HUNDRED + rate))
        return Sum(rate, amount - tax, tax)
    return Sum(rate, amount, cents(amount * rate / _HUNDRED))


def other_price(line: Json, *, gross: bool) -> Decimal:
    """The side of a unit price that was not sent, in four decimals."""
    price, rate = line["unitPrice"], Decimal(line["unitPrice"]["taxRatePercentage"])
    if gross:
        other = Decimal(price["grossAmount"]) * _HUNDRED / (_HUNDRED + rate)
    else:
        other = Decimal(price["netAmount"]) * (_HUNDRED + rate) / _HUNDRED
    return other.quantize(Decimal("0.0001"), ROUND_HALF_UP)
