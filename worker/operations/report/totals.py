"""Control totals in three columns: the practice, what was sent, Lexware now; per group of taxation and kind."""

from collections.abc import Iterator
from typing import Any, get_args

from worker.lexware.translate.documents import Kind
from worker.operations.report.amounts import GROUPS, UNCLEAR, Groups
from worker.operations.report.document import Document, money

COLUMNS = ("practice", "sent", "lexware")
_SUMS = ("gross", "net", "tax")


class Totals:
    """Adds up documents. A document counts in each group in which it has lines."""

    def __init__(self) -> None:
        self._cells: dict[tuple[str, Kind, str], list[int]] = {}

    def add(self, document: Document) -> None:
        """Count it in each column in which it is."""
        self._count("practice", document.kind, document.practice)
        if document.standing == "transferred":
            self._count("sent", document.kind, document.sent)
        if document.counts_in_lexware:
            self._count("lexware", document.kind, document.lexware)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each group and kind, also those without documents; the unclear group only when there is something unclear."""
        unclear = [UNCLEAR] if any(group == UNCLEAR for group, _, _ in self._cells) else []
        for group in (*GROUPS, *unclear):
            for kind in get_args(Kind):
                yield {"group": group, "kind": kind} | {column: self._cell(group, kind, column) for column in COLUMNS}

    def _count(self, column: str, kind: Kind, groups: Groups) -> None:
        seen = set()
        for group, amounts in groups:
            cell = self._cells.setdefault((group, kind, column), [0, 0, 0, 0])
            cell[0] += group not in seen
            seen.add(group)
            for place, amount in enumerate(amounts, 1):
                cell[place] += amount

    def _cell(self, group: str, kind: Kind, column: str) -> dict[str, Any]:
        count, *sums = self._cells.get((group, kind, column), (0, 0, 0, 0))
        return {"count": count} | dict(zip(_SUMS, map(money, sums), strict=True))
