"""What is stored about a month, as the values that a report is made of. Reads only, in one transaction; holds no person.

Documents come one by one, so that a hundred thousand of them fit.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from outbox.db import Connection
from worker.lexware.translate.documents import Settings
from worker.messages.visible import visible
from worker.operations.report.amounts import DEFAULTS
from worker.operations.report.inquiry import Inquiry
from worker.operations.report.month import Around, Body, Month
from worker.operations.report.reading import Reading, Unreadable
from worker.operations.report.rows import decision, document, doubled, orphan, own_number, unreadable
from worker.practice.practices import Practice


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


def gather(connection: Connection, practice: Practice, days: Days, inquiry: Inquiry, run_id: int | None) -> Body:
    """The report of a month by what is stored at one moment; `run_id` names the list that Lexware gave."""
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        return _Gathering(connection, practice, days, inquiry, run_id).body()


class _Gathering:
    def __init__(
        self, connection: Connection, practice: Practice, days: Days, inquiry: Inquiry, run_id: int | None
    ) -> None:
        self._days, self._inquiry, self._run_id = days, inquiry, run_id
        self._reading = Reading(
            connection, {"practice_id": practice.practice_id, "first": days.first, "last": days.last}
        )
        self._settings = self._read_settings()
        self._month = Month(practice.practice_id, days.first, inquiry, practice.host_key)

    def body(self) -> Body:
        """Everything, part by part."""
        of_host = self._reading.of_host
        for row in self._reading.documents():
            if isinstance(row, Unreadable):
                self._month.add_unreadable(unreadable(row), own_number(row._asdict()))
            else:
                self._month.add(document(row, self._settings), own_number(row))
        self._add_late()
        return self._month.body(
            Around(
                orphans=[*self._orphans(), *self._look_alikes()],
                decisions=[decision(row) for row in of_host("report.decisions", until=self._inquiry.ended_at)],
                doubled=[doubled(row) for row in of_host("report.doubled")],
                before=self._numbers_before(),
                taken=self._taken,
                has_failed=lambda: self._reading.has_failed,
            )
        )

    def _add_late(self) -> None:
        """What has become of documents of closed months since the last report that was closed."""
        since = self._reading.rows("report.closed_until", month=self._days.first)[0]["as_of"]
        rows = self._reading.of_host("report.late", since=since) if since else []
        late = {row["document_id"]: row["is_new"] for row in rows}
        for row in self._reading.chosen(list(late)):
            if isinstance(row, Unreadable):
                self._month.add_unreadable(unreadable(row), row.number, is_late=True)
            else:
                late_one = document(row, self._settings)
                self._month.add_late(late_one, row["month"], is_new=late[row["document_id"]])

    def _orphans(self) -> Iterator[dict[str, Any]]:
        for row in self._reading.rows("report.orphans", organisation_id=self._inquiry.organisation_id):
            yield orphan(row, "marker")

    def _look_alikes(self) -> Iterator[dict[str, Any]]:
        for row in self._reading.rows("report.look_alikes", run_id=self._run_id):
            yield orphan(row, "look_alike")

    def _numbers_before(self) -> list[str]:
        before = self._days.before()
        rows = self._reading.of_host("report.numbers", first=before.first, last=before.last)
        return [visible(row["number"]) for row in rows]

    def _taken(self, numbers: Sequence[str]) -> set[str]:
        return {visible(row["number"]) for row in self._reading.of_host("report.taken", numbers=list(numbers))}

    def _read_settings(self) -> Settings:
        row = next(iter(self._reading.rows("report.connection")), None)
        if row is None or row["tax_type"] is None:
            return DEFAULTS
        return Settings(**{name: row[name] for name in Settings.__slots__})
