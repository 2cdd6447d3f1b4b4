"""The lines a document goes over with, in the practice's words, and what they come to.

Neutral: one line per VAT rate that says nothing of what was done. Itemised: each line with code and description.
A cancellation's amounts are turned positive here and nowhere else. It demands a document whose numbers are sound.
"""

from dataclasses import dataclass
from decimal import Decimal

from worker.lexware.translate import cents, fold, texts, wording
from worker.lexware.translate.cents import Item
from worker.lexware.translate.documents import Document, Kind, Line, Settings, TaxMode

LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class SentLine:
    """One line as it is sent; its item has a positive quantity."""

    name: str
    description: str | None
    unit: str
    item: Item


def sent_lines(document: Document, settings: Settings, tax_type: TaxMode) -> list[SentLine]:
    """The lines of the privacy mode, in a form by which Lexware arrives at the practice's total, if any does."""
    items = items_of(document)
    if settings.lines == "itemised":
        pairs = zip(document.lines, items, cents.itemised(items, tax_type), strict=True)
        return [_itemised(document.kind, line, item, sent) for line, item, sent in pairs]
    name = wording.services(document)
    return [SentLine(name, None, wording.UNIT, item) for item in cents.neutral(items, tax_type, total_of(document))]


def items_of(document: Document) -> list[Item]:
    """What the lines come to, as Lexware signs it: a credit is positive (lexware-api 6.1)."""
    return [Item(line.quantity, _signed(document.kind, line.unit_price), line.vat_rate) for line in document.lines]


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
