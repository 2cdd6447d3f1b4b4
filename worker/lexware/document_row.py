"""The document in a row of `reading.snapshot`, in the types of `documents.py`. Pure."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from outbox.db import Row
from outbox.ids import CustomerId
from worker.lexware.host_data import NULL, HostData
from worker.lexware.translate import notes
from worker.lexware.translate.documents import Address, Document, Line, Original, Payer


def document_of(row: Row) -> Document:
    """The document with its payer and lines. Raises HostData when a line lacks a number that it cannot do without."""
    made: dict[str, Any] = {
        "payer": pick(row | {"customer_id": CustomerId(row["payer_id"])}, Payer),
        "lines": tuple(_line(**line) for line in json.loads(row["document_lines"] or "[]")),
        "original": _original(row),
        "own_address": Address(**json.loads(row["own_address"])) if row["own_address"] else None,
        "leaks": dict.fromkeys(row["leaks"], "") | dict(found.split(":") for found in row["leaked"]),
        "note_is_confirmed": _is_confirmed(row),
    }
    return Document(**{name: row[name] for name in Document.__slots__ if name not in made}, **made)


def _is_confirmed(row: Row) -> bool:
    known = row["confirmed_notes"]
    return bool(known) and notes.fingerprint(row["exemption_note"], row["practice_id"], row["salt"]) in known


def _line(
    *, treated_on: str | None, quantity: str | None, unit_price: str | None, vat_rate: str | None, **texts: Any
) -> Line:
    return Line(
        treated_on=date.fromisoformat(treated_on) if treated_on else None,
        quantity=_number("quantity", quantity),
        unit_price=_number("unit_price", unit_price),
        vat_rate=_number("vat_rate", vat_rate),
        **texts,
    )


def _number(column: str, text: str | None) -> Decimal:
    if text is None:
        raise HostData("document_line", column, NULL)
    return Decimal(text)


def _original(row: Row) -> Original | None:
    if row["original_id"] is None:
        return None
    return Original(document_id=row["original_id"], number=row["original_number"], invoice_date=row["original_date"])


def pick(row: Row, shape: type[Any]) -> Any:
    """A value of a class with slots, each from the column of its name."""
    return shape(**{name: row[name] for name in shape.__slots__})
