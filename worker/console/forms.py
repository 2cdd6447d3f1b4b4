"""What a form or an address brought along, understood or refused by name: a field that makes no sense changes nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from urllib.parse import parse_qsl
from uuid import UUID

from worker.messages import Sentence
from worker.messages import console as words

T = TypeVar("T", bound=str)
_ENCODING = "application/x-www-form-urlencoded"
_FIRST_YEAR, _LAST_YEAR = 2000, 2199
LARGEST_ID = 2**63 - 1
_LONGEST_ID = len(str(LARGEST_ID))


class BadField(Exception):
    """A field that cannot be understood; the sentence names it, never its value."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields by name, each with all its values."""

    values: dict[str, list[str]]

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """The value without blanks around it; empty when it is absent."""
        return self.values.get(name, [""])[0].strip()

    def given(self, name: str) -> str | None:
        """The same; None instead of empty."""
        return self.text(name) or None

    def day(self, name: str) -> date | None:
        """A day like 2026-12-31, as browsers send it. Raises BadField."""
        value = self.text(name)
        if not value:
            return None
        try:
            found = date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) else None
        except ValueError:
            found = None
        if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
            raise BadField(words.NO_DAY(field=name))
        return found

    def month(self, name: str) -> date:
        """The first day of a month like 2026-12, as browsers send it. Raises BadField."""
        found = Fields({name: [f"{self.text(name)}-01"]}).day(name)
        if found is None:
            raise BadField(words.NO_VALUE(field=name))
        return found

    def moment(self, name: str) -> datetime | None:
        """A moment with its zone, as a page of ours has written it. Raises BadField."""
        value = self.text(name)
        if not value:
            return None
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            raise BadField(words.NO_VALUE(field=name))
        return found

    def choice(self, name: str, choices: Sequence[T]) -> T | None:
        """One of a few words. Raises BadField."""
        value = self.text(name)
        if not value:
            return None
        for choice in choices:
            if value == choice:
                return choice
        raise BadField(words.NO_VALUE(field=name))

    def number(self, name: str) -> int | None:
        """A whole number that is an id or a count. Raises BadField."""
        value = self.text(name)
        return whole(name, value) if value else None

    def numbers(self, name: str) -> list[int]:
        """The numbers of a field that comes repeatedly, or as one list with commas. Raises BadField."""
        parts = [part.strip() for value in self.values.get(name, ()) for part in value.split(",")]
        return list(dict.fromkeys(whole(name, part) for part in parts if part))

    def uuid(self, name: str) -> UUID | None:
        """An id of Lexware's, or an address in Lexware that ends with one. Raises BadField."""
        value = self.text(name)
        if not value:
            return None
        found = re.search(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", value)
        if found is None:
            raise BadField(words.NO_VALUE(field=name))
        return UUID(found[0])


def of_query(raw: bytes) -> Fields:
    """The fields of an address."""
    return Fields(_collected(raw))


def of_body(raw: bytes, content_type: str) -> Fields:
    """The fields of a form. Raises BadField for what no form of ours sends."""
    if content_type.partition(";")[0].strip().lower() != _ENCODING:
        raise BadField(words.NO_FORM())
    return Fields(_collected(raw))


def _collected(raw: bytes) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True):
        values.setdefault(name, []).append(value.replace("\0", "\N{REPLACEMENT CHARACTER}"))
    return values


def whole(name: str, value: str) -> int:
    """A whole number that is an id or a count; of more digits than an id has none is even read. Raises BadField."""
    if not (value.isascii() and value.isdecimal()) or len(value) > _LONGEST_ID or int(value) > LARGEST_ID:
        raise BadField(words.NO_VALUE(field=name))
    return int(value)
