"""Texts in two languages: both are there, and both have the same blanks."""

import ast
import importlib
import pkgutil
import string
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

import worker.messages
from worker.lexware.api.links import Found
from worker.messages import Declined, Text
from worker.messages.contact_link import NOT_A_CONTACT

MODULES = sorted(Path(worker.messages.__path__[0]).rglob("*.py"))
DAY = Text(de="am {day} für {amount} EUR", en="on {day} for {amount} EUR")
WHY = Text(de="Grund: {why}", en="Reason: {why}")


def every_text() -> list[tuple[str, Text]]:
    """All texts of all modules, with their names."""
    found = []
    for module in pkgutil.walk_packages(worker.messages.__path__, "worker.messages."):
        for name, value in vars(importlib.import_module(module.name)).items():
            texts = value.values() if isinstance(value, dict) and name.isupper() else [value]
            found += [(f"{module.name}.{name}", text) for text in texts if isinstance(text, Text)]
    return found


def blanks(words: str) -> set[str]:
    """The names of the blanks in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def test_both_languages_have_the_same_blanks() -> None:
    """A text is there in German and in English, and both take the same values."""
    texts = every_text()

    assert len(texts) > 1000
    assert [name for name, text in texts if not text.de.strip() or not text.en.strip()] == []
    assert [(name, text) for name, text in texts if blanks(text.de) != blanks(text.en)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_text_takes_the_name_of_another(path: Path) -> None:
    """The later one would be said in the place of the first."""
    names = [
        target.id
        for statement in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for target in (statement.targets if isinstance(statement, ast.Assign) else [statement.target])
        if isinstance(target, ast.Name)
    ]

    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_whatever_is_pasted_instead_of_a_contact_is_told() -> None:
    """Each kind of thing that the reading of a link may find has its sentence."""
    assert set(NOT_A_CONTACT) == set(get_args(Found))


def test_days_and_amounts_are_written_as_the_language_does() -> None:
    """German writes 31.12.2026 and 6,00; English writes 2026-12-31 and 6.00."""
    sentence = DAY(day=date(2026, 12, 31), amount=Decimal("6.00"))

    assert sentence.said_in("de") == "am 31.12.2026 für 6,00 EUR"
    assert sentence.said_in("en") == "on 2026-12-31 for 6.00 EUR"


def test_a_sentence_within_a_sentence_is_said_in_the_same_language() -> None:
    """Values that are sentences, or lists of them, follow the language of the whole."""
    sentence = WHY(why=[DAY(day=date(2026, 1, 2), amount=Decimal(1)), "x"])

    assert sentence.said_in("de") == "Grund: am 02.01.2026 für 1 EUR, x"


def test_a_value_is_never_read_as_a_text() -> None:
    """Braces in a value (a company's name, a file's) stay braces."""
    assert WHY(why="{why} {0}").said_in("en") == "Reason: {why} {0}"


def test_declined_prints_its_sentence_in_english() -> None:
    """Where no language is known, as in a log, the English words stand."""
    assert str(Declined(WHY(why="x"))) == "Reason: x"
