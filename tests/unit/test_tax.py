"""In which tax type a document goes over, where its note stands, and what does not fit together."""

import given
import pytest

from worker.lexware.translate.documents import Document, Settings, TaxMode
from worker.lexware.translate.problems import Problem
from worker.lexware.translate.tax import Tax, note_problems, rate_problems, tax_of


def taxed(mode: str, rate: str) -> Document:
    """A document in a mode, with one line."""
    return given.invoice(given.line(vat_rate=rate), tax_mode=mode)


@pytest.mark.parametrize(
    ("mode", "organisation", "small_business", "expected"),
    [
        pytest.param("vatfree", "vatfree", False, Tax("vatfree", given.NOTE, None), id="purely exempt"),
        pytest.param("vatfree", "vatfree", True, Tax("vatfree", None, given.NOTE), id="small business"),
        pytest.param("vatfree", "net", True, Tax("net", None, given.NOTE), id="small business by profile net"),
        pytest.param("vatfree", "net", False, Tax("net", None, given.NOTE), id="exempt in a net organisation"),
        pytest.param("vatfree", "gross", False, Tax("gross", None, given.NOTE), id="exempt in a gross organisation"),
        pytest.param("net", "vatfree", False, Tax("vatfree", given.NOTE, None), id="no VAT in an exempt organisation"),
        pytest.param("net", "gross", False, Tax("net", None, given.NOTE), id="net keeps its own"),
        pytest.param("gross", "net", False, Tax("gross", None, given.NOTE), id="gross keeps its own"),
    ],
)
def test_document_goes_in_this_tax_type(mode: str, organisation: TaxMode, small_business: bool, expected: Tax) -> None:
    """The note stands in exactly one place, and never where it would replace a small business's own text."""
    settings = given.settings(tax_type=organisation, small_business=small_business)

    assert tax_of(taxed(mode, "0"), settings) == expected


TAXED, EXEMPT, SMALL = (
    given.settings(tax_type="net"),
    given.settings(),
    given.settings(tax_type="net", small_business=True),
)


@pytest.mark.parametrize("rate", ["0", "0.00", "7", "7.00", "19", "19.00"])
@pytest.mark.parametrize("mode", ["net", "gross"])
def test_known_rates_pass(rate: str, mode: str) -> None:
    """0, 7 and 19 per cent, however many decimals the host writes."""
    assert list(rate_problems(taxed(mode, rate), TAXED)) == []


@pytest.mark.parametrize("rate", ["16", "19.01", "5.5", "-19", "190", "NaN"])
def test_other_rates_do_not(rate: str) -> None:
    """The problem names the line and the rate."""
    problem = Problem("unknown_tax_rate", "lines[0].vat_rate", {"rate": rate})

    assert list(rate_problems(taxed("net", rate), TAXED)) == [problem]


@pytest.mark.parametrize(
    ("mode", "settings"),
    [
        pytest.param("net", EXEMPT, id="the organisation is exempt"),
        pytest.param("gross", SMALL, id="the organisation is a small business"),
        pytest.param("vatfree", TAXED, id="the document says so itself"),
    ],
)
def test_vat_where_there_must_be_none(mode: str, settings: Settings) -> None:
    """VAT that Lexware could not show is a conflict, not a rounding."""
    problem = Problem("tax_conflict", "lines[0].vat_rate", {"rate": "19"})

    assert list(rate_problems(taxed(mode, "19"), settings)) == [problem]
    assert list(rate_problems(taxed(mode, "0"), settings)) == []


def test_unknown_mode_counts_as_missing() -> None:
    """A host's own word for a tax mode is none."""
    assert list(rate_problems(taxed("brutto", "0"), TAXED)) == [Problem("missing_field", "document.tax_mode")]


@pytest.mark.parametrize("note", [None, "", "  \n "])
@pytest.mark.parametrize(
    ("mode", "settings", "is_missing"),
    [
        pytest.param("vatfree", EXEMPT, True, id="vatfree in an exempt organisation"),
        pytest.param("vatfree", TAXED, True, id="vatfree in a taxed organisation"),
        pytest.param("net", EXEMPT, True, id="net without VAT in an exempt organisation"),
        pytest.param("net", TAXED, False, id="taxed"),
        pytest.param("vatfree", given.settings(small_business=True), False, id="small business"),
    ],
)
def test_exempt_document_says_why(mode: str, settings: Settings, is_missing: bool, note: str | None) -> None:
    """Only a small business needs no note of its own."""
    document = given.invoice(tax_mode=mode, exemption_note=note)
    problem = Problem("exemption_note_missing", "document.exemption_note")

    assert list(note_problems(document, settings)) == ([problem] if is_missing else [])
