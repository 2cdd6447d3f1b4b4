"""What a document comes to in each group of taxation: by the practice's own figures, as it was sent, and in Lexware.

In whole cents, signed as the practice signs them: negative on a cancellation. Pure.
"""

import json
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from outbox.ids import CustomerId, DocumentId, PracticeId
from worker.lexware.translate import cents
from worker.lexware.translate.documents import Document, Kind, Line, Payer, Settings, TaxMode
from worker.lexware.translate.items import Item, to_cents
from worker.lexware.translate.lines import items_of, sent, total_of
from worker.lexware.translate.tax import RATES

GROUPS = ("exempt", "0", "7", "19")
"""What turnover is recorded by (§ 22 UStG): exempt services apart from others without tax."""

UNCLEAR = "unclear"
"""The group of a document whose lines do not come to its total, or are not there."""


class Amounts(NamedTuple):
    """Sums in cents; gross is net and tax."""

    gross: int = 0
    net: int = 0
    tax: int = 0


Groups = tuple[tuple[str, Amounts], ...]
"""The sums of a document per group, each group once."""


class Figures(NamedTuple):
    """What the host says of the money of a document."""

    kind: Kind
    tax_mode: str
    has_note: bool
    total: Decimal | None
    lines: str
    """JSON: quantity, unit_price and vat_rate of each line as text."""

    @property
    def zero_group(self) -> str:
        """Where its lines without tax belong."""
        return "exempt" if self.tax_mode == "vatfree" or self.has_note else "0"


def in_cents(amount: Decimal | None) -> int:
    """A sum of money in cents; what is none counts nothing."""
    return int(to_cents(amount) * 100) if amount is not None and amount.is_finite() else 0


@lru_cache(maxsize=4096)
def of_practice(figures: Figures) -> Groups:
    """By the practice's lines and total, whichever lawful way it rounds."""
    document, total = _document(figures), in_cents(figures.total)
    tax_mode: TaxMode | None = _known(figures.tax_mode)
    if document is None or tax_mode is None:
        return ((UNCLEAR, Amounts(total, total, 0)),)
    items, tax_type = cents.neutral(items_of(document), tax_mode, total_of(document))
    return _grouped(figures, items, tax_type, total)


@lru_cache(maxsize=4096)
def of_sent(figures: Figures, settings: Settings) -> Groups:
    """By the lines as they are sent."""
    document, total = _document(figures), in_cents(figures.total)
    if document is None or _known(figures.tax_mode) is None:
        return ((UNCLEAR, Amounts(total, total, 0)),)
    going = sent(document, settings)
    return _grouped(figures, (line.item for line in going.lines), going.tax_type, total)


@lru_cache(maxsize=4096)
def of_lexware(figures: Figures, total: Decimal | None, taxes: str | None, as_sent: Groups) -> Groups:
    """By what Lexware says of the document; one that was not read as a whole, and has the sum that was sent, as sent.

    `taxes` is JSON: rate, net, tax and gross of each rate as text.
    """
    sign = _sign(figures.kind)
    gross = sign * in_cents(total)
    if taxes is None:
        is_as_sent = sum(amounts.gross for _, amounts in as_sent) == gross
        return as_sent if is_as_sent else ((UNCLEAR, Amounts(gross, gross, 0)),)
    return tuple(
        (
            _group(figures, Decimal(one["rate"])),
            Amounts(*(sign * in_cents(Decimal(one[name])) for name in Amounts._fields)),
        )
        for one in json.loads(taxes)
    )


def _document(figures: Figures) -> Document | None:
    """As much of a document as the translation needs for its sums; None when they cannot be reckoned."""
    try:
        lines = tuple(_line(**line) for line in json.loads(figures.lines or "[]"))
    except (TypeError, ArithmeticError):
        return None
    if not lines or figures.total is None or not figures.total.is_finite():
        return None
    return Document(
        document_id=DocumentId(0), practice_id=PracticeId(0), kind=figures.kind, number="-", invoice_date=None, due_date=None,
        tax_mode=figures.tax_mode, exemption_note="-" if figures.has_note else None, introduction=None, total=figures.total,
        payer=_NOBODY, lines=lines, original=None,
    )  # fmt: skip


def _line(*, quantity: str, unit_price: str, vat_rate: str) -> Line:
    numbers = [Decimal(text) for text in (quantity, unit_price, vat_rate)]
    if not all(number.is_finite() for number in numbers):
        raise ArithmeticError
    quantity_, price, rate = numbers
    return Line(
        position=None, treated_on=None, code=None, description=None, quantity=quantity_, unit="", unit_price=price, vat_rate=rate
    )  # fmt: skip


_NOBODY = Payer(
    customer_id=CustomerId(0), customer_number=None, salutation=None, first_name=None, last_name=None, company_name=None,
    street=None, address_supplement=None, zip=None, city=None, country_code=None, email=None, phone=None,
)  # fmt: skip

#: How documents are reckoned when the practice was never connected.
DEFAULTS = Settings(
    organisation_id=UUID(int=0), tax_type="vatfree", small_business=False, lines="neutral", matching="exact"
)


def _grouped(figures: Figures, items: Iterable[Item], tax_type: TaxMode, total: int) -> Groups:
    """Of each group; what does not come to the total is unclear as a whole."""
    sign = _sign(figures.kind)
    groups = []
    for item in cents.per_rate(items, round_lines=True):
        sums = cents.totals([item], tax_type)
        amounts = Amounts(*(sign * in_cents(getattr(sums, name)) for name in Amounts._fields))
        groups.append((_group(figures, item.rate), amounts))
    if sum(amounts.gross for _, amounts in groups) != total:
        return ((UNCLEAR, Amounts(total, total, 0)),)
    return tuple(groups)


def _group(figures: Figures, rate: Decimal) -> str:
    if rate == 0:
        return figures.zero_group
    return str(int(rate)) if rate in RATES else UNCLEAR


def _sign(kind: Kind) -> int:
    return -1 if kind == "cancellation" else 1


def _known(tax_mode: str) -> TaxMode | None:
    match tax_mode:
        case "vatfree" | "net" | "gross":
            return tax_mode
        case _:
            return None
