"""One value at a time out of a JSON answer, taking whatever comes.

Guarantee: an optional value that is missing or malformed becomes None or empty; only `essential_*` raise, `Unreadable`.
Texts come without NUL and lone surrogates, on which PostgreSQL chokes. Money is Decimal, days are Berlin days.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NoReturn
from uuid import UUID
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")

LARGEST_EXPONENT = 15
"""Sums beyond this are not money; a remote 1e999999999 must not fill the memory when it is printed."""

MOST_CONTAINERS, MOST_VALUES = 100_000, 1_000_000
"""Objects and lists, and what commas divide: many times what a page of 250 rows has, texts with commas included."""

Json = Mapping[str, Any]


class Unreadable(ValueError):
    """An answer lacks what the program cannot do without. Names the field, never its value."""


def document(body: bytes | None) -> Json:
    """The JSON object in a body, its fractions as Decimal. One of more parts than any answer has is not even read."""
    if body and not is_modest(body):
        raise Unreadable("body")
    try:
        data = json.loads(body or b"", parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise Unreadable("body")
    return data


def is_modest(body: bytes) -> bool:
    """Whether reading it costs little: 31 MB of `{}` would take 700 MB of memory."""
    return body.count(b"{") + body.count(b"[") <= MOST_CONTAINERS and body.count(b",") <= MOST_VALUES


def _refuse(_constant: str) -> NoReturn:
    raise Unreadable("number")


def part(data: Json, key: str) -> Json:
    """The object under a key, empty if there is none."""
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def parts(value: object) -> list[Json]:
    """The objects of a list."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def essential_parts(data: Json, key: str) -> list[Json]:
    """The objects of a list that must be one, and of nothing else: a row that cannot be read proves nothing."""
    value = data.get(key)
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise Unreadable(key)
    return value


def essential_id(data: Json, key: str) -> UUID:
    """The id under a key."""
    value = identity(data.get(key))
    if value is None:
        raise Unreadable(key)
    return value


def identity(value: object) -> UUID | None:
    """An id of Lexware."""
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def essential_text(data: Json, key: str) -> str:
    """The text under a key, which must not be empty."""
    value = text(data.get(key))
    if not value:
        raise Unreadable(key)
    return value


def text(value: object) -> str:
    """A text, empty if there is none."""
    return value.replace("\0", "").encode(errors="replace").decode() if isinstance(value, str) else ""


def texts(value: object) -> list[str]:
    """The texts of a list that are not empty."""
    return [found for entry in value if (found := text(entry))] if isinstance(value, list) else []


def whole(value: object) -> int | None:
    """A whole number; JSON's true is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def essential_whole(data: Json, key: str) -> int:
    """The whole number under a key."""
    value = whole(data.get(key))
    if value is None:
        raise Unreadable(key)
    return value


def money(value: object) -> Decimal | None:
    """An amount, which may also come as a text (lexware-api 9.2)."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        amount = Decimal(value)
    except ArithmeticError:
        return None
    return amount if amount.is_finite() and abs(amount.adjusted()) <= LARGEST_EXPONENT else None


def instant(value: object) -> datetime | None:
    """A moment, in UTC; one without a zone is German time."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment and (moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def berlin_day(value: object) -> date | None:
    """The German calendar day of a moment (lexware-api 1.3)."""
    moment = instant(value)
    return moment and moment.astimezone(BERLIN).date()
