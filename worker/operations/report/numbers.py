"""Numbers: what is missing in the practice's circles, what was given twice, and which number is which in Lexware."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from worker.messages.visible import visible
from worker.operations.report.canonical import encode
from worker.operations.report.document import Document
from worker.operations.report.sequences import SURELY, Circle, Counted, Taken, missing, split


class Doubled(NamedTuple):
    """A number that the practice gave to several documents; their keys, where the host has keys of its own."""

    number: str
    document_ids: list[int]
    host_keys: list[str]


@dataclass(slots=True)
class Numbers:
    """Takes the documents of a year in; `mapping` is kept as text, since a month may have a hundred thousand."""

    year: int
    mapping: list[str] = field(default_factory=list)
    unnumbered: int = 0
    _circles: dict[Circle, Counted] = field(default_factory=dict)
    _lexware_numbers: dict[str, int] = field(default_factory=dict)
    _host_keys: dict[int, str] = field(default_factory=dict)
    _doubles: list[dict[str, Any]] = field(default_factory=list)

    def add(self, document: Document, number: str | None) -> None:
        """Count its own number, which may be another one than it shows, and keep which it is in Lexware."""
        if number is None:
            self.unnumbered += 1
        elif parts := split(number, self.year):
            circle, digits = parts
            self._circles.setdefault(circle, Counted()).digits[int(digits)] = len(digits)
        if document.lexware_id is not None:
            self.mapping.append(encode(_mapped(document)))
            self._look_for_doubles(document)

    def went_before(self, numbers: Iterable[str]) -> None:
        """Numbers of the month before: the highest of a circle that goes on is where this month's begins."""
        highest: dict[Circle, tuple[int, int]] = {}
        for number in numbers:
            if (parts := split(number, self.year)) and (counted := self._circles.get(parts[0])):
                value = int(parts[1])
                if min(counted.digits) - SURELY < value < min(counted.digits):
                    highest[parts[0]] = max(highest.get(parts[0], (-1, 0)), (value, len(parts[1])))
        for circle, (value, width) in highest.items():
            self._circles[circle].digits[value] = width

    def gaps(self, taken: Taken) -> list[str]:
        """Numbers that no document has."""
        return missing(self._circles, taken)

    def doubles(self, doubled: Iterable[Doubled]) -> list[dict[str, Any]]:
        """What the practice gave twice, and what is twice in Lexware."""
        return [_double("practice", one) for one in sorted(doubled)] + self._doubles

    def _look_for_doubles(self, document: Document) -> None:
        if document.host_key is not None:
            self._host_keys[document.document_id] = visible(document.host_key)
        if document.reason == "duplicate_found":
            ids = sorted({*document.twins, *filter(None, [document.lexware_id])})
            self._doubles.append(_double("lexware", self._of(document.number, document.document_id), ids))
        number = document.remote and document.remote.number
        if not number or not document.counts_in_lexware:
            return
        first = self._lexware_numbers.setdefault(f"{document.kind} {number}", document.document_id)
        if first != document.document_id:
            self._doubles.append(_double("lexware", self._of(number, first, document.document_id)))

    def _of(self, number: str, *document_ids: int) -> Doubled:
        keys = [self._host_keys[each] for each in document_ids if each in self._host_keys]
        return Doubled(number, list(document_ids), keys)


def _double(where: str, one: Doubled, lexware_ids: Iterable[str] = ()) -> dict[str, Any]:
    keys = {"host_keys": one.host_keys} if one.host_keys else {}
    row = {"in": where, "number": one.number, "document_ids": one.document_ids, "lexware_ids": list(lexware_ids)}
    return row | keys


def _mapped(document: Document) -> dict[str, Any]:
    remote = document.remote
    return document.named() | {
        "lexware_number": remote.number if remote else None,
        "state": remote.state if remote else None,
    }
