"""What each line came to when a total was rounded in another lawful way than Lexware's.

Practices round each line, each unit, each rate or the document, half up or half to even, and reckon from net or from
gross prices; the law allows all of it. A total that none of these gives is refused. Whole cents, no tax types.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from worker.lexware.translate.items import CENT, Item

_HALVES = (ROUND_HALF_UP, ROUND_HALF_EVEN)
_WIDEST = 200_000
"""Cents between the lowest and the highest lawful total beyond which nothing is looked for: prices of so many units
say nothing any more."""


def lawful(items: Sequence[Item], total: Decimal, *, net: bool) -> list[Decimal] | None:
    """The gross amount of each line by a lawful way of rounding that gives `total`; None when there is none.

    One way for all lines if that is enough, else the amounts nearest to the exact ones. `net`: prices are net.
    """
    ways = [list(_of_one_way(item, net=net)) for item in items]
    for amounts in zip(*ways, strict=True):
        if sum(amounts) == total:
            return list(amounts)
    choices = [sorted({*amounts, *_either_way(item, net=net)}) for amounts, item in zip(ways, items, strict=True)]
    return _chosen(choices, [_gross(item, net=net) for item in items], total)


def _of_one_way(item: Item, *, net: bool) -> Iterator[Decimal]:
    """The line by each way in turn, as many for every line."""
    share = item.rate / 100 if net else Decimal(0)
    for half in _HALVES:
        amount = _cents(item.amount, half)
        yield amount + _cents(amount * share, half)
        yield amount + _cents(item.amount * share, half)
        yield _cents(item.amount * (1 + share), half)
        yield _cents(item.quantity * _cents(item.price * (1 + share), half), half)
        yield _cents(item.quantity * (item.price + _cents(item.price * share, half)), half)
        yield _cents(item.quantity * _cents(item.price, half) * (1 + share), half)
        yield _cents(item.quantity * _listed(item, share, half), half)


def _either_way(item: Item, *, net: bool) -> Iterator[Decimal]:
    """What the line may come to when it is a sum of lines that is rounded."""
    exact = _gross(item, net=net)
    amounts = [exact] if not net else [exact, *(_cents(item.amount, half) * (1 + item.rate / 100) for half in _HALVES)]
    for amount in amounts:
        yield _cents(amount, ROUND_FLOOR)
        yield _cents(amount, ROUND_CEILING)


def _listed(item: Item, share: Decimal, half: str) -> Decimal:
    """The gross price in whole cents that a net price was made from; where none fits, the one it gives."""
    gross = item.price * (1 + share)
    finest = min(CENT, Decimal(1).scaleb(int(item.price.normalize().as_tuple().exponent)))
    around = [_cents(gross, ROUND_FLOOR), _cents(gross, ROUND_CEILING)]
    fitting = [one for one in around if (one / (1 + share)).quantize(finest, half) == item.price]
    other = [one for one in fitting if one != _cents(gross, half)]
    return next(iter(other or fitting), _cents(gross, half))


def _chosen(choices: list[list[Decimal]], exact: list[Decimal], total: Decimal) -> list[Decimal] | None:
    """One amount of each line so that they add up to the total: sums that can be reached are bits of a number."""
    lowest = sum(options[0] for options in choices)
    if sum(options[-1] for options in choices) - lowest > _WIDEST * CENT:
        return None
    reached = [1]
    for options in choices:
        reached.append(_union(reached[-1] << _steps(option - options[0]) for option in options))
    left = _steps(total - lowest)
    if left < 0 or total != total.quantize(CENT) or not reached[-1] >> left & 1:
        return None
    amounts = []
    for options, before, wanted in zip(choices[::-1], reached[-2::-1], exact[::-1], strict=True):
        steps = {option: _steps(option - options[0]) for option in options}
        possible = [option for option in options if left >= steps[option] and before >> left - steps[option] & 1]
        nearest = min(possible, key=lambda option: abs(option - wanted))
        left -= steps[nearest]
        amounts.append(nearest)
    return amounts[::-1]


def _union(bits: Iterator[int]) -> int:
    together = 0
    for some in bits:
        together |= some
    return together


def _steps(amount: Decimal) -> int:
    return int(amount / CENT)


def _gross(item: Item, *, net: bool) -> Decimal:
    return item.amount * (1 + item.rate / 100) if net else item.amount


def _cents(amount: Decimal, rounding: str) -> Decimal:
    return amount.quantize(CENT, rounding) + 0
