"""The German texts that end up on documents in Lexware.

Ours name the practice's own number and dates, nothing of what was done; the practice's own words are joined where the
mode lets them leave. Lengths are demanded elsewhere.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from worker.lexware.translate import fold, marker
from worker.lexware.translate.documents import Document, Kind, Settings

TITLES: Mapping[Kind, str] = {"invoice": "Rechnung", "cancellation": "Stornorechnung"}
UNIT = "Leistung"
CANCELLED = "Storno: "
ROUNDING = "Rundungsdifferenz"
_RENDERED = re.compile(r"\*\*\S.*?\*\*|__\S.*?__|^- ", re.MULTILINE)


def introduction(document: Document, settings: Settings) -> str:
    """Our sentence, and below it the practice's text when lines are itemised.

    On a cancellation ours ties the two documents, for Lexware prints no reference (lexware-api 6.1).
    """
    number, day = _invoice(document)
    text = f"Storno zur Rechnung {number}" if document.kind == "cancellation" else f"Rechnung {number}"
    ours = f"{text} vom {day:%d.%m.%Y}" if day else text
    theirs = fold.paragraph(document.introduction) if settings.lines == "itemised" else None
    return f"{ours}\n{theirs}" if theirs else ours


def remark(document: Document, exemption_note: str | None, marker_code: str) -> str:
    """The exemption note, when it stands here, and as the last line the marker; never empty."""
    ours = marker.document_line(fold.name(document.number) or "", marker_code)
    return f"{exemption_note}\n{ours}" if exemption_note else ours


def services(document: Document) -> str:
    """Name of a neutral line."""
    return f"{prefix(document.kind)}Leistungen gemäß Rechnung {_invoice(document)[0]}"


def prefix(kind: Kind) -> str:
    """What the name of every line of a cancellation begins with."""
    return CANCELLED if kind == "cancellation" else ""


def reckoning(quantity: Decimal, unit: str, price: Decimal) -> str:
    """How a line's amount came about, e.g. `0,25 mal 95,50 EUR je Stunde`."""
    return f"{_german(quantity, 0)} mal {_german(price, 2)} EUR je {unit}"


def is_rendered(*said: str | None) -> bool:
    """Whether Lexware would show a part of these texts in bold, in italics or as a list. The marker's line never is."""
    return any(_RENDERED.search(text) for text in said if text)


def payment_term(days: int) -> str:
    """Label of the payment term."""
    if days == 0:
        return "Zahlbar sofort"
    return f"Zahlbar innerhalb von {days} Tagen" if days > 1 else "Zahlbar innerhalb von einem Tag"


def _invoice(document: Document) -> tuple[str, date | None]:
    invoice = document.original if document.kind == "cancellation" and document.original else document
    return fold.name(invoice.number) or "", invoice.invoice_date


def _german(number: Decimal, decimals: int) -> str:
    whole, _, fraction = f"{number:f}".partition(".")
    fraction = fraction.rstrip("0").ljust(decimals, "0")
    return f"{whole},{fraction}" if fraction else whole
