"""The shape of an answer: names of fields, their types, and the words of those that hold one of a few words. No values.

Guarantee: nothing else of an answer is in its shape; a name or a word that does not look like one of Lexware's is left
out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from worker.lexware.api.lenient import Json

_NAME, _WORD = re.compile(r"[A-Za-z][A-Za-z0-9]{0,39}"), re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
#: Fields whose values are words of Lexware's own (lexware-api 4 to 9).
_WORDS = frozenset(
    {
        "voucherStatus", "voucherType", "taxType", "paymentStatus", "paymentItemType", "shippingType", "currency",
        "electronicDocumentProfile", "language", "businessFeatures", "distanceSalesPrinciple",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """By path, like `content[].voucherStatus`: the types seen, and the words seen; both sorted."""

    types: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)


def shape_of(data: Json) -> Shape:
    """The shape of a whole answer."""
    types: dict[str, set[str]] = {}
    words: dict[str, set[str]] = {}
    for path, name, value in _leaves("", "", data):
        types.setdefault(path, set()).add(_type(value))
        if name in _WORDS and isinstance(value, str) and _WORD.fullmatch(value):
            words.setdefault(path, set()).add(value)
    return Shape(*({path: sorted(seen) for path, seen in sorted(of.items())} for of in (types, words)))


def _leaves(path: str, name: str, value: object) -> Iterator[tuple[str, str, object]]:
    if isinstance(value, dict) and value:
        for key, part in value.items():
            if _NAME.fullmatch(key):
                yield from _leaves(f"{path}.{key}" if path else key, key, part)
    elif isinstance(value, list) and value:
        for part in value:
            yield from _leaves(f"{path}[]", name, part)
    elif path:
        yield path, name, value


def _type(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "flag"
        case int() | Decimal():
            return "number"
        case str():
            return "text"
        case list():
            return "list"
        case _:
            return "object"
