"""The quick look before the leak check (`contract.may_leak`) lets no document pass in which the check finds something."""

import random
from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
import services
from practice import Practice

_MONTHS = (
    "Januar Jan. JÄNNER", "Februar Feb", "März MAERZ Mrz", "April APR", "Mai", "Juni Jun.", "Juli jul", "August Aug.",
    "September Sept", "Oktober OKT", "November nov.", "Dezember Dez",
)  # fmt: skip
_IN_FIGURES = (
    "{d}.{m}.{y}", "{dd}.{mm}.{yy}", "{dd} / {mm} / {y}", "{d}-{m}-{yy}", "{dd} \u2013 {mm} \u2013 {y}", "{y}-{mm}-{dd}", "{y}.{m}.{d}",
    "{dd}{mm}{y}", "{y} {mm} {dd}", "{dd}\u2010{mm}\u2011{y}", "{d}.\u200b{m}.\u00ad{yy}",
)  # fmt: skip
_IN_WORDS = ("{d}. {name} {y}", "{dd}.{name}{yy}", "{d} {name} {yy}", "am {dd}.  {name} {y}")
_INSURED = "A123-45.6/78"
_PIECES = (
    "3",
    "03",
    "13",
    "7",
    "07",
    "61",
    "1961",
    "19",
    ".",
    "/",
    "-",
    "\u2013",
    " ",
    "\n",
    "Juli",
    "Mai",
    "A123",
    "-45.",
    "6/78",
    "Lovelace",
)


@pytest.fixture(scope="module", name="ada")
def _ada(_postgres: str, _template: str) -> Iterator[Practice]:
    with services.database(_postgres, template=_template) as url, psycopg.connect(url, autocommit=True) as db:
        yield Practice(db)


def invoices(ada: Practice, born: date, texts: list[str]) -> list[int]:
    """An invoice for each text, of a payer with this birth date; the text is introduction and number."""
    payer = ada.customer(birth_date=born, insurance_number=_INSURED, last_name="Lovelace")
    rows = ada.db.execute(
        "insert into practice.invoices (practice_id, customer_id, status, number, introduction) "
        "select %s, %s, 'completed', 'N' || n || ' ' || t, t from unnest(%s::text[]) with ordinality as w (t, n) returning id",
        (ada.practice_id, payer, texts),
    ).fetchall()
    return [row[0] for row in rows]


def told(ada: Practice, ids: list[int], function: str = "leaked") -> list[set[str]]:
    """What is found in each."""
    asked = f"select contract.{function}(id) from unnest(%s::bigint[]) with ordinality as w (id, n) order by n"
    return [set(row[0]) for row in ada.db.execute(asked.encode(), (ids,)).fetchall()]


def without_the_quick_look(ada: Practice) -> None:
    """`contract.thorough`: the check itself, always."""
    row = ada.db.execute("select pg_get_functiondef('contract.leaked(bigint)'::regprocedure)").fetchone()
    assert row is not None
    head, rest = row[0].split("if not contract.may_leak(")
    text = head + rest.split("end if;", 1)[1]
    text = text.replace("contract.leaked(", "contract.thorough(").replace("leaked.document_id", "thorough.document_id")
    ada.db.execute(text)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_spelling_of_every_month_is_looked_at(ada: Practice, month: int) -> None:
    """In figures and in words."""
    born = date(1961, month, 3)
    parts = {"d": 3, "dd": "03", "m": month, "mm": f"{month:02}", "y": 1961, "yy": 61}
    texts = [form.format(**parts) for form in _IN_FIGURES]
    texts += [form.format(**parts, name=name) for form in _IN_WORDS for name in _MONTHS[month - 1].split()]

    found = told(ada, invoices(ada, born, texts))

    missed = [
        text for text, fields in zip(texts, found, strict=True) if "document.introduction:birth_date" not in fields
    ]
    assert missed == []


def test_it_misses_nothing_that_the_check_finds(ada: Practice) -> None:
    """Whatever is put together from the pieces of a birth date, an insurance number and a name."""
    without_the_quick_look(ada)
    chance = random.Random(20261129)
    texts = ["".join(chance.choices(_PIECES, k=chance.randint(2, 9))) for _ in range(400)]
    ids = invoices(ada, date(1961, 7, 3), [*texts, _INSURED])

    quick, thorough = told(ada, ids), told(ada, ids, "thorough")

    assert quick == thorough
    assert sum(bool(fields) for fields in thorough) > 20
