"""Sums as Lexware computes them, and lines made so that there is only one sum."""

from decimal import Decimal

import pytest

from worker.lexware.translate import cents
from worker.lexware.translate.cents import Totals
from worker.lexware.translate.documents import TaxMode
from worker.lexware.translate.items import Item, to_cents


def item(quantity: str, price: str, rate: str = "0") -> Item:
    """A line in figures."""
    return Item(Decimal(quantity), Decimal(price), Decimal(rate))


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("0.005", "0.01"), ("0.0049", "0.00"), ("-0.005", "-0.01"), ("-0.0049", "0.00"), ("23.875", "23.88")],
)
def test_cents_are_rounded_half_up(amount: str, expected: str) -> None:
    """Half a cent counts, away from zero on both sides; there is no -0.00."""
    assert str(to_cents(Decimal(amount))) == expected


@pytest.mark.parametrize(
    ("items", "tax_type", "net", "tax", "gross"),
    [
        pytest.param([], "net", "0.00", "0.00", "0.00", id="nothing"),
        pytest.param([item("2", "32.50")], "vatfree", "65.00", "0.00", "65.00", id="vatfree"),
        pytest.param([item("1", "100", "19")], "net", "100.00", "19.00", "119.00", id="net"),
        pytest.param([item("1", "119", "19")], "gross", "100.00", "19.00", "119.00", id="gross"),
        pytest.param([item("3", "0.10", "19")], "net", "0.30", "0.06", "0.36", id="tax of the sum, not of each"),
        pytest.param([item("1", "0.10", "19")] * 3, "net", "0.30", "0.06", "0.36", id="tax of the rate's sum"),
        pytest.param([item("0.25", "95.50")] * 2, "vatfree", "47.76", "0.00", "47.76", id="each line to cents first"),
        pytest.param(
            [item("1", "100", "19"), item("1", "100", "7"), item("1", "50")],
            "net",
            "250.00",
            "26.00",
            "276.00",
            id="rates",
        ),
        pytest.param(
            [item("1", "107", "7"), item("1", "-10.70", "7")],
            "gross",
            "90.00",
            "6.30",
            "96.30",
            id="discount as a line",
        ),
        pytest.param([item("1", "-0.50", "19")], "net", "-0.50", "-0.10", "-0.60", id="below zero like above"),
    ],
)
def test_totals_follow_lexwares_rounding(items: list[Item], tax_type: TaxMode, net: str, tax: str, gross: str) -> None:
    """Each line to cents, summed per rate, tax per rate to cents."""
    assert cents.totals(items, tax_type) == Totals(Decimal(net), Decimal(tax), Decimal(gross))


def test_neutral_is_one_item_per_rate() -> None:
    """Quantity 1, whole cents, lowest rate first."""
    items = [item("2", "10", "19"), item("1", "5"), item("1", "1.50", "19")]

    expected = [item("1", "5.00"), item("1", "21.50", "19")]

    assert cents.neutral(items, "net", Decimal("30.59")) == (expected, "net")


@pytest.mark.parametrize(
    ("total", "price"),
    [pytest.param("47.76", "47.76", id="rounded line by line"), pytest.param("47.75", "47.75", id="rounded as a sum")],
)
def test_neutral_follows_the_practices_way_of_rounding(total: str, price: str) -> None:
    """Whether the practice rounds lines or sums, Lexware arrives at its total."""
    assert cents.neutral([item("0.25", "95.50")] * 2, "vatfree", Decimal(total)) == ([item("1", price)], "vatfree")


def test_neutral_leaves_a_true_difference_to_be_seen() -> None:
    """No price is invented to hide a difference."""
    items = [item("1", "32.50")]

    assert cents.neutral(items, "vatfree", Decimal("32.51")) == (items, "vatfree")


