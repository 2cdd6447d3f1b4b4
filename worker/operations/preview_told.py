"""The fields of a preview by their names in words, with their values as a reader writes them. They hold persons."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from worker.lexware.translate.documents import Document
from worker.messages import Lang
from worker.messages import preview as words
from worker.operations.preview import PLACEHOLDER

Path = tuple[str | int, ...]
Fact = tuple[Path, object]

#: Lists whose place says it all, values that are days, and values that are sums.
_LISTS = frozenset({"lineItems"})
_DAYS = frozenset({"voucherDate", "shippingDate", "shippingEndDate"})
_SUMS = frozenset({"netAmount", "grossAmount"})
_CENTS = Decimal("0.01")
#: Shown elsewhere, or not of the document itself.
_ELSEWHERE = {"document_id", "practice_id", "kind", "payer", "lines", "original", "own_address", "leaks"}


def told(facts: Iterable[Fact], lang: Lang) -> list[tuple[str, str]]:
    """What each is called, and what it is; those without a value are left out."""
    return [(_name(path, lang), _value(path, value, lang)) for path, value in facts if value is not None]


def original(document: Document) -> Iterator[Fact]:
    """What the practice has written; the first line is 1."""
    for name in document.__slots__:
        if name not in _ELSEWHERE:
            yield (name,), getattr(document, name)
    for name in document.payer.__slots__:
        yield ("payer", name), getattr(document.payer, name)
    for place, line in enumerate(document.lines, 1):
        for name in line.__slots__:
            yield (place, name), getattr(line, name)


def leaving(value: object, path: Path = ()) -> Iterator[Fact]:
    """Every value of a payload with its path; the first of several, such as a line, is 1."""
    if isinstance(value, Mapping) and value:
        for name, part in value.items():
            yield from leaving(part, path if name in _LISTS else (*path, name))
    elif isinstance(value, list):
        for place, part in enumerate(value, 1):
            yield from leaving(part, (*path, place) if len(value) > 1 or not path else path)
    elif value != {}:
        yield path, value


def _name(path: Path, lang: Lang) -> str:
    said = [
        words.LINE(place=part).said_in(lang) if isinstance(part, int) else words.FIELDS[part]().said_in(lang) if part in words.FIELDS else part
        for part in path
    ]  # fmt: skip
    name = ", ".join(said)
    return f"{name[:1].upper()}{name[1:]}"


def _value(path: Path, value: object, lang: Lang) -> str:
    last = path[-1] if path else None
    if value == str(PLACEHOLDER):
        return words.TO_COME().said_in(lang)
    if last in words.CODED and value in words.CODES:
        return words.CODES[str(value)]().said_in(lang)
    if last in _DAYS:
        value = date.fromisoformat(str(value)[:10])
    elif isinstance(value, float):
        value = _number(value, is_sum=last in _SUMS)
    return words.SHOWN(value=value).said_in(lang)


def _number(value: float, *, is_sum: bool) -> Decimal:
    """A sum with its cents, anything else without digits that say nothing."""
    exact = Decimal(repr(value))
    if not is_sum:
        return exact.normalize()
    cents = exact.quantize(_CENTS)
    return cents if cents == exact else exact
