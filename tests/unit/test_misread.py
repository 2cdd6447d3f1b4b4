"""Secrets that are typed with letters for digits, or with words pulled apart, are read as people read them."""

import given as invented
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.lexware.translate import misread
from worker.lexware.translate.check import check

TYPED = st.text(st.sampled_from("OoIl|ZSB0123456789./-, ABab\u00e4"), max_size=30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A12345678O", "A123456780"),
        ("AO12345678", "A012345678"),
        ("Al23456789", "A123456789"),
        ("geb. I2.O3.l985", "geb. 12.03.1985"),
        ("FO1.9", "F01.9"),
        ("F3Z.1", "F32.1"),
        ("F32.l", "F32.1"),
        ("I10.9", "I10.9"),
        ("CO2-Laser", "CO2-Laser"),
        ("3OG Ost", "3OG Ost"),
        ("Oli 2026", "Oli 2026"),
    ],
)
def test_figures(text: str, expected: str) -> None:
    """Only among digits; the letter of a code stays one."""
    assert misread.figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A. D. H. S.", "ADHS."),
        ("D e p r e s s i o n", "Depression"),
        ("D-e-p-r-e-s-s-i-o-n", "Depression"),
        ("Depres- sion", "Depression"),
        ("Depressi0n", "Depression"),
        ("Angst- und Panikattacken", "Angst- und Panikattacken"),
        ("z. B. am Montag", "z. B. am Montag"),
        ("2 x 20 Min.", "2 x 20 Min."),
    ],
)
def test_words(text: str, expected: str) -> None:
    """In one piece; what two hyphens share stays as it is."""
    assert misread.words(text) == expected


@settings(deadline=None)
@given(TYPED)
def test_reading_twice_is_reading_once(text: str) -> None:
    """Nothing is longer than before, and no digit becomes another."""
    once = misread.figures(text)

    assert misread.figures(once) == once
    assert len(once) == len(text)
    assert all(new == old for new, old in zip(once, text, strict=True) if old.isdigit())


@pytest.mark.parametrize("reading", [misread.figures, misread.words])
def test_a_long_text_takes_no_time(reading) -> None:
    """As long as any that is read: seconds would be minutes here."""
    for piece in ("O1", "a ", "a-", "|", "1O.", "a. ", "l0l"):
        reading(piece * 20_000)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("last_name", "Beispiel (Depression)"),
        ("last_name", "Beispiel wg. Bandscheibenvorfall"),
        ("company_name", "Beispiel GmbH (Diagnose: Migr\u00e4ne)"),
        ("address_supplement", "z. Hd. Mutter (Z. n. Schlaganfall)"),
        ("street", "Lindenweg 3 (A12345678O)"),
        ("address_supplement", "geb. I2.O3.l985"),
        ("address_supplement", "12.03.1985"),
        ("city", "K\u00f6ln F3Z.1"),
    ],
)
def test_what_is_put_beside_a_name_or_address(field: str, value: str) -> None:
    """It leaves in neutral mode, too."""
    document = invented.invoice(payer=invented.payer(**{field: value}))

    assert {problem.reason for problem in check(document, invented.settings())} == {"health_data"}


@pytest.mark.parametrize("name", ["Krebs", "Krebs (Inh. Angst)", "Gichtmann", "Rheuma-Liga e. V. (Ortsgruppe)"])
def test_a_name_that_is_called_so_is_none(name: str) -> None:
    """People and their companies may be called after a disease."""
    document = invented.invoice(payer=invented.payer(last_name=name))

    assert check(document, invented.settings()) == []


@pytest.mark.parametrize(
    "words", ["A. D. H. S.", "D e p r e s s i o n", "B-u-r-n-o-u-t", "Band- scheibenvorfall", "Depressi0n"]
)
def test_what_is_pulled_apart_is_found(words: str) -> None:
    """In free words, where they leave."""
    document = invented.invoice(introduction=f"Behandlung bei {words}")

    assert {problem.reason for problem in check(document, invented.settings(lines="itemised"))} == {"health_data"}
