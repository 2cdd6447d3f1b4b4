"""Everything that keeps a document from being sent, found at once and before anything is sent.

`preview` shows all of it; sending stops at the first. It guarantees that a document without problems can be translated.
"""

from collections.abc import Iterator

from worker.lexware.translate import cents, notes, wording
from worker.lexware.translate import required as demands
from worker.lexware.translate.documents import Document, Payer, Settings
from worker.lexware.translate.host_texts import host_texts, payer_texts
from worker.lexware.translate.lines import items_of, sent, total_of
from worker.lexware.translate.privacy import Known, health_data
from worker.lexware.translate.problems import Problem
from worker.lexware.translate.tax import note_problems, rate_problems, tax_of

LONGEST_TEXT = 2000
_A_CODE = "0000-0000-0000"


def check(document: Document, settings: Settings) -> list[Problem]:
    """Every problem, in the order in which they would stop it; an empty list means that `translate` succeeds."""
    figures = [*demands.numbers(document), *rate_problems(document, settings)]
    texts_here = list(host_texts(document, settings))
    problems = [
        *demands.currency(document),
        *demands.missing(document),
        *figures,
        *demands.sign(document),
        *note_problems(document, settings),
        *health_data(texts_here, document.leaks, _known(document)),
        *demands.lengths(texts_here),
        *_long_texts(document, settings),
    ]
    if not any(problem.field == notes.FIELD for problem in problems):  # what is wrong already need not be confirmed
        problems += notes.problems(document)
    if settings.lines == "itemised":
        problems += demands.itemised_lines(document)
    if document.lines and not figures:
        problems += _line_problems(document, settings)
    return problems


def check_payer(payer: Payer, settings: Settings) -> list[Problem]:
    """Every problem of the payer's own texts; what `contract.leaks` found is known to `check` alone."""
    texts_here = list(payer_texts(payer, settings))
    return [
        *demands.missing_of_payer(payer),
        *health_data(texts_here, known=Known.of(payer)),
        *demands.lengths(texts_here),
    ]


def _known(document: Document) -> Known:
    original = document.original.number if document.original else None
    year = document.invoice_date.year if document.invoice_date else None
    return Known.of(document.payer, document.number, original, year=year)


def _long_texts(document: Document, settings: Settings) -> Iterator[Problem]:
    tax = tax_of(document, settings)
    introduction, remark = wording.introduction(document, settings), wording.remark(document, tax.remark, _A_CODE)
    yield from demands.too_long("document.introduction", introduction, LONGEST_TEXT)
    yield from demands.too_long("document.exemption_note", tax.type_note or remark, LONGEST_TEXT)


def _line_problems(document: Document, settings: Settings) -> Iterator[Problem]:
    here, going = total_of(document), sent(document, settings)
    for place, line in enumerate(going.lines):
        yield from demands.too_long(f"lines[{place}].description", line.description, LONGEST_TEXT)
    if here != (there := going.total):
        place_of_it = cents.suspect(items_of(document), going.tax_type, here - there)
        field = "document.total" if place_of_it is None else f"lines[{place_of_it}].unit_price"
        yield Problem("totals_differ", field, {"total_here": f"{here:f}", "total_there": f"{there:f}"})
