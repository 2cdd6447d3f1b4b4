"""Cents, by chance: what Lexware adds up from a payload is the practice's total, or nothing was sent (G7).

The sums are those of the simulated Lexware, written by other hands than the translation's, in both ways of rounding that
the real one may have. Run more documents with `PROPERTY_DOCUMENTS=100000 pytest -m proof tests/unit/test_translate_property.py`.
"""

import json
import os
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from random import Random

import given
import hypothesis
import pytest
from hypothesis import strategies

from worker.lab.sandbox.rules.totals import Discount, sums
from worker.lexware.translate.documents import Document, Line, Settings
from worker.lexware.translate.problems import Untranslatable
from worker.lexware.translate.translate import translate

DOCUMENTS = int(os.environ.get("PROPERTY_DOCUMENTS", "3000"))
CENT = Decimal("0.01")
ZERO = Decimal(0)
WAYS = ("lines", "sums", "tax of each line", "at the end")
"""How practices round: each line, each rate's sum, the gross of each line, or once."""


def random_line(random: Random, mode: str) -> Line:
    """A line as practices write them: mostly round, sometimes with four decimals, sometimes a discount."""
    quantity = random.choice([Decimal(1), Decimal(random.randint(1, 30)), decimal(random, 0, 99999, 4), Decimal(-1)])
    cents, fine = decimal(random, 1, 30000, 2), decimal(random, -99999, 1999999, 4)
    rate = Decimal(0) if mode == "vatfree" else Decimal(random.choice([0, 7, 19, 19]))
    return given.line(str(quantity), str(random.choice([cents, cents, -cents / 4, fine])), str(rate))


def decimal(random: Random, low: int, high: int, decimals: int) -> Decimal:
    """A number with this many decimals."""
    return Decimal(random.randint(low, high)).scaleb(-decimals)


def practice_total(lines: list[Line], mode: str, way: str) -> Decimal:
    """What a practice's program makes of the lines, by its way of rounding."""
    by_rate: dict[Decimal, Decimal] = defaultdict(Decimal)
    for line in lines:
        net_or_gross = line.quantity * line.unit_price
        gross = net_or_gross * (1 + line.vat_rate / 100) if mode == "net" else net_or_gross
        match way:
            case "lines":
                by_rate[line.vat_rate] += rounded(net_or_gross)
            case "sums":
                by_rate[line.vat_rate] += net_or_gross
            case "tax of each line":
                by_rate[Decimal(0)] += rounded(gross)
            case "at the end":
                by_rate[Decimal(0)] += gross
    whole = {rate: rounded(amount) for rate, amount in by_rate.items()}
    taxes = [rounded(amount * rate / 100) for rate, amount in whole.items() if mode == "net"]
    return sum([*whole.values(), *taxes], Decimal("0.00"))


def rounded(amount: Decimal) -> Decimal:
    """Half up to cents."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def random_case(random: Random, way: str) -> tuple[Document, Settings]:
    """A document with its total reckoned in this way, sometimes a cent off, and the settings of its practice."""
    mode = random.choice(["vatfree", "net", "gross"])
    lines = [random_line(random, mode) for _ in range(random.choice([1, 2, 3, 5]))]
    slip = random.choice(["0.00", "0.00", "0.00", "0.01"]) if way != "lines" else "0.00"
    total = practice_total(lines, mode, way) + Decimal(slip)
    organisation = random.choice(["vatfree", "net", "gross"]) if mode == "vatfree" else random.choice(["net", "gross"])
    settings = given.settings(tax_type=organisation, lines=random.choice(["neutral", "itemised"]))
    return given.invoice(*lines, total=str(total), tax_mode=mode), settings


def lexware_totals(document: Document, settings: Settings) -> set[Decimal]:
    """What the simulated Lexware makes of the payload as it comes over the wire, in both ways of rounding."""
    payload = translate(document, settings, contact_id=given.CONTACT_ID, marker_code=given.CODE).payload
    body = json.loads(json.dumps(payload), parse_float=Decimal)
    gross = body["taxConditions"]["taxType"] == "gross"
    return {
        sum(
            (part.net + part.tax for part in sums(body["lineItems"], Discount(), gross=gross, rounds_each_line=each)),
            ZERO,
        )
        for each in (True, False)
    }


def verdict_on(document: Document, settings: Settings) -> str:
    """The reason of the refusal, or `exact` after the sums were found equal."""
    try:
        totals = lexware_totals(document, settings)
    except Untranslatable as refusal:
        return refusal.problem.reason
    assert document.total is not None
    assert totals == {abs(document.total)}
    return "exact"


def hold_against_lexware(random: Random, way: str) -> str:
    """One document and its cancellation: both exact, so that they add up to 0.00, or both refused."""
    document, settings = random_case(random, way)

    verdict = verdict_on(document, settings)

    assert verdict_on(given.cancellation_of(document), settings) == verdict
    return verdict


@hypothesis.settings(max_examples=150, deadline=None, suppress_health_check=list(hypothesis.HealthCheck))
@hypothesis.given(strategies.randoms(use_true_random=False), strategies.sampled_from(WAYS))
def test_sum_is_exact_or_nothing_is_sent(random: Random, way: str) -> None:
    """Hypothesis looks for a document whose sum would differ, and makes it small."""
    hold_against_lexware(random, way)


@pytest.mark.proof
@pytest.mark.parametrize("way", WAYS)
def test_sum_is_exact_for_very_many_documents(way: str) -> None:
    """The same by plain dice, many more of them; documents are refused for their figures only."""
    random = Random(way)

    verdicts = Counter(hold_against_lexware(random, way) for _ in range(DOCUMENTS // len(WAYS)))

    assert set(verdicts) <= {"exact", "totals_differ", "negative_total"}
    assert verdicts["exact"] > verdicts["totals_differ"]


def test_practice_that_rounds_like_lexware_is_never_refused() -> None:
    """Line by line, tax per rate: whatever the figures, both modes arrive."""
    random = Random("lines")

    verdicts = Counter(hold_against_lexware(random, "lines") for _ in range(300))

    assert set(verdicts) == {"exact", "negative_total"}
