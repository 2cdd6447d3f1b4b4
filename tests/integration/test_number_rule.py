"""Names and check digits in numbers are known alike in SQL, which events and reports go by, and in Python, which deliveries do."""

from itertools import product

import psycopg

from worker.lexware.translate import fold, misread
from worker.lexware.translate.persons import has_name, is_insurance_number

_NAMES = (
    "Müller", "Mueller", "Weiß", "Ö", "von der Mühlen", "Ng", "Mai", "Maier", "Süd", "März", "Jäger-Strauß", "O\u2019Neill", "José", "Иванов", "Nováček", "Łukasz",
    "MU\u0308LLER", "Or", "Anna Lena", "Neu", "Kurz",
)  # fmt: skip
_FORMS = (
    "RE-{}-7", "{}", "7{}", "{}2026", "RE{}RE", "re_{}_1", "RE 2026/{}", "A123456780 {}", "{}.{}", "x{}", "R\u00ad{}",
)  # fmt: skip
_WORDS = (
    "müller", "MÜLLER", "Mueller", "Muller", "weiss", "WEISS", "weiß", "Mai", "mai", "Maier", "MAERZ", "märz", "Jaeger", "Jager", "strauss", "Neill",
    "jose", "José", "Иванов", "иванов", "JOSÉ", "NOVÁČEK", "ŁUKASZ", "Łukasz", "Ng", "der", "von", "mühlen", "Anna", "annalena", "Kurz", "verkürzt", "0042", "Süd", "SUED",
)  # fmt: skip
_LETTERS = (
    "A123456780",
    "A-123 456.780",
    "a123456780",
    "A123456781",
    "Z000123456",
    "X201234567",
    "A12345678O",
    "Al23456780",
    "A1Z3456780",
    "RE2026",
    "B1234567890",
)


def test_names_are_found_alike(db: psycopg.Connection) -> None:
    """In every spelling and place."""
    pairs = [(name, form.format(word, word)) for name, form, word in product(_NAMES, _FORMS, _WORDS)]

    rows = db.execute(
        "select outbox.has_name(outbox.folded(number), array[name]) from unnest(%s::text[], %s::text[]) as t (name, number)",
        ([name for name, _ in pairs], [number for _, number in pairs]),
    ).fetchall()

    python = [has_name(fold.checked(number), [name]) for name, number in pairs]
    assert [pair for pair, (sql,), told in zip(pairs, rows, python, strict=True) if sql != told] == []
    assert 100 < sum(python) < len(pairs) / 2


def test_check_digits_are_found_alike(db: psycopg.Connection) -> None:
    """And never fewer: SQL takes letters for digits wherever they could be meant so."""
    numbers = [form.format(one, one) for form, one in product(_FORMS, _LETTERS)]

    rows = db.execute(
        "select outbox.has_insurance_number(outbox.folded(n)) from unnest(%s::text[]) n", (numbers,)
    ).fetchall()

    texts = [fold.checked(number) for number in numbers]
    python = [any(map(is_insurance_number, {text, misread.figures(text)})) for text in texts]
    assert [number for number, (sql,), told in zip(numbers, rows, python, strict=True) if told and not sql] == []
    assert [number for number, (sql,), told in zip(numbers, rows, python, strict=True) if sql and not told] == []
    assert 10 < sum(python) < len(numbers)
