"""The lines a document goes over with, in the practice's words, and what they come to.

Neutral: one line per VAT rate that says nothing of what was done. Itemised: each line with code and description; a total
that they do not give goes with a line that names the rounding, or as neutral lines.
A cancellation's amounts are turned positive here and nowhere else. It demands a document whose numbers are sound.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from worker.lexware.translate import cents, fold, texts, wording
from worker.lexware.translate.documents import Document, Kind, Line, Settings, TaxMode
from worker.lexware.translate.items import Item, reckoned
from worker.lexware.translate.required import MOST_LINES
from worker.lexware.translate.tax import tax_of

Note = Literal["rounding_line", "neutral_lines", "gross_amounts", "rendered_marks"]
LONGEST_NAME = 100
"""The documentation says 255; somebody who tried says 100 (lexware-api 5.4)."""


@dataclass(frozen=True, slots=True)
class SentLine:
    """One line as it is sent; its item has a positive quantity."""

    name: str
    description: str | None
    unit: str
    item: Item


@dataclass(frozen=True, slots=True)
class Sent:
    """The lines of a document, the tax type they are reckoned in, and what a human should know about them."""

    lines: list[SentLine]
    tax_type: TaxMode
    notes: tuple[Note, ...] = ()

    @property
    def total(self) -> Decimal:
        """What Lexware makes of them."""
        return cents.totals((line.item for line in self.lines), self.tax_type).gross


def sent(document: Document, settings: Settings) -> Sent:
    """The lines of the privacy mode, in a form by which Lexware arrives at the practice's total, if any does."""
    tax_type = tax_of(document, settings).type
    if settings.lines == "neutral":
        return _neutral(document, tax_type)
    items, total = items_of(document), total_of(document)
    as_they_are = Sent(_of_items(document, cents.itemised(items, tax_type)), tax_type)
    if as_they_are.total == total:
        return as_they_are
    if (rounded := cents.rounded(items, tax_type, total)) and len(rounded) <= MOST_LINES:
        words = wording.prefix(document.kind) + wording.ROUNDING
        difference = SentLine(words, None, wording.UNIT, rounded[-1])
        return Sent([*_of_items(document, rounded[:-1]), difference], tax_type, ("rounding_line",))
    neutral = _neutral(document, tax_type)
    return replace(neutral, notes=("neutral_lines", *neutral.notes)) if neutral.total == total else as_they_are


def _neutral(document: Document, tax_type: TaxMode) -> Sent:
    items, sent_type = cents.neutral(items_of(document), tax_type, total_of(document))
    name, _ = texts.split(wording.services(document), LONGEST_NAME)  # a longer number stands in the introduction
    lines = [SentLine(name, None, wording.UNIT, item) for item in items]
    return Sent(lines, sent_type, () if sent_type == tax_type else ("gross_amounts",))


def _of_items(document: Document, sent_items: list[Item]) -> list[SentLine]:
    lines = zip(document.lines, items_of(document), sent_items, strict=True)
    return [_itemised(document.kind, line, item, sent_item) for line, item, sent_item in lines]


def items_of(document: Document) -> list[Item]:
    """What the lines come to, as Lexware signs it: a credit is positive (lexware-api 6.1)."""
    return [
        Item(reckoned(line.quantity), _signed(document.kind, reckoned(line.unit_price)), line.vat_rate)
        for line in document.lines
    ]


def total_of(document: Document) -> Decimal:
    """The practice's total, signed as its items are."""
    return _signed(document.kind, document.total or Decimal(0))


def _signed(kind: Kind, amount: Decimal) -> Decimal:
    return -amount if kind == "cancellation" else amount


def _itemised(kind: Kind, line: Line, item: Item, sent: Item) -> SentLine:
    words = " ".join(filter(None, (fold.name(line.code), fold.name(line.description))))
    name, rest = texts.split(wording.prefix(kind) + words, LONGEST_NAME)
    unit = fold.line(line.unit) or wording.UNIT
    if sent.amount == item.amount:
        return SentLine(name, rest, unit, sent)
    reckoning = wording.reckoning(item.quantity, unit, item.price)
    return SentLine(name, " ".join(filter(None, (rest, reckoning))), wording.UNIT, sent)
