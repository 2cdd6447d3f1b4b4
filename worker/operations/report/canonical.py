"""JSON with one spelling only, so that its hash means something: keys sorted, no blanks, ASCII, times in UTC to the second."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from uuid import UUID

Parts = Mapping[str, "str | list[str] | Parts"]
"""An object as spelled values, as lists of spelled values, and as further objects of that kind."""

#: Rows of a list that make one piece.
_AT_ONCE = 1000


def encode(value: object) -> str:
    """The one spelling of a value. Raises TypeError for what is neither JSON nor a time, a day or an id."""
    return _ENCODER.encode(value)


def encode_object(parts: Parts) -> Iterator[str]:
    """An object of values that are spelled already, piece by piece, since a list may be long."""
    for place, name in enumerate(sorted(parts)):
        yield f"{',' if place else '{'}{encode(name)}:"
        match parts[name]:
            case str() as value:
                yield value
            case list() as rows:
                yield from _list(rows)
            case inner:
                yield from encode_object(inner)
    yield "}"


def _list(rows: list[str]) -> Iterator[str]:
    yield "["
    for start in range(0, len(rows), _AT_ONCE):
        yield ("," if start else "") + ",".join(rows[start : start + _AT_ONCE])
    yield "]"


def sha256(pieces: Iterable[str]) -> str:
    """The hash of a text in this spelling, in hexadecimal digits."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece.encode())
    return digest.hexdigest()


def moment(value: datetime) -> str:
    """A moment in UTC, to the second."""
    return value.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _plain(value: object) -> str:
    match value:
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical JSON")


_ENCODER = json.JSONEncoder(
    default=_plain, sort_keys=True, ensure_ascii=True, allow_nan=False, separators=(",", ":")
)  # fmt: skip
