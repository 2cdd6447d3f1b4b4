"""What is stored about a month, as the values that a report is made of. Reads only, in one transaction; holds no person.

Documents come one by one, so that a hundred thousand of them fit.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from outbox.db import Connection, Row
from outbox.sql import query
from worker.lexware.translate.documents import Settings
from worker.messages.visible import visible
from worker.operations.report.amounts import DEFAULTS, Figures, in_cents, of_lexware, of_practice, of_sent
from worker.operations.report.document import Document, Partner, Remote, Standing, money
from worker.operations.report.inquiry import Inquiry
from worker.operations.report.month import Around, Body, Month

_BATCH = 1000
#: What was given up because nobody knows whether it arrived.
_DOUBTED = frozenset({"in_doubt", "sender_frozen"})


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
            self._month.add(self._document(row), row["number"] and visible(row["number"]))
        self._add_late()
        return self._month.body(
            Around(
                orphans=[*self._orphans(), *self._look_alikes()],
                decisions=[_decision(row) for row in self._rows("report.decisions", until=self._inquiry.ended_at)],
                doubled={visible(row["number"]): row["document_ids"] for row in self._rows("report.doubled")},
                before=self._numbers_before(),
                taken=self._taken,
            )
        )

    def _document(self, row: Row) -> Document:
        figures = Figures(row["kind"], row["tax_mode"], row["has_note"], row["total"], row["document_lines"] or "[]")
        sent = of_sent(figures, self._settings)
        is_hidden = row["reason"] == "health_data" and row["field"] == "document.number"
        return Document(
            document_id=row["document_id"],
            number=_shown(None if is_hidden else row["number"], row["document_id"]),
            kind=row["kind"],
            day=row["day"],
            is_cancelled=row["is_cancelled"],
            figures=figures,
            practice=of_practice(figures),
            sent=sent,
            sent_total=_signed(row, "sent_total"),
            lexware=of_lexware(figures, row["lexware_total"], row["taxes"], sent) if row["state"] else (),
            standing=_standing(row),
            reason=_reason(row),
            lexware_id=row["lexware_id"],
            linked_at=row["linked_at"],
            remote=_remote(row),
            partner=_partner(row),
            twins=tuple(row["twins"]),
        )

    def _add_late(self) -> None:
        """What has become of documents of closed months since the last report that was closed."""
        since = self._rows("report.closed_until", month=self._days.first)[0]["as_of"]
        late = {row["document_id"]: row["is_new"] for row in self._rows("report.late", since=since)} if since else {}
        for row in self._stream("report.documents", ids=list(late)) if late else ():
            self._month.add_late(self._document(row), row["month"], is_new=late[row["document_id"]])

    def _orphans(self) -> Iterator[dict[str, Any]]:
        for row in self._rows("report.orphans", organisation_id=self._inquiry.organisation_id):
            yield _orphan(row, "marker")

    def _look_alikes(self) -> Iterator[dict[str, Any]]:
        for row in self._rows("report.look_alikes", run_id=self._run_id):
            yield _orphan(row, "look_alike")

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


def _standing(row: Row) -> Standing:
    """Its place in the funnel. Linked and settled is transferred, whoever settled it."""
    standing, linked = row["standing"], row["lexware_id"] is not None or row["elsewhere"]
    if standing in ("delivered", "discarded", None) and linked:
        return "transferred"
    match standing:
        case None:
            return "lost" if row["expected"] else "excluded"
        case "delivered":
            return "lost"
        case "discarded":
            return "excluded"
        case "in_doubt":
            return "in_doubt"
        case "dead":
            return "in_doubt" if row["reason"] in _DOUBTED else "failed"
        case _:
            return "held"


def _reason(row: Row) -> str | None:
    if row["standing"] is None and not row["expected"]:
        return "not_switched_on"
    if row["elsewhere"] and row["lexware_id"] is None:
        return "other_organisation"
    reason: str | None = row["reason"]
    return reason


def _remote(row: Row) -> Remote | None:
    if row["state"] is None:
        return None
    seen_at: datetime = row["seen_at"]
    return Remote(
        state=row["state"],
        status=row["remote_status"],
        number=row["lexware_number"] and visible(row["lexware_number"]),
        day=row["voucher_date"],
        differs=tuple(row["differs"]),
        seen_at=seen_at,
        unconfirmed=row["unconfirmed"],
        accepted_by=row["accepted_by"],
    )


def _partner(row: Row) -> Partner | None:
    if row["half_id"] is None:
        return None
    return Partner(
        document_id=row["half_id"],
        number=_shown(row["half_number"], row["half_id"]),
        total=in_cents(row["half_total"]),
        lexware_id=row["half_lexware_id"],
        state=row["half_state"],
    )


def _signed(row: Row, column: str) -> int | None:
    if row[column] is None:
        return None
    return in_cents(row[column]) * (-1 if row["kind"] == "cancellation" else 1)


def _orphan(row: Row, why: str) -> dict[str, Any]:
    return {
        "lexware_id": row["lexware_id"],
        "lexware_number": row["lexware_number"] and visible(row["lexware_number"]),
        "kind": row["kind"],
        "total": money(in_cents(row["total"])),
        "voucher_date": row["voucher_date"],
        "why": why,
        "document_id": row["document_id"],
        "number": row["number"] and visible(row["number"]),
    }


def _decision(row: Row) -> dict[str, Any]:
    return {
        "at": row["at"],
        "by": visible(row["by"]),
        "decision": row["decision"],
        "why": row["why"] and visible(row["why"]),
        "document_id": row["document_id"],
        "number": row["number"] and visible(row["number"]),
    }


def _shown(number: str | None, document_id: int) -> str:
    return visible(number) if number is not None else f"#{document_id}"
