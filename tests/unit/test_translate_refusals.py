"""What is not sent, and how it is said: a reason, a field, figures, never a value."""

from dataclasses import replace
from datetime import date

import given
import pytest

from worker.lexware.translate.check import check
from worker.lexware.translate.documents import Document, Line, Original
from worker.lexware.translate.problems import Problem, Untranslatable
from worker.lexware.translate.translate import translate

ITEMISED = given.settings(lines="itemised")
TAXED = given.settings(tax_type="net")


@pytest.mark.parametrize(
    ("document", "field"),
    [
        pytest.param(given.invoice(number=None), "document.number", id="number"),
        pytest.param(given.invoice(number="  "), "document.number", id="blank number"),
        pytest.param(given.invoice(invoice_date=None), "document.invoice_date", id="date"),
        pytest.param(given.invoice(total=None), "document.total", id="total"),
        pytest.param(given.invoice(total="NaN"), "document.total", id="total not a number"),
        pytest.param(given.invoice(tax_mode="brutto"), "document.tax_mode", id="tax mode"),
        pytest.param(given.invoice(payer=given.payer(last_name=" ")), "payer.last_name", id="name"),
        pytest.param(given.invoice(payer=given.payer(country_code=None)), "payer.country_code", id="country"),
        pytest.param(given.invoice(payer=given.payer(country_code="Deutschland")), "payer.country_code", id="no code"),
        pytest.param(given.invoice(given.line("NaN")), "lines[0].quantity", id="quantity not a number"),
        pytest.param(given.invoice(given.line("1", "1e30")), "lines[0].unit_price", id="price beyond reason"),
        pytest.param(given.cancellation_of(given.invoice(), original=None), "document.original_id", id="original"),
        pytest.param(given.cancellation_of(given.invoice(number="")), "original.number", id="original's number"),
    ],
)
def test_missing_field_is_named(document: Document, field: str) -> None:
    """What is absent, blank or unusable is one problem, with the host's name for it."""
    assert check(document, given.settings()) == [Problem("missing_field", field)]


def test_document_without_items() -> None:
    """Nothing to charge for is no document, whatever its total."""
    assert check(replace(given.invoice(), lines=()), given.settings()) == [Problem("no_items")]


def test_itemised_line_needs_words() -> None:
    """Lexware wants a name for every line; neutral mode gives its own."""
    document = given.invoice(given.line(code=" ", description=None))

    assert check(document, ITEMISED) == [Problem("missing_field", "lines[0].description")]
    assert check(document, given.settings()) == []


def test_invoice_below_zero() -> None:
    """Lexware has credit notes for this."""
    document = given.invoice(given.line("1", "-5"), total="-5.00")

    assert check(document, given.settings()) == [Problem("negative_total", "document.total", {"total": "-5.00"})]


def test_cancellation_above_zero() -> None:
    """A cancellation that charges is a mistake of the host."""
    document = given.cancellation_of(given.invoice(given.line("1", "-5"), total="-5.00"))

    assert check(document, given.settings()) == [Problem("negative_total", "document.total", {"total": "5.00"})]


@pytest.mark.parametrize(
    ("lines", "mode", "total", "field", "there"),
    [
        pytest.param([given.line()], "vatfree", "32.51", "lines[0].unit_price", "32.50", id="one line, one cent"),
        pytest.param([given.line(), given.line("1", "7")], "vatfree", "39.51", "document.total", "39.50", id="a cent"),
        pytest.param(
            [given.line(), given.line("1", "7")], "vatfree", "32.50", "lines[1].unit_price", "39.50", id="line"
        ),
        pytest.param([given.line("1", "0.10", "19")] * 3, "net", "0.36", None, "0.36", id="tax of the rate's sum"),
        pytest.param([given.line("1", "0.10", "19")] * 4, "net", "0.48", None, "0.48", id="the same either way"),
        pytest.param([given.line("1", "0.13", "19")] * 4, "net", "0.60", None, "0.60", id="tax of each line"),
        pytest.param([given.line("1", "0.13", "19")] * 4, "net", "0.67", "document.total", "0.62", id="no lawful tax"),
    ],
)
def test_sums_that_differ_stop_the_document(
    lines: list[Line], mode: str, total: str, field: str | None, there: str
) -> None:
    """Both figures are named, and the line when one stands out; equal sums pass."""
    document = given.invoice(*lines, total=total, tax_mode=mode)
    problem = Problem("totals_differ", field, {"total_here": total, "total_there": there})
    expected = [problem] if field else []

    assert check(document, TAXED) == expected
    assert check(document, replace(TAXED, lines="itemised")) == expected


