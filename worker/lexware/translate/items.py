"""A line as far as money goes, and cents as Lexware rounds them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ONE = Decimal(1)
_FINEST = Decimal("1e-10")


@dataclass(frozen=True, slots=True)
class Item:
    """`price` is per unit, net or gross as the tax type says; `rate` is per cent."""

    quantity: Decimal
    price: Decimal
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        """What the line comes to, not rounded."""
        return self.quantity * self.price


def to_cents(amount: Decimal) -> Decimal:
    """Round half up (away from zero), so that an amount and its reversal stay each other's opposite; never -0.00."""
    return amount.quantize(CENT, ROUND_HALF_UP) + 0


def reckoned(number: Decimal) -> Decimal:
    """A price or a quantity as it is reckoned with: what stands behind the tenth decimal is the noise of a division."""
    rounded = number.quantize(_FINEST, ROUND_HALF_UP)
    return number if number == rounded else rounded
