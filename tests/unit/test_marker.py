"""The marker: how a document or contact of ours is known again."""

import pytest

from worker.lexware.translate import marker

CODE = "7Q4K-X2MB-91TD"
BARE = "7Q4KX2MB91TD"


def test_lines_name_the_practices_own_number() -> None:
    """A human reads the number, the program the code; a customer without a number has the code alone."""
    assert marker.document_line("RE-2026-0042", CODE) == "Beleg-Nr. RE-2026-0042 · 7Q4K-X2MB-91TD"
    assert marker.contact_line("K-1042", CODE) == "Kundennr. K-1042 · 7Q4K-X2MB-91TD"
    assert marker.contact_line(None, CODE) == "Kunde der Praxis · 7Q4K-X2MB-91TD"


FOUND = [
    pytest.param(f"Beleg-Nr. RE-2026-0042 · {CODE}", id="as written"),
    pytest.param(f"Danke!\r\nBeleg-Nr. 7 · {CODE}\r\n", id="with other line ends"),
    pytest.param("beleg-nr. re-2026-0042 · 7q4k-x2mb-91td", id="in small letters"),
    pytest.param(f"Beleg {BARE}.", id="without dashes"),
    pytest.param("7Q4K\u20132MB".replace("2MB", "X2MB\u201391TD"), id="with a program's long dashes"),
    pytest.param("7Q4K\u2011X2MB\uff0d91TD", id="with dashes that do not break, and wide ones"),
    pytest.param("7Q4K\u00ad-\u200bX2MB-9\u20601TD", id="with what nobody sees"),
    pytest.param("\uff17\uff314K-X2MB-91TD", id="in wide letters"),
    pytest.param(f"({CODE})", id="in brackets"),
    pytest.param(f"Beleg-Nr. A&amp;B · {CODE}", id="escaped"),
]


@pytest.mark.parametrize("text", FOUND)
def test_code_is_found_however_it_is_spelled(text: str) -> None:
    """Case, dashes and surroundings do not matter."""
    assert marker.find_codes(text) == {BARE}
    assert marker.carries(text, CODE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("Vielen Dank für die gute Zusammenarbeit.", id="default text"),
        pytest.param("Krankenkasse", id="a word of twelve letters"),
        pytest.param("Tel. 0170-1234-5678", id="telephone number"),
        pytest.param("123456789012", id="number of twelve digits"),
        pytest.param("DE89370400440532013000", id="IBAN"),
        pytest.param("8f14e45f-ceea-467a-9575-1b2c3d4e5f60", id="UUID"),
        pytest.param("https://example.org/f47ac10b-58cc-4372-a567-0e02b2c3d479", id="UUID whose middle looks like one"),
        pytest.param("AAAA-7777-BBBB-8888", id="licence key of four groups"),
        pytest.param("7Q4K-X2MB-91T", id="cut off"),
        pytest.param("7Q4K-X2MB-91TD2", id="too long"),
    ],
)
def test_other_text_holds_no_code(text: str) -> None:
    """What is no code is never taken for another document's."""
    assert marker.find_codes(text) == set()
    assert not marker.carries(text, CODE)


def test_own_code_is_known_with_blanks_about_its_dashes() -> None:
    """As people type, and as lines are broken."""
    assert marker.carries("7Q4K - X2MB -\n91TD", CODE)


def test_all_codes_of_a_text_are_found() -> None:
    """Two markers in one text are two codes, so that a copied remark is noticed."""
    assert marker.find_codes(f"{CODE}\n0000-AAAA-1111") == {BARE, "0000AAAA1111"}


def test_own_code_is_known_even_when_it_reads_like_a_word() -> None:
    """A code may be letters only, or digits only; whoever knows it recognises it without dashes."""
    assert marker.carries("krankenkasse", "KRAN-KENK-ASSE")
    assert marker.carries("Nr. 123456789012", "1234-5678-9012")
    assert not marker.carries(None, CODE)
