"""A report as head, parts and foot in one language: what text, table and PDF show, each in its own form."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any

from worker.messages import Lang, Sentence
from worker.messages import report as words
from worker.messages.times import Month
from worker.messages.visible import visible
from worker.operations.report.chain import Report
from worker.operations.report.formats.cells import NUMBERS, Cells
from worker.operations.report.formats.stored import StoredText
from worker.operations.report.funnel import STANDINGS
from worker.operations.report.totals import COLUMNS as SIDES

MOST_ROWS = 1000
"""More lines of a part than this are left to the formats for programs."""

_NAMED = ("number", "kind")
_PARTS: dict[str, tuple[str, ...]] = {
    "totals": ("group", "kind", "column", "count", "gross", "net", "tax"),
    "funnel": ("standing", "count"),
    "not_transferred": (*_NAMED, "standing", "reason"),
    "gaps": ("number",),
    "doubles": ("in", "number", "document_ids", "lexware_ids"),
    "pairs": ("invoice_number", "cancellation_number", "invoice_state", "cancellation_state", "finding"),
    "drafts": (*_NAMED, "lexware_number", "age_days", "late"),
    "changed": (*_NAMED, "month", "what", "before", "after", "noticed_at", "accepted_by"),
    "missing": (*_NAMED, "month", "state", "noticed_at", "accepted_by"),
    "orphans": ("lexware_number", "kind", "total", "voucher_date", "why", "number"),
    "decisions": ("at", "by", "decision", "number", "why"),
    "mapping": (*_NAMED, "lexware_number", "state", "lexware_id"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A table with its heading; `rows` gives its rows anew each time. `numeric`: the columns that hold numbers."""

    title: str
    columns: list[str]
    rows: Callable[[], Iterator[list[str]]]
    numeric: frozenset[int]

    def few(self) -> list[list[str]] | None:
        """The rows; None when there are more than a human reads."""
        rows = list(islice(self.rows(), MOST_ROWS + 1))
        return rows if len(rows) <= MOST_ROWS else None


class Layout:
    """A stored report in one language; `comma`: amounts with a decimal comma in any."""

    def __init__(self, report: Report, text: StoredText, lang: Lang, *, comma: bool = False) -> None:
        self._report, self._text, self.lang = report, text, lang
        self._shown = Cells(lang, comma=comma)

    @property
    def title(self) -> str:
        """What it is, with the practice as its people know it: by the host's own key, else by its id."""
        month = Month(date.fromisoformat(f"{self._text['month']}-01"))
        known_by = "host_key" if ("host_key",) in self._text else "practice_id"
        return self.say(words.TITLE(month=month, practice=visible(str(self._text[known_by]))))

    @property
    def as_of(self) -> datetime:
        """Up to when it knows Lexware."""
        return self._report.as_of

    def head(self) -> Iterator[str]:
        """What stands above the parts, a line each."""
        organisation = self._text["organisation_id"]
        query = {name[1]: self._text[name] for name in self._text if name[0] == "query"}
        yield self.say(words.ORGANISATION(organisation=organisation) if organisation else words.NO_ORGANISATION())
        yield self.say(words.PERIOD(first=date.fromisoformat(query["from"]), last=date.fromisoformat(query["to"])))
        counts = {"listed": query["listed"], "pages": query["pages"], "calls": query["calls"]}
        yield self.say(
            words.ASKED(
                begun=self._shown.moment(query["started_at"]), ended=self._shown.moment(query["ended_at"]), **counts
            )
        )
        yield self.say(words.PROVEN() if self._text["complete"] else words.NOT_PROVEN())
        for code in self._text["why_not"]:
            yield f"· {self.say(words.WHY_NOT[code]())}"  # no cell of a spreadsheet begins with a hyphen

    def parts(self) -> Iterator[Part]:
        """Every part, also those in which there is nothing."""
        for name, columns in _PARTS.items():
            yield Part(
                title=self.say(words.PARTS[name]()),
                columns=[self.say(words.COLUMNS[column]()) for column in columns],
                rows=partial(self._cells, name, columns),
                numeric=frozenset(place for place, column in enumerate(columns) if column in NUMBERS),
            )

    def foot(self) -> Iterator[str]:
        """Hashes, and who signed it or is to sign it."""
        report = self._report
        yield self.say(words.HASHES(hash=report.sha256))
        yield self.say(words.PREVIOUS(hash=report.previous_sha256) if report.previous_sha256 else words.FIRST())
        if report.signed_at is None:
            yield self.say(words.TO_SIGN())
            return
        yield self.say(words.SIGNED(at=self._shown.moment(report.signed_at.isoformat()), by=report.signed_by))
        if report.signed_why:
            yield self.say(words.REMARK(why=report.signed_why))

    def say(self, sentence: Sentence) -> str:
        """In its language."""
        return sentence.said_in(self.lang)

    def _cells(self, name: str, columns: Sequence[str]) -> Iterator[list[str]]:
        return ([self._shown.cell(column, row.get(column)) for column in columns] for row in self._rows(name))

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        text = self._text
        match name:
            case "totals":
                return (
                    {"group": row["group"], "kind": row["kind"], "column": side} | row[side]
                    for row in text["totals"]
                    for side in SIDES
                    if any(row[one]["count"] for one in SIDES)
                )
            case "funnel":
                return (
                    {"standing": place, "count": text["funnel", place]} for place in ("documents", *STANDINGS, "lost")
                )
            case "not_transferred":
                return text.rows("funnel", name)
            case "gaps":
                return ({"number": number} for number in text["numbers", "gaps"])
            case "doubles":
                rows = text.rows("numbers", name)
                return (row | {"document_ids": row.get("host_keys", row["document_ids"])} for row in rows)
            case "mapping":
                return text.rows("numbers", name)
            case _:
                return text.rows(name)
