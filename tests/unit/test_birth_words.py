"""What is sooner looked for than a date of birth, or than a name in a number, misses none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.test_privacy_measured import texts
from worker.lexware.translate import fold
from worker.lexware.translate.births import _AGE, _BIRTH, _OF_SOMEBODY, has_birth_date
from worker.lexware.translate.persons import has_name

#: One for each way in which the two patterns may begin or end.
_SAID = [
    *(f"{word} 14.07.1961" for word in ("geb.", "geboren am", "gebor.", "Geburtstag", "geburtsdatum", "birthday", "born", "d.o.b.", "DOB")),
    *(f"{word} 1961" for word in ("gd", "GEBDAT", "Jg.", "Jahrgang", "née", "nee", "*")),
    *("14.07.1961 geb.", "14.07.1961, in Köln geboren", "14.07.1961 (born"),
    *(f"{who} (14.07.1961)" for who in ("Kind", "Tochter", "Säugling", "Enkelin", "Patientin", "Versicherter", "Ehefrau", "daughter")),
    *("Mutter, 54 Jahre alt", "son 4 years old", "54-jährige Frau", "54jähriger Mann", "a 7-year-old boy"),
]  # fmt: skip


@pytest.mark.parametrize("text", _SAID)
def test_each_way_to_say_it_is_found(text: str) -> None:
    """The table is one of what is found without the shorter search as well."""
    assert _BIRTH.search(text) or _AGE.search(text)
    assert has_birth_date(text)


def test_nothing_is_found_without_such_a_word() -> None:
    """On all invented texts the two patterns alone say the same."""
    every = [fold.checked(host_text.text) for _, host_text in texts()]
    found = [text for text in every if _BIRTH.search(text) or _AGE.search(text)]

    assert [text for text in every if has_birth_date(text)] == found
    assert len(found) > 50


def test_it_is_worth_its_search() -> None:
    """Few harmless texts have such a word."""
    harmless = [fold.checked(host_text.text) for verdict, host_text in texts() if verdict == "harmless"]

    assert sum(bool(re.search(_OF_SOMEBODY, text)) for text in harmless) < len(harmless) / 4


@given(
    name=st.text("abäöüßxyz'-", min_size=3, max_size=7),
    before=st.text("RE-/. 0123456789ab", max_size=4),
    after=st.text("-/. 0123456789xyz", max_size=4),
)
def test_a_short_number_holds_no_name(name: str, before: str, after: str) -> None:
    """A number in ASCII is looked through only when it has a run of letters; a sign beyond ASCII makes it longer than it looks."""
    number = f"{before}{name}{after}"

    assert has_name(number, (name,)) == has_name(f"{number} §", (name,))
