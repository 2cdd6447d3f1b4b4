"""The sums of the simulated Lexware (lexware-api 5.4, 14.5)."""

from decimal import Decimal
from typing import Any

import pytest

from worker.lab.sandbox.rules.totals import Discount, Sum, cents, other_price, sums


def _line(quantity: str, price: str, rate: int = 0, discount: str = "0") -> dict[str, Any]:
    return {
        "type": "custom",
        "quantity": Decimal(quantity),
        "unitPrice": {"netAmount": Decimal(price), "grossAmount": Decimal(price), "taxRatePercentage": rate},
        "discountPercentage": Decimal(discount),
    }


def _sum(rate: int, net: str, tax: str) -> Sum:
    return Sum(Decimal(rate), Decimal(net), Decimal(tax))


TEXT = {"type": "text", "name": "Danke"}
DOCUMENTS: dict[str, tuple[list[dict[str, Any]], bool, Discount, list[Sum]]] = {
    "vatfree": ([_line("1", "32.50"), _line("2", "10")], False, Discount(), [_sum(0, "52.50", "0.00")]),
    "net": ([_line("1", "100", 19)], False, Discount(), [_sum(19, "100.00", "19.00")]),
    "gross": ([_line("1", "119", 19)], True, Discount(), [_sum(19, "100.00", "19.00")]),
    "gross with a remainder": ([_line("1", "10", 7)], True, Discount(), [_sum(7, "9.35", "0.65")]),
    "per rate, lowest first": (
        [_line("1", "10", 19), _line("1", "20"), _line("1", "30", 7)],
        False,
        Discount(),
        [_sum(0, "20.00", "0.00"), _sum(7, "30.00", "2.10"), _sum(19, "10.00", "1.90")],
    ),
    "tax once per rate": ([_line("1", "0.03", 19)] * 3, False, Discount(), [_sum(19, "0.09", "0.02")]),
    "half a cent up": ([_line("1", "0.005")], False, Discount(), [_sum(0, "0.01", "0.00")]),
    "half a cent below zero": ([_line("1", "-0.005")], False, Discount(), [_sum(0, "-0.01", "0.00")]),
    "negative line": ([_line("1", "11.99"), _line("1", "-11.99")], False, Discount(), [_sum(0, "0.00", "0.00")]),
    "text costs nothing": ([TEXT, _line("1", "1")], False, Discount(), [_sum(0, "1.00", "0.00")]),
    "discount of a line": ([_line("1", "10", 0, "12.5")], False, Discount(), [_sum(0, "8.75", "0.00")]),
    "percentage off": ([_line("1", "100", 19)], False, Discount(percentage=Decimal(10)), [_sum(19, "90.00", "17.10")]),
    "amount off": (
        [_line("1", "75"), _line("1", "25", 19)],
        False,
        Discount(absolute=Decimal(10)),
        [_sum(0, "67.50", "0.00"), _sum(19, "22.50", "4.28")],
    ),
}


@pytest.mark.parametrize(("lines", "gross", "discount", "expected"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_sums_per_tax_rate(lines: list[dict[str, Any]], gross: bool, discount: Discount, expected: list[Sum]) -> None:
    """Lines in cents, summed per rate, taxed once per rate, half a cent up."""
    assert sums(lines, discount, gross=gross) == expected


def test_rounding_of_each_line_is_a_switch() -> None:
    """Three lines of 0.005 are three cents, or two."""
    lines = [_line("1", "0.005")] * 3

    by_line = sums(lines, Discount(), gross=False)
    at_the_end = sums(lines, Discount(), gross=False, rounds_each_line=False)

    assert (by_line[0].net, at_the_end[0].net) == (Decimal("0.03"), Decimal("0.02"))


@pytest.mark.parametrize(("amount", "expected"), [("0.005", "0.01"), ("0.00499", "0.00"), ("-0.005", "-0.01")])
def test_cents_are_rounded_half_up(amount: str, expected: str) -> None:
    """Half a cent goes away from zero."""
    assert cents(Decimal(amount)) == Decimal(expected)


@pytest.mark.parametrize(("gross", "expected"), [(False, "15.9460"), (True, "11.2605")])
def test_the_other_side_of_a_price_is_computed(gross: bool, expected: str) -> None:
    """Net gives gross, gross gives net, in four decimals."""
    assert other_price(_line("1", "13.40", 19), gross=gross) == Decimal(expected)
