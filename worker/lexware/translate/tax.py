"""In which tax type a document goes over, and where its exemption note stands.

The rules of design 6 "Tax" (lexware-api 5.5). A document with VAT keeps its own mode, net or gross, whatever the
organisation's default: Lexware's tax type is per document. It does not know sums.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from worker.lexware.translate import fold
from worker.lexware.translate.documents import Document, Settings, TaxMode
from worker.lexware.translate.problems import Problem

RATES = (0, 7, 19)


@dataclass(frozen=True, slots=True)
class Tax:
    """The tax type to send; the exemption note stands in one place: `type_note` (taxTypeNote) or `remark`."""

    type: TaxMode
    type_note: str | None
    remark: str | None


def tax_of(document: Document, settings: Settings) -> Tax:
    """How the document is taxed in Lexware. A small business's own note would replace its legal text: never sent so."""
    tax_type = _sent_type(document, settings)
    note = fold.paragraph(document.exemption_note)
    if tax_type == "vatfree" and not settings.small_business:
        return Tax(tax_type, note, None)
    return Tax(tax_type, None, note)


def rate_problems(document: Document, settings: Settings) -> Iterator[Problem]:
    """Unknown rates, and VAT where there must be none: in the document's own mode, or in the organisation."""
    if document.tax_mode not in get_args(TaxMode):
        yield Problem("missing_field", "document.tax_mode")
    exempt = settings.small_business or "vatfree" in (document.tax_mode, settings.tax_type)
    for place, line in enumerate(document.lines):
        rate = {"rate": f"{line.vat_rate:f}"}
        if line.vat_rate not in RATES:
            yield Problem("unknown_tax_rate", f"lines[{place}].vat_rate", rate)
        elif exempt and line.vat_rate:
            yield Problem("tax_conflict", f"lines[{place}].vat_rate", rate)


def note_problems(document: Document, settings: Settings) -> Iterator[Problem]:
    """A vatfree document must say why, but for a small business, whose text Lexware prints itself; a taxed one must not."""
    exempt = "vatfree" in (document.tax_mode, settings.tax_type)
    note = fold.paragraph(document.exemption_note)
    if exempt and not settings.small_business and not note:
        yield Problem("exemption_note_missing", "document.exemption_note")
    if note and document.lines and not any(line.vat_rate.is_nan() or line.vat_rate <= 0 for line in document.lines):
        yield Problem("tax_conflict", "document.exemption_note")


def _sent_type(document: Document, settings: Settings) -> TaxMode:
    if "vatfree" in (document.tax_mode, settings.tax_type):
        return settings.tax_type
    return "gross" if document.tax_mode == "gross" else "net"
