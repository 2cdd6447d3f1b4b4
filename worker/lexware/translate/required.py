"""What must be there before anything can be translated, and how long it may be.

Pure checks of the practice's data against Lexware's demands (lexware-api 4.1, 5.2 to 5.4); each gives all it finds.
It does not know sums, tax or health data.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from worker.lexware.translate import fold, texts
from worker.lexware.translate.documents import Document, Payer
from worker.lexware.translate.host_texts import HostText
from worker.lexware.translate.problems import Problem

MOST_LINES = 300
_BEYOND_REASON = Decimal(10) ** 10
"""More than the host's columns hold; below it sums are exact, in `Decimal` and as JSON numbers."""


def missing(document: Document) -> Iterator[Problem]:
    """What Lexware cannot do without and the document does not have."""
    if fold.name(document.number) is None:
        yield Problem("missing_field", "document.number")
    if document.invoice_date is None:
        yield Problem("missing_field", "document.invoice_date")
    if document.kind == "cancellation":
        if document.original is None:
            yield Problem("missing_field", "document.original_id")
        elif fold.name(document.original.number) is None:
            yield Problem("missing_field", "original.number")
    if not document.lines:
        yield Problem("no_items")
    yield from missing_of_payer(document.addressee)


def currency(document: Document) -> Iterator[Problem]:
    """Only EUR goes over; what the host leaves empty is EUR."""
    code = fold.name(document.currency)
    if code is not None and code.upper() != "EUR":
        yield Problem("currency", "document.currency")


def missing_of_payer(payer: Payer) -> Iterator[Problem]:
    """A name and a country; a country that is not a code counts as missing."""
    if fold.name(payer.company_name) is None and fold.name(payer.last_name) is None:
        yield Problem("missing_field", "payer.last_name")
    if texts.country(payer.country_code) is None:
        yield Problem("missing_field", "payer.country_code")


def numbers(document: Document) -> Iterator[Problem]:
    """Figures that cannot be reckoned with: absent, not a number, absurdly large."""
    if document.total is None or not _is_usable(document.total):
        yield Problem("missing_field", "document.total")
    for place, line in enumerate(document.lines):
        for name, number in (("quantity", line.quantity), ("unit_price", line.unit_price)):
            if not _is_usable(number):
                yield Problem("missing_field", f"lines[{place}].{name}")


def sign(document: Document) -> Iterator[Problem]:
    """An invoice below zero, or a cancellation above it; 0.00 is both."""
    total = document.total
    if total is None or not _is_usable(total):
        return
    if total < 0 if document.kind == "invoice" else total > 0:
        yield Problem("negative_total", "document.total", {"total": f"{total:f}"})


def itemised_lines(document: Document) -> Iterator[Problem]:
    """Not more lines than Lexware takes, and each with words for its name."""
    if len(document.lines) > MOST_LINES:
        figures = {"lines": str(len(document.lines)), "limit": str(MOST_LINES)}
        yield Problem("too_many_lines", "document.lines", figures)
    for place, line in enumerate(document.lines):
        if fold.name(line.code) is None and fold.name(line.description) is None:
            yield Problem("missing_field", f"lines[{place}].description")


def lengths(host_texts: Iterable[HostText]) -> Iterator[Problem]:
    """Texts that would leave and are longer than their limit."""
    for host_text in host_texts:
        if host_text.leaves and host_text.limit is not None:
            yield from too_long(host_text.field, host_text.text, host_text.limit)


def too_long(field: str, text: str | None, limit: int) -> Iterator[Problem]:
    """A problem when the text is longer than `limit` UTF-16 units."""
    if text is not None and (units := texts.length(text)) > limit:
        yield Problem("text_too_long", field, {"length": str(units), "limit": str(limit)})


def _is_usable(number: Decimal) -> bool:
    return number.is_finite() and abs(number) < _BEYOND_REASON