@pytest.mark.parametrize(
    ("items", "total", "expected", "tax_type"),
    [
        pytest.param(
            [item("1", "0.13", "19")] * 4, "0.60", [item("1", "0.50", "19")], "net", id="another net gives it"
        ),
        pytest.param([item("1", "0.10", "19")] * 4, "0.47", [item("1", "0.47", "19")], "gross", id="no net gives it"),
        pytest.param(
            [item("10", "84.03", "19")], "1000.00", [item("1", "840.34", "19")], "net", id="from gross prices"
        ),
        pytest.param(
            [item("1", "0.10", "19")] * 4 + [item("1", "5")],
            "5.47",
            [item("1", "5.00"), item("1", "0.47", "19")],
            "gross",
            id="with a rate of nothing",
        ),
    ],
)
def test_neutral_arrives_at_a_tax_that_was_rounded_otherwise(
    items: list[Item], total: str, expected: list[Item], tax_type: TaxMode
) -> None:
    """Net where an amount gives the practice's gross, else gross."""
    found = cents.neutral(items, "net", Decimal(total))

    assert found == (expected, tax_type)
    assert cents.totals(*found).gross == Decimal(total)


@pytest.mark.parametrize(
    ("items", "total", "expected"),
    [
        pytest.param(
            [item("0.25", "95.50")] * 2, "47.75", [item("1", "23.88")] * 2 + [item("1", "-0.01")], id="rounded as a sum"
        ),
        pytest.param([item("0.25", "95.50")] * 2, "47.76", None, id="nothing to name"),
        pytest.param([item("1", "32.50")], "32.51", None, id="a true difference"),
        pytest.param([item("1000", "0.001")], "1.01", None, id="beyond a cent a line"),
    ],
)
def test_difference_of_rounding_is_a_line_of_its_own(
    items: list[Item], total: str, expected: list[Item] | None
) -> None:
    """At most one cent a line, and only where a lawful way gives the total."""
    assert cents.rounded(items, "vatfree", Decimal(total)) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param([item("1.5", "30")], [item("1.5", "30")], id="whole cents stay"),
        pytest.param([item("0.25", "95.50")], [item("0.25", "95.50")], id="one way or the other, the same sum"),
        pytest.param([item("0.25", "95.50")] * 2, [item("1", "23.88")] * 2, id="else at the rounded amount"),
        pytest.param([item("-2", "10")], [item("2", "-10")], id="sign on the price"),
        pytest.param([item("-2", "-10")], [item("2", "10")], id="both signs"),
        pytest.param([item("0", "10")], [item("1", "0")], id="quantity zero"),
        pytest.param([item("0.33333", "3")], [item("1", "1.00")], id="five decimals of a quantity"),
        pytest.param([item("2", "0.00001")], [item("1", "0.00")], id="five decimals of a price"),
    ],
)
def test_itemised_has_one_sum_only(items: list[Item], expected: list[Item]) -> None:
    """Lines go as they are, unless the way of rounding matters or Lexware would refuse the figures."""
    assert cents.itemised(items, "vatfree") == expected


def test_itemised_heeds_a_tax_that_is_rounded_last() -> None:
    """A server that rounds only the gross of a rate must arrive at the same cents too."""
    undecided = [item("0.5", "0.05", "19")]

    assert cents.totals(undecided, "net").gross != to_cents(Decimal("0.5") * Decimal("0.05") * Decimal("1.19"))
    assert cents.itemised(undecided, "net") == [item("1", "0.03", "19")]


@pytest.mark.parametrize(
    ("items", "difference", "place"),
    [
        pytest.param([item("1", "5")], "0.01", 0, id="the only line"),
        pytest.param([item("1", "5"), item("1", "7")], "-7.00", 1, id="left out of the total"),
        pytest.param([item("1", "5"), item("1", "100", "19")], "119.00", 1, id="counted twice, with its tax"),
        pytest.param([item("1", "5"), item("1", "5")], "5.00", None, id="two it could be"),
        pytest.param([item("1", "5"), item("1", "7")], "0.01", None, id="none of this amount"),
    ],
)
def test_line_is_named_when_one_explains_it(items: list[Item], difference: str, place: int | None) -> None:
    """Only a line that stands out is suspected."""
    assert cents.suspect(items, "net", Decimal(difference)) == place
