"""A year of invented documents in the reference schema: of every sort so many that a wrong description shows."""

from decimal import Decimal
from typing import Any

from practice import Practice

_NOTE = "Umsatzsteuerfrei nach § 4 Nr. 14 UStG"
_TREATMENT = {"quantity": Decimal(2), "unit_price": Decimal("24.50")}
#: Items, tax mode, note and total; the totals are written down, not computed.
_SORTS: list[tuple[list[dict[str, Any]], str, str | None, str]] = [
    ([{}, _TREATMENT], "vatfree", _NOTE, "134.00"),
    ([{"unit_price": Decimal("100.00"), "vat_rate": 19}, _TREATMENT | {"vat_rate": 19}], "net", None, "177.31"),
    ([{"unit_price": Decimal("119.00"), "vat_rate": 19}, _TREATMENT | {"vat_rate": 19}], "gross", None, "168.00"),
    ([{"unit_price": Decimal("50.00"), "vat_rate": 19}, _TREATMENT], "net", _NOTE, "108.50"),
]


def write_books(practice: Practice, *, rounds: int = 12, drafts: int = 4) -> None:
    """So many documents of each sort, each round with the cancellation of one of them, and some drafts."""
    for number in range(rounds):
        invoices = [_invoice(practice, sort) for sort in _SORTS]
        practice.cancel(invoices[number % len(invoices)])
    for _ in range(drafts):
        draft = practice.invoice(_payer(practice), status="draft", number=None, total=None)
        practice.db.execute("update practice.invoices set completed_at = null where id = %s", (draft,))


def _invoice(practice: Practice, sort: tuple[list[dict[str, Any]], str, str | None, str]) -> int:
    items, tax_mode, note, total = sort
    return practice.invoice(_payer(practice), items, tax_mode=tax_mode, exemption_note=note, total=Decimal(total))


def _payer(practice: Practice) -> int:
    return practice.customer(birth_date="1984-03-17", insurance_number="Q123456783")
