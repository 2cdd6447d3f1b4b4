"""What is stored about a month, as the values that a report is made of. Reads only, in one transaction; holds no person.

Documents come one by one, so that a hundred thousand of them fit.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from outbox.db import Connection, Row
from outbox.sql import query
from worker.lexware.translate.documents import Settings
from worker.messages.visible import visible
from worker.operations.report.amounts import DEFAULTS
from worker.operations.report.inquiry import Inquiry
from worker.operations.report.month import Around, Body, Month
from worker.operations.report.rows import decision, document, orphan, own_number

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of a month."""

    first: date
    last: date

    @classmethod
    def of(cls, month: date) -> "Days":
        """Of the month that begins on this day."""
        return cls(month, month.replace(day=monthrange(month.year, month.month)[1]))

    def before(self) -> "Days":
        """Of the month before."""
        return Days.of((self.first - timedelta(days=1)).replace(day=1))


def gather(connection: Connection, practice_id: int, days: Days, inquiry: Inquiry, run_id: int | None) -> Body:
    """The report of a month by what is stored at one moment; `run_id` names the list that Lexware gave."""
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        return _Gathering(connection, practice_id, days, inquiry, run_id).body()


class _Gathering:
    def __init__(
        self, connection: Connection, practice_id: int, days: Days, inquiry: Inquiry, run_id: int | None
    ) -> None:
        self._connection, self._days, self._inquiry = connection, days, inquiry
        self._of: dict[str, Any] = {"practice_id": practice_id, "first": days.first, "last": days.last}
        self._run_id = run_id
        self._month = Month(practice_id, days.first, inquiry)
        self._settings = self._read_settings()

    def body(self) -> Body:
        """Everything, part by part."""
        for row in self._stream("report.documents", ids=None):
            self._month.add(document(row, self._settings), own_number(row))
        self._add_late()
        return self._month.body(
            Around(
                orphans=[*self._orphans(), *self._look_alikes()],
                decisions=[decision(row) for row in self._rows("report.decisions", until=self._inquiry.ended_at)],
                doubled={visible(row["number"]): row["document_ids"] for row in self._rows("report.doubled")},
                before=self._numbers_before(),
                taken=self._taken,
            )
        )

    def _add_late(self) -> None:
        """What has become of documents of closed months since the last report that was closed."""
        since = self._rows("report.closed_until", month=self._days.first)[0]["as_of"]
        late = {row["document_id"]: row["is_new"] for row in self._rows("report.late", since=since)} if since else {}
        for row in self._stream("report.documents", ids=list(late)) if late else ():
            self._month.add_late(document(row, self._settings), row["month"], is_new=late[row["document_id"]])

    def _orphans(self) -> Iterator[dict[str, Any]]:
        for row in self._rows("report.orphans", organisation_id=self._inquiry.organisation_id):
            yield orphan(row, "marker")

    def _look_alikes(self) -> Iterator[dict[str, Any]]:
        for row in self._rows("report.look_alikes", run_id=self._run_id):
            yield orphan(row, "look_alike")

    def _numbers_before(self) -> Iterator[str]:
        before = self._days.before()
        of = {"first": before.first, "last": before.last}
        return (visible(row["number"]) for row in self._stream("report.numbers", **of))

    def _taken(self, numbers: Sequence[str]) -> set[str]:
        return {visible(row["number"]) for row in self._rows("report.taken", numbers=list(numbers))}

    def _read_settings(self) -> Settings:
        row = next(iter(self._rows("report.connection")), None)
        if row is None or row["tax_type"] is None:
            return DEFAULTS
        return Settings(**{name: row[name] for name in Settings.__slots__})

    def _rows(self, name: str, **more: Any) -> list[Row]:
        return self._connection.execute(query(name), self._of | more).fetchall()

    def _stream(self, name: str, **more: Any) -> Iterator[Row]:
        """The rows as they are asked for, by a cursor of the server."""
        with self._connection.cursor(name=name.replace(".", "_")) as cursor:
            cursor.execute(query(name), self._of | more)
            while rows := cursor.fetchmany(_BATCH):
                yield from rows
