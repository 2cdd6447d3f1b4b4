"""Room 5, the translator: everything that keeps a document from being sent, found at once and before anything is sent.

`preview` shows all of it; sending stops at the first. It guarantees that a document without problems can be translated.
"""

from collections.abc import Iterator

from worker import cents, demands, texts, wording
from worker.documents import Document, Payer, Settings
from worker.leaving import host_texts, payer_texts
from worker.lines import items_of, sent_lines, total_of
from worker.privacy import health_data
from worker.refusals import Problem
from worker.tax import note_problems, rate_problems, tax_of

LONGEST_TEXT = 2000
_A_CODE = "0000-0000-0000"


def check(document: Document, settings: Settings) -> list[Problem]:
    """Every problem, the gravest first; an empty list means that `translate` succeeds."""
    figures = [*demands.numbers(document), *rate_problems(document, settings)]
    found = [*demands.missing(document), *figures, *demands.sign(document), *note_problems(document, settings)]
    host = list(host_texts(document, settings))
    found += health_data(host, document.leaks, _own_numbers(document))
    found += demands.lengths(host)
    if settings.lines == "itemised":
        found += demands.itemised_lines(document)
    if document.lines and not figures:
        found += [*_composed(document, settings), *_sums(document, settings)]
    return found


def check_payer(payer: Payer, settings: Settings) -> list[Problem]:
    """Every problem of the payer's own texts; what `contract.leaks` found is known to `check` alone."""
    host = list(payer_texts(payer, settings))
    return [*demands.missing_of_payer(payer), *health_data(host), *demands.lengths(host)]


def _own_numbers(document: Document) -> list[str]:
    originals = [document.original.number] if document.original else []
    return [number for text in (document.number, *originals) if (number := texts.line(text))]


def _composed(document: Document, settings: Settings) -> Iterator[Problem]:
    tax = tax_of(document, settings)
    introduction, remark = wording.introduction(document, settings), wording.remark(document, tax.remark, _A_CODE)
    yield from demands.too_long("document.introduction", introduction, LONGEST_TEXT)
    yield from demands.too_long("document.exemption_note", remark, LONGEST_TEXT)
    if settings.lines == "itemised":
        for place, line in enumerate(sent_lines(document, settings, tax.type)):
            yield from demands.too_long(f"lines[{place}].description", line.description, LONGEST_TEXT)


def _sums(document: Document, settings: Settings) -> Iterator[Problem]:
    tax_type, here = tax_of(document, settings).type, total_of(document)
    there = cents.totals((line.item for line in sent_lines(document, settings, tax_type)), tax_type).gross
    if here == there:
        return
    place = cents.suspect(items_of(document), tax_type, here - there)
    field = "document.total" if place is None else f"lines[{place}].unit_price"
    yield Problem("totals_differ", field, {"total_here": f"{here:f}", "total_there": f"{there:f}"})
