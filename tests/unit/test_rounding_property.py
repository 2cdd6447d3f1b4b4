"""Every lawful way of rounding goes over to the cent, by chance (the sums are the simulated Lexware's).

The default run writes a few documents, `pytest -m proof` 100,000: at most one in a thousand stopped, none wrong.
"""

import json
from collections import Counter
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from random import Random

import given
import pytest

from worker.lab.sandbox.rules.totals import Discount, sums
from worker.lexware.translate.documents import Document, Line
from worker.lexware.translate.problems import Untranslatable
from worker.lexware.translate.translate import translate

CENT = Decimal("0.01")
Way = Callable[[list[Line]], Decimal]


def cents(amount: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    """To whole cents."""
    return amount.quantize(CENT, rounding)


def share(line: Line) -> Decimal:
    """The line's VAT for each euro."""
    return line.vat_rate / 100


def per_document(lines: list[Line]) -> Decimal:
    """Nothing is rounded before the end."""
    return cents(sum((line.quantity * line.unit_price * (1 + share(line)) for line in lines), Decimal(0)))


def per_line(lines: list[Line]) -> Decimal:
    """The net amount of each line, and its tax."""
    nets = [(cents(line.quantity * line.unit_price), share(line)) for line in lines]
    return sum((net + cents(net * rate) for net, rate in nets), Decimal("0.00"))


def per_unit(lines: list[Line]) -> Decimal:
    """Of each line the gross price of a unit, from which the net one was made."""
    return sum((cents(line.quantity * cents(line.unit_price * (1 + share(line)))) for line in lines), Decimal("0.00"))


def half_even(lines: list[Line]) -> Decimal:
    """Each line and its tax to the even cent, as banks and many programs do."""
    nets = [(cents(line.quantity * line.unit_price, ROUND_HALF_EVEN), share(line)) for line in lines]
    return sum((net + cents(net * rate, ROUND_HALF_EVEN) for net, rate in nets), Decimal("0.00"))


WAYS: list[Way] = [per_document, per_line, per_unit, half_even]


def random_line(random: Random, way: Way) -> Line:
    """A line as a practice that rounds in this way writes it."""
    rate = Decimal(random.choice([0, 7, 19, 19]))
    quantity = random.choice(["1", "1", str(random.randint(1, 12)), "0.5", "0.25", "1.5", f"{random.random() * 3:.2f}"])
    price = Decimal(random.randint(50, 30000)).scaleb(-2)
    if way is per_unit:
        price = (price / (1 + rate / 100)).quantize(Decimal(random.choice(["0.01", "0.0001"])), ROUND_HALF_UP)
    elif random.random() < 0.2:
        price += Decimal(random.randint(0, 99)).scaleb(-4)
    return given.line(quantity, str(price), str(rate))


def random_document(random: Random, way: Way) -> Document:
    """A net document whose total came about in this way."""
    lines = [random_line(random, way) for _ in range(random.randint(1, 8))]
    return given.invoice(*lines, total=str(way(lines)), tax_mode="net")


def outcome(document: Document, mode: str) -> str:
    """What becomes of it in this mode: a wrong sum fails the test."""
    settings = given.settings(tax_type="net", lines=mode)
    try:
        translation = translate(document, settings, contact_id=given.CONTACT_ID, marker_code=given.CODE)
    except Untranslatable as refusal:
        return refusal.problem.reason
    body = json.loads(json.dumps(translation.payload), parse_float=Decimal)
    gross = body["taxConditions"]["taxType"] == "gross"
    for each in (True, False):
        parts = sums(body["lineItems"], Discount(), gross=gross, rounds_each_line=each)
        assert sum(part.net + part.tax for part in parts) == abs(document.total or 0)
    return "exact"


def outcomes(way: Way, documents: int) -> Counter[str]:
    """Of so many documents of one way, in both modes by turns, and now and then of their cancellations."""
    random, found = Random(way.__name__), Counter[str]()
    for place in range(documents):
        document, mode = random_document(random, way), ("neutral", "itemised")[place % 2]
        said = outcome(document, mode)
        found[said] += 1
        if place % 20 < 2:
            assert outcome(given.cancellation_of(document), mode) == said
    return found


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "documents", [pytest.param(250, id="few"), pytest.param(25_000, id="many", marks=[pytest.mark.proof])]
)
@pytest.mark.timeout(1800)
def test_every_lawful_total_goes_over(way: Way, documents: int) -> None:
    """At most one in a thousand is stopped, and none arrives with another sum."""
    found = outcomes(way, documents)

    assert set(found) <= {"exact", "totals_differ"}
    assert found["totals_differ"] <= found.total() / 1000