def test_note_beside_vat() -> None:
    """A document whose every line is taxed is free of nothing; one free line is enough for a note."""
    taxed, free = given.line("1", "10", "19"), given.line("1", "5")
    both = given.invoice(taxed, free, total="16.90", tax_mode="net")

    assert check(given.invoice(taxed, total="11.90", tax_mode="net", exemption_note=given.NOTE), TAXED) == [
        Problem("tax_conflict", "document.exemption_note")
    ]
    assert check(both, TAXED) == []


@pytest.mark.parametrize(
    ("document", "field", "length", "limit"),
    [
        pytest.param(given.invoice(number="R" * 101), "document.number", 101, 100, id="number"),
        pytest.param(given.invoice(payer=given.payer(last_name="x" * 101)), "payer.last_name", 101, 100, id="name"),
        pytest.param(
            given.invoice(payer=given.payer(city="\U0001f9b4" * 51)), "payer.city", 102, 100, id="UTF-16 units"
        ),
        pytest.param(
            given.invoice(exemption_note="x" * 2001, note_is_confirmed=True),
            "document.exemption_note",
            2001,
            2000,
            id="note",
        ),
        pytest.param(given.invoice(introduction="x" * 1964), "document.introduction", 2001, 2000, id="introduction"),
        pytest.param(given.invoice(given.line(unit="x" * 101)), "lines[0].unit", 101, 100, id="unit"),
        pytest.param(
            given.invoice(given.line(code=None, description="x" * 2101)), "lines[0].description", 2001, 2000, id="words"
        ),
        pytest.param(
            given.cancellation_of(given.invoice(number="R" * 101)), "original.number", 101, 100, id="original's number"
        ),
    ],
)
def test_text_that_lexware_would_refuse(document: Document, field: str, length: int, limit: int) -> None:
    """One unit over the limit is named with both figures."""
    problem = Problem("text_too_long", field, {"length": str(length), "limit": str(limit)})

    assert check(document, ITEMISED) == [problem]


def test_note_shares_the_closing_text_with_the_marker() -> None:
    """The marker must fit: without it the document could not be found again."""
    room = 2000 - len("\nBeleg-Nr. RE-2026-0042 · 7Q4K-X2MB-91TD")

    assert check(given.invoice(exemption_note="x" * room, note_is_confirmed=True), TAXED) == []
    longer = given.invoice(exemption_note="x" * (room + 1), note_is_confirmed=True)
    assert [problem.field for problem in check(longer, TAXED)] == ["document.exemption_note"]


def test_neutral_mode_bothers_nobody_with_words_that_stay() -> None:
    """Limits hold for what leaves."""
    document = given.invoice(given.line(unit="x" * 101, description="x" * 3000), introduction="x" * 3000)

    assert check(document, given.settings()) == []


def test_more_lines_than_lexware_takes() -> None:
    """300 go, 301 do not; neutral lines are few."""
    lines = [given.line("1", "1")] * 301
    problem = Problem("too_many_lines", "document.lines", {"lines": "301", "limit": "300"})

    assert check(given.invoice(*lines, total="301.00"), ITEMISED) == [problem]
    assert check(given.invoice(*lines, total="301.00"), given.settings()) == []
    assert check(given.invoice(*lines[1:], total="300.00"), ITEMISED) == []


def test_all_problems_are_found_at_once() -> None:
    """`preview` shows a practice everything it has to mend, not one thing after the other."""
    document = given.invoice(
        given.line("1", "10", "16"),
        given.line("1", "5", "19"),
        number=None,
        exemption_note=None,
        total="-1.00",
        payer=given.payer(country_code="", street="F32.1", city="x" * 101),
    )

    assert [(problem.reason, problem.field) for problem in check(document, given.settings())] == [
        ("missing_field", "document.number"),
        ("missing_field", "payer.country_code"),
        ("unknown_tax_rate", "lines[0].vat_rate"),
        ("tax_conflict", "lines[1].vat_rate"),
        ("negative_total", "document.total"),
        ("exemption_note_missing", "document.exemption_note"),
        ("health_data", "payer.street"),
        ("text_too_long", "payer.city"),
    ]


def test_sending_stops_on_the_first_and_says_nothing_personal() -> None:
    """The exception carries what may be stored: reason, field and figures."""
    document = given.invoice(total="99.99", payer=given.payer(last_name="Beispiel " * 12))

    with pytest.raises(Untranslatable) as caught:
        translate(document, given.settings(), contact_id=given.CONTACT_ID, marker_code=given.CODE)

    error = caught.value.problem
    assert (error.reason, error.field, dict(error.figures)) == (
        "text_too_long",
        "payer.last_name",
        {"length": "107", "limit": "100"},
    )
    assert "Beispiel" not in f"{error!r} {error}"


def test_invoice_is_not_asked_for_an_original() -> None:
    """Only a cancellation has one; if a host gives an invoice one, it is passed over."""
    original = Original(document_id=given.invoice().document_id, number=None, invoice_date=date(2026, 1, 2))

    assert check(given.invoice(original=original), given.settings()) == []
