"""Numbers: what is missing in the practice's circles, what was given twice, and which number is which in Lexware."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from worker.operations.report.canonical import encode
from worker.operations.report.document import Document
from worker.operations.report.sequences import SURELY, Circle, Counted, Taken, missing, split


@dataclass(slots=True)
class Numbers:
    """Takes the documents of a year in; `mapping` is kept as text, since a month may have a hundred thousand."""

    year: int
    mapping: list[str] = field(default_factory=list)
    unnumbered: int = 0
    _circles: dict[Circle, Counted] = field(default_factory=dict)
    _lexware_numbers: dict[str, int] = field(default_factory=dict)
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

    def doubles(self, doubled: Mapping[str, list[int]]) -> list[dict[str, Any]]:
        """What the practice gave twice (`doubled`: number and documents), and what is twice in Lexware."""
        practice = [_double("practice", number, ids) for number, ids in sorted(doubled.items())]
        return practice + self._doubles

    def _look_for_doubles(self, document: Document) -> None:
        if document.reason == "duplicate_found":
            ids = sorted({*document.twins, *filter(None, [document.lexware_id])})
            self._doubles.append(_double("lexware", document.number, [document.document_id], ids))
        number = document.remote and document.remote.number
        if not number or not document.counts_in_lexware:
            return
        first = self._lexware_numbers.setdefault(f"{document.kind} {number}", document.document_id)
        if first != document.document_id:
            self._doubles.append(_double("lexware", number, [first, document.document_id]))


def _double(where: str, number: str, document_ids: list[int], lexware_ids: Iterable[str] = ()) -> dict[str, Any]:
    return {"in": where, "number": number, "document_ids": document_ids, "lexware_ids": list(lexware_ids)}


def _mapped(document: Document) -> dict[str, Any]:
    remote = document.remote
    return document.named() | {
        "lexware_number": remote.number if remote else None,
        "state": remote.state if remote else None,
    }
