"""The one door for text: its forms, and what is true of all of them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.lexware.translate import fold

UNSEEN = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202e\u2066\u2069\ufeff\u061c\u180e\u034f\u3164\ufe0f\U000e0041"
)
CONTROL = "\x00\x01\x07\x08\x1b\x7f\x9b"
BLANKS = " \t\u00a0\u2007\u2009\u202f\u3000"
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(UNSEEN + CONTROL + BLANKS + "-'\n"))
)
LINES = [fold.line, fold.name, fold.compared, fold.checked]


@settings(deadline=None)
@given(TEXTS)
@pytest.mark.parametrize("form", [*LINES, fold.paragraph])
def test_folding_twice_is_folding_once(form, text: str) -> None:
    """Whatever came through the door may go through it again."""
    once = form(text)

    assert form(once) == once


@settings(deadline=None)
@given(TEXTS)
@pytest.mark.parametrize("form", [*LINES, fold.paragraph])
def test_nothing_unseen_is_left(form, text: str) -> None:
    """No control character but plain line breaks in paragraphs and tabs in them; nothing of no width; no blank ends."""
    found = form(text) or ""

    assert not {unicodedata.category(char) for char in found.replace("\n", "").replace("\t", "")} & {"Cc", "Cf"}
    assert found == found.strip()


@settings(deadline=None)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.sampled_from(UNSEEN + CONTROL)), max_size=5))
@pytest.mark.parametrize("form", [*LINES, fold.paragraph, fold.searched])
def test_what_nobody_sees_changes_nothing(form, text: str, strewn: list[tuple[int, str]]) -> None:
    """Wherever it is strewn in."""
    spoilt = text
    for place, char in strewn:
        spoilt = spoilt[:place] + char + spoilt[place:]

    assert form(spoilt) == form(text)


@given(st.text(st.sampled_from(BLANKS + UNSEEN + CONTROL + "\n")))
@pytest.mark.parametrize("form", [*LINES, fold.paragraph, fold.searched])
def test_blank_is_absent(form, text: str) -> None:
    """Blanks of every width, and what has none."""
    assert not form(text)


@pytest.mark.parametrize("filler", ["-", "--", ".", "???", "/", "–", "- -", "\u200b-\u00a0"])  # noqa: RUF001
def test_name_without_letters_is_absent(filler: str) -> None:
    """What people type where something must stand."""
    assert fold.name(filler) is None
    assert fold.compared(filler) == ""
    assert fold.paragraph(filler) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x1b[31mb", "a[31mb"),
        ("Mu\u0308ller", "Müller"),
        ("u\u200b\u0308", "ü"),
        ("a\u00a0\t b", "a b"),
        ("O\u2019Neill", "O\u2019Neill"),
        ("3½", "3½"),
    ],
)
def test_what_is_sent(text: str, expected: str) -> None:
    """Composed and clean, and otherwise as the practice wrote it."""
    assert fold.line(text) == expected


def test_paragraphs_keep_their_lines() -> None:
    """Whatever ends them."""
    assert fold.paragraph(" a \r\nb\u2028c\x85\n d\x00 ") == "a\nb\nc\n\n d"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\uff26\uff13\uff12\uff0e\uff11", "F32.1"),
        ("F\u00ad32\u00b71", "F32.1"),
        ("\u042132.1", "C32.1"),
        ("12–03—2015", "12-03-2015"),  # noqa: RUF001
        ("\u0661\u0662.03", "12.03"),
        ("ge\u200bb.\u00a012", "geb. 12"),
    ],
)
def test_what_is_checked(text: str, expected: str) -> None:
    """As people read it, not as it is written."""
    assert fold.checked(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Beispiel", "bei%iel"),
        ("Weiß", "we%i%"),
        ("von der Mühlen", "m%h%len"),
        ("Ng", "ng"),
        ("X", None),
        ("Иванов", None),
        ("Müller & Söhne GmbH", "m%l%ler"),
    ],
)
def test_what_is_searched(text: str, expected: str | None) -> None:
    """The longest plain word, open where it has several spellings."""
    assert fold.searched(text) == expected
