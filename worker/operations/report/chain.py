"""The reports of a practice in a chain: each holds the hash of the one before; a signed one is closed.

Guarantee: a report is never changed; the signature is written once. Whoever changes a byte later is found by `verify`,
also in the last report of the chain if it was signed: the hash is kept with the operator's action as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from outbox import actions
from outbox.db import Connection, Row
from outbox.sql import query
from worker.messages import Declined
from worker.messages import report as words
from worker.messages.times import Month
from worker.operations.report.canonical import encode, sha256
from worker.operations.report.month import Body

#: Characters of a report that are read at a time.
_SLICE = 4_000_000
Fault = Literal["body_changed", "chain_broken", "not_as_signed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as it is stored."""

    id: int
    month: date
    sequence: int
    substance_sha256: str
    previous_sha256: str | None
    sha256: str
    complete: bool
    as_of: datetime
    signed_at: datetime | None
    signed_by: str | None
    signed_why: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """What `verify` found of one report; no fault: as it was made."""

    sequence: int
    month: date
    sha256: str
    signed_at: datetime | None
    signed_by: str | None
    fault: Fault | None

    def to_json(self) -> dict[str, Any]:
        """As `report verify --json` has it."""
        return {name: getattr(self, name) for name in Link.__slots__} | {"month": f"{self.month:%Y-%m}"}


def take_turn(connection: Connection, practice_id: int) -> None:
    """One report of a practice is made or signed at a time, until this connection is closed."""
    connection.execute(query("report.turn"), {"practice_id": practice_id})


def of_month(connection: Connection, practice_id: int, month: date) -> Report | None:
    """The signed report of a month, else the newest."""
    row = connection.execute(query("report.of_month"), {"practice_id": practice_id, "month": month}).fetchone()
    return Report(**row) if row else None


def keep(connection: Connection, practice_id: int, month: date, body: Body, as_of: datetime) -> None:
    """Append a report, unless the newest one of the month says the same."""
    newest = of_month(connection, practice_id, month)
    if newest is not None and newest.substance_sha256 == body.substance_sha256:
        return
    head = connection.execute(query("report.head"), {"practice_id": practice_id}).fetchone()
    previous = head["sha256"] if head else None
    sequence = head["sequence"] + 1 if head else 1
    row = (
        practice_id,
        month,
        sequence,
        body.substance_sha256,
        previous,
        sha256(body.chained(previous)),
        body.complete,
        as_of,
    )
    with connection.cursor() as cursor, cursor.copy(query("report.keep")) as copy:
        copy.write("".join(f"{_copied(value)}\t" for value in row))
        for piece in body.chained(previous):
            copy.write(_copied(piece))
        copy.write("\n")


def body_of(connection: Connection, report_id: int) -> Iterator[str]:
    """The stored text of a report, piece by piece: canonical JSON but for the key sha256."""
    start = 1
    while piece := _slice(connection, report_id, start):
        yield piece
        start += len(piece)


def text_of(connection: Connection, report: Report) -> str:
    """The whole of it. Raises Declined when it is not what it was when it was made."""
    text = ""
    for piece in body_of(connection, report.id):
        text += piece  # grows where it lies: a join would hold all of it twice
    if sha256([text]) != report.sha256:
        raise Declined(words.CHANGED(month=Month(report.month)))
    return text


def to_json(connection: Connection, report: Report) -> Iterator[str]:
    """The report as the outside contract has it (design section 11): its text, and the hash of that."""
    pieces = body_of(connection, report.id)
    last = next(pieces)
    for piece in pieces:
        yield last
        last = piece
    yield f'{last[:-1]},"sha256":{encode(report.sha256)}}}'


def sign(connection: Connection, practice_id: int, month: date, *, by: str, why: str | None) -> Report:
    """Close the newest report of a month. Raises Declined when there is none, it is signed, or it was changed."""
    take_turn(connection, practice_id)
    report = of_month(connection, practice_id, month)
    if report is None:
        raise Declined(words.NO_REPORT(practice=practice_id, month=Month(month), typed=f"{month:%Y-%m}"))
    if report.signed_at is not None:
        raise Declined(words.SIGNED_ALREADY(month=Month(month), by=report.signed_by))
    if sha256(body_of(connection, report.id)) != report.sha256:
        raise Declined(words.CHANGED(month=Month(month)))
    detail = {
        "month": f"{month:%Y-%m}",
        "sequence": report.sequence,
        "sha256": report.sha256,
        "complete": report.complete,
    }
    with connection.transaction():
        connection.execute(query("report.sign"), {"id": report.id, "by": by, "why": why})
        actions.record(connection, "report.sign", by=by, why=why, practice_id=practice_id, detail=detail)
    return report


def verify(connection: Connection, practice_id: int) -> Iterator[Link]:
    """Every report of a practice, from the first."""
    previous: str | None = None
    for place, row in enumerate(connection.execute(query("report.chain"), {"practice_id": practice_id}).fetchall(), 1):
        known = {name: row[name] for name in Link.__slots__ if name != "fault"}
        is_whole = sha256(body_of(connection, row["id"])) == row["sha256"]
        yield Link(**known, fault=_fault(row, place, previous) if is_whole else "body_changed")
        previous = row["sha256"]


def _fault(row: Row, place: int, previous: str | None) -> Fault | None:
    """A signed report without a record of its hash, or with that of another one, is not as it was signed."""
    if row["sequence"] != place or row["previous_sha256"] != previous or not row["names_previous"]:
        return "chain_broken"
    if row["signed_at"] is not None and row["recorded_sha256"] != row["sha256"]:
        return "not_as_signed"
    return None


def _slice(connection: Connection, report_id: int, start: int) -> str:
    of = {"id": report_id, "start": start, "length": _SLICE}
    row: Row = connection.execute(query("report.slice"), of).fetchone() or {"piece": ""}
    return str(row["piece"])


def _copied(value: object) -> str:
    """A value in the text format of COPY."""
    return r"\N" if value is None else str(value).replace("\\", r"\\")
