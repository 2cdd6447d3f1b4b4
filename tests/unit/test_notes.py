"""Exemption notes, measured on invented wordings: `notes.tsv`. The README gives the figures.

Usual ones go over by themselves; whatever names a person, a disease or a thing of its own is asked about first.
"""

import re
from pathlib import Path

import given
import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from worker.lexware.translate import notes
from worker.lexware.translate.check import check
from worker.lexware.translate.problems import Problem

README = Path(__file__).parents[2] / "README.md"
OWN = "Umsatzsteuerfrei, wie mit dem Finanzamt besprochen"
NEW = Problem("new_note", "document.exemption_note")


def wordings(verdict: str) -> list[str]:
    """Those of the table that are to be judged so."""
    lines = (Path(__file__).parent / "notes.tsv").read_text(encoding="utf-8").splitlines()[1:]
    parts = [line.split("\t") for line in lines]
    return [
        re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
        for each, text in parts
        if each == verdict
    ]


def test_usual_wordings_go_over() -> None:
    """At least 200 were tried; a practice is hardly ever asked."""
    usual = wordings("usual")
    missed = [text for text in usual if not notes.is_usual(text)]

    assert len(usual) >= 200
    assert len(missed) <= len(usual) / 50, missed


def test_what_says_more_does_not() -> None:
    """A name, a disease, a date, a number of somebody's, an unknown word: none of them is usual."""
    assert [text for text in wordings("other") if notes.is_usual(text)] == []


def test_the_readme_gives_the_figures() -> None:
    """As measured."""
    usual, other = wordings("usual"), wordings("other")
    passed = sum(map(notes.is_usual, usual))

    assert f"{passed} of {len(usual)} usual" in README.read_text(encoding="utf-8")
    assert f"{len(other)} of {len(other)} others" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("mode", ["neutral", "itemised"])
def test_new_words_wait_and_confirmed_ones_go(mode: str) -> None:
    """In both modes; a secret in them is none the less one."""
    settings = given.settings(lines=mode)

    assert check(given.invoice(exemption_note=OWN), settings) == [NEW]
    assert check(given.invoice(exemption_note=OWN, note_is_confirmed=True), settings) == []
    assert [
        one.reason for one in check(given.invoice(exemption_note="wegen F32.1", note_is_confirmed=True), settings)
    ] == ["health_data"]


def test_a_wording_is_known_again_however_it_is_typed() -> None:
    """Blanks, case, width and dashes make no other wording; a word does, and so do another practice and installation."""
    known = notes.fingerprint(OWN, 1, "salt")

    assert notes.fingerprint("  umsatzsteuerfrei,\u00a0wie mit\u200b dem FINANZAMT\nbesprochen ", 1, "salt") == known
    assert (
        len(
            {
                known,
                notes.fingerprint(OWN + " x", 1, "salt"),
                notes.fingerprint(OWN, 2, "salt"),
                notes.fingerprint(OWN, 1, ""),
            }
        )
        == 4
    )


@whatever(st.text(st.characters(categories=["L"]), min_size=3, max_size=12), st.sampled_from(wordings("usual")))
def test_no_unknown_word_slips_in(word: str, note: str) -> None:
    """Whatever word is added to a usual note: it is in the list, a part of a law, or the note is usual no more."""
    known = notes.is_usual(word)

    assert notes.is_usual(f"{note}, {word}") <= (known or notes.is_usual(f"§ 4 {word}"))


@whatever(st.integers(10_000, 10**12), st.sampled_from(wordings("usual")))
def test_no_long_number_slips_in(number: int, note: str) -> None:
    """Laws have short numbers; files, insurances and telephones have long ones."""
    assert not notes.is_usual(f"{note} Nr. {number}")
