"""A stored report in the form that is asked for: the same bytes whenever and wherever."""

from collections.abc import Callable, Iterable
from itertools import chain as chained
from typing import Literal

from outbox.db import Connection
from worker.messages import Declined, Lang
from worker.messages import report as words
from worker.operations.report import chain
from worker.operations.report.chain import Report
from worker.operations.report.formats import table
from worker.operations.report.formats import text as plain
from worker.operations.report.formats.layout import Layout
from worker.operations.report.formats.stored import StoredText

Form = Literal["text", "json", "csv", "csv-machine", "pdf"]
_PDF_PACKAGES = ("fpdf", "PIL", "fontTools", "defusedxml")


def rendered(connection: Connection, report: Report, form: Form, lang: Lang) -> Iterable[bytes]:
    """Piece by piece. Raises Declined for a PDF without the packages that make it."""
    if form == "json":
        return (piece.encode() for piece in chained(chain.to_json(connection, report), ["\n"]))
    text = StoredText(chain.text_of(connection, report))
    match form:
        case "csv-machine":
            return table.for_programs(report, text)
        case "csv":
            return table.for_people(Layout(report, text, lang, comma=True))
        case "pdf":
            return [pdf_maker()(Layout(report, text, lang))]
        case "text":
            return plain.text(Layout(report, text, lang))


def pdf_maker() -> Callable[[Layout], bytes]:
    """How a PDF is made; its library is imported only here, since it comes with an extra. Raises Declined without it."""
    try:
        from worker.operations.report.formats import pdf  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in _PDF_PACKAGES:
            raise
        raise Declined(words.NO_PDF(package=missing.name)) from None
    return pdf.pdf
