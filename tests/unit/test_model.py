"""G1 to G3, proven on a model: every interleaving of one delivery, and what each guard is for.

The delivery is the real one, driven step by step; PostgreSQL, Redis, Lexware and time are the model's. Nothing is
sampled: all worlds that can be reached within a budget of faults are visited. What takes seconds is a proof
(`pytest -m proof`); larger budgets still: `python -m tests.model`.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from model.explore import NEVER_ENDS, explore
from model.invariants import UNTOLD
from model.postgres import STATEMENTS
from model.rules import Guard, Rules
from model.scenarios import (
    LATE,
    LATE_BYTES,
    WITHOUT,
    invoice,
    invoice_and_cancellation,
    invoice_of_a_stranger,
    two_invoices_of_a_stranger,
)
from model.steps import Model
from model.world import Budget, World

from outbox.sql import query

_DELIVERED = ("delivered", None)
_REFUSED = ("dead", "refused_by_lexware")
_FROZEN = ("dead", "sender_frozen")
_WAITS = ("pending", None)


@pytest.mark.parametrize(
    ("model", "start", "ends"),
    [
        pytest.param(
            LATE,
            invoice(Budget(crashes=2, copies=1, mishaps=1)),
            {(_DELIVERED,), (_REFUSED,)},
            id="two deaths, a copy of a message, a mishap",
            marks=pytest.mark.proof,
        ),
        pytest.param(LATE, invoice(Budget(mishaps=3)), {(_DELIVERED,), (_REFUSED,)}, id="three mishaps"),
        pytest.param(
            LATE,
            invoice(Budget(freezes=1, late=1)),
            {(_DELIVERED,), (_FROZEN,)},
            id="frozen and overtaken, a late message",
            marks=pytest.mark.proof,
        ),
        pytest.param(
            LATE_BYTES,
            invoice(Budget(freezes=1, mishaps=1)),
            {(_DELIVERED,), (_REFUSED,), (_FROZEN,)},
            id="frozen even at its bytes and overtaken, a mishap",
            marks=pytest.mark.proof,
        ),
        pytest.param(
            LATE_BYTES,
            invoice(Budget(freezes=1, crashes=1)),
            {(_DELIVERED,), (_FROZEN,)},
            id="frozen and overtaken by one that dies",
            marks=pytest.mark.proof,
        ),
        pytest.param(
            LATE_BYTES,
            invoice(Budget(freezes=1, lost_sessions=1)),
            {(_DELIVERED,), (_FROZEN,)},
            id="frozen, its session lost",
            marks=pytest.mark.proof,
        ),
        pytest.param(
            LATE,
            invoice_of_a_stranger(Budget(crashes=1, mishaps=1)),
            {(_DELIVERED,), (_REFUSED,)},
            id="unknown payer: a death, a mishap",
        ),
        pytest.param(
            LATE_BYTES,
            invoice_of_a_stranger(Budget(freezes=1, copies=1)),
            {(_DELIVERED,), (_FROZEN,)},
            id="unknown payer: frozen and overtaken, a copy",
            marks=pytest.mark.proof,
        ),
        pytest.param(
            LATE,
            two_invoices_of_a_stranger(Budget(mishaps=1)),
            {(_DELIVERED, _DELIVERED), (_REFUSED, _DELIVERED), (_DELIVERED, _REFUSED)},
            id="two invoices of one unknown payer: a mishap",
        ),
        pytest.param(
            LATE,
            invoice_and_cancellation(Budget(crashes=1, mishaps=1)),
            {(_DELIVERED, _DELIVERED), (_DELIVERED, _REFUSED), (_REFUSED, _WAITS)},
            id="invoice and cancellation: a death, a mishap",
            marks=pytest.mark.proof,
        ),
        pytest.param(
            LATE_BYTES,
            invoice_and_cancellation(Budget(freezes=1)),
            {(_DELIVERED, _DELIVERED), (_DELIVERED, _FROZEN), (_FROZEN, _WAITS)},
            id="invoice and cancellation: frozen and overtaken",
            marks=pytest.mark.proof,
        ),
    ],
)
def test_whatever_happens_once_and_to_the_end(model: Model, start: World, ends: set) -> None:
    """Nothing twice, nothing lost, in order, no dead letter without need; from everywhere an end can be reached."""
    explored = explore(model, start)

    assert (explored.wrong, explored.way) == (None, [])
    assert explored.ends == ends


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_model_speaks_of_the_products_statements(name: str) -> None:
    """A statement that was renamed or dropped must not live on in the model; one without a model raises there."""
    assert query(name)


_GUARDS: list[tuple[Guard, Model, Callable[[Budget], World], Budget, str]] = [
    ("epoch", LATE, invoice, Budget(copies=1, late=1), "an old message began a claim"),
    ("one begin", LATE, invoice, Budget(copies=1), "a healthy delivery lost its claim"),
    ("one in flight", LATE, two_invoices_of_a_stranger, Budget(), "two in flight in a lane"),
    ("contact first", LATE, two_invoices_of_a_stranger, Budget(mishaps=1), "moved while its contact was in doubt"),
    ("intent's fence", LATE, invoice, Budget(freezes=1), "a licence without a claim"),
    ("settlement's fence", LATE, invoice, Budget(freezes=1), "a healthy delivery lost its claim"),
    ("answer without fence", LATE, invoice, Budget(freezes=1), "an answer was thrown away"),
    ("open intents seen", LATE, invoice, Budget(mishaps=1), "an endless circle"),
    ("settle time", LATE, invoice, Budget(freezes=1, mishaps=1), "twice in Lexware"),
    ("second absence", LATE, invoice, Budget(mishaps=1), "twice in Lexware"),
    ("sender alive", LATE_BYTES, invoice, Budget(freezes=1), "twice in Lexware"),
    ("deadline", LATE, invoice, Budget(freezes=1, lost_sessions=1), "twice in Lexware"),
    (
        "look again",
        WITHOUT,
        invoice,
        Budget(freezes=1, lost_sessions=1, mishaps=1),
        UNTOLD,
    ),
    ("unbegun come back", LATE, invoice, Budget(late=1), NEVER_ENDS),
    ("orphans come back", LATE, invoice, Budget(crashes=1), NEVER_ENDS),
    ("expired come back", LATE, invoice, Budget(freezes=1), NEVER_ENDS),
]


#: These are found late.
_FAR = {"settle time", "look again", "deadline"}


@pytest.mark.parametrize(
    ("guard", "model", "start", "budget", "wrong"),
    [pytest.param(*row, id=row[0], marks=[pytest.mark.proof] if row[0] in _FAR else []) for row in _GUARDS],
)
def test_without_a_guard_it_goes_wrong(
    guard: Guard, model: Model, start: Callable[[Budget], World], budget: Budget, wrong: str
) -> None:
    """Every guard is needed: without it there is a way to what must not be."""
    bare = replace(model, rules=Rules(frozenset({guard})))

    explored = explore(bare, start(budget), looking_for=wrong)

    assert explored.wrong == wrong


@pytest.mark.parametrize(
    ("second_line", "first_line", "budget"),
    [
        pytest.param("one open intent", "open intents seen", Budget(mishaps=1), id="the index behind the look first"),
        pytest.param(
            "nothing known",
            "intent's fence",
            Budget(freezes=1, lost_sessions=1),
            id="what is known behind the fence",
            marks=pytest.mark.proof,
        ),
    ],
)
def test_a_second_line_holds_where_the_first_is_gone(second_line: Guard, first_line: Guard, budget: Budget) -> None:
    """Two guards of the intent are never needed as long as another holds; without both, it is there twice."""

    def twice_without(*guards: Guard) -> str | None:
        model = replace(LATE, rules=Rules(frozenset(guards)))
        return explore(model, invoice(budget), looking_for="twice in Lexware").wrong

    assert twice_without(second_line) is None
    assert twice_without(first_line) is None
    assert twice_without(first_line, second_line) == "twice in Lexware"


@pytest.mark.proof
def test_the_gap_that_stays_is_the_one_that_is_named() -> None:
    """Frozen between its last look at the clock and its bytes, and its session lost as well: only then twice."""
    budget = Budget(freezes=1, lost_sessions=1)

    assert explore(LATE_BYTES, invoice(budget)).wrong is None
    assert explore(WITHOUT, invoice(budget), looking_for="twice in Lexware").wrong == "twice in Lexware"


@pytest.mark.proof
@pytest.mark.parametrize(
    "start",
    [
        pytest.param(invoice(Budget(freezes=1, lost_sessions=1, mishaps=1)), id="even if its answer is never heard"),
        pytest.param(invoice_of_a_stranger(Budget(freezes=1, lost_sessions=1)), id="and of a contact"),
    ],
)
def test_the_gap_that_stays_is_told(start: World) -> None:
    """What such a process sent late is looked for when it has given up: every such world ends as `duplicate_found`."""
    explored = explore(WITHOUT, start, looking_for=UNTOLD)

    assert (explored.wrong, explored.way) == (None, [])
    assert any(("dead", "duplicate_found") in end for end in explored.ends)


def test_a_list_that_lags_longer_than_all_looks_is_found_out() -> None:
    """The other gap that is named: there twice, and every such world ends as a dead letter that says so."""
    lagging = replace(LATE, latest_seconds=6 * LATE.rules.pace.settle_seconds)

    assert explore(lagging, invoice(Budget(mishaps=1)), looking_for="twice in Lexware").wrong == "twice in Lexware"
    explored = explore(lagging, invoice(Budget(mishaps=1)), looking_for=UNTOLD)

    assert explored.wrong is None
    assert (("dead", "duplicate_found"),) in explored.ends
