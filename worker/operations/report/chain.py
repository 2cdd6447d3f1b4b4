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
from worker.operations.report.canonical import encode, sha256
from worker.operations.report.month import Body

Fault = Literal["body_changed", "chain_broken", "not_as_signed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as it is stored."""

    id: int
    month: date
    sequence: int
    body: str
    """Canonical JSON but for the key sha256."""
    substance_sha256: str
    previous_sha256: str | None
    sha256: str
    complete: bool
    as_of: datetime
    made_at: datetime
    signed_at: datetime | None
    signed_by: str | None
    signed_why: str | None

    def to_json(self) -> str:
        """The report as the outside contract has it (design section 11): its body, and the hash of that."""
        return f'{self.body[:-1]},"sha256":{encode(self.sha256)}}}'


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
    text = body.chained(previous)
    row = {
        "practice_id": practice_id,
        "month": month,
        "sequence": head["sequence"] + 1 if head else 1,
        "body": text,
        "substance_sha256": body.substance_sha256,
        "previous_sha256": previous,
        "sha256": sha256(text),
        "complete": body.complete,
        "as_of": as_of,
    }
    connection.execute(query("report.keep"), row)


def sign(connection: Connection, practice_id: int, month: date, *, by: str, why: str | None) -> Report:
    """Close the newest report of a month. Raises Declined when there is none, it is signed, or it was changed."""
    take_turn(connection, practice_id)
    report = of_month(connection, practice_id, month)
    if report is None:
        raise Declined(words.NO_REPORT(practice=practice_id, month=f"{month:%Y-%m}"))
    if report.signed_at is not None:
        raise Declined(words.SIGNED_ALREADY(month=f"{month:%Y-%m}", by=report.signed_by))
    if sha256(report.body) != report.sha256:
        raise Declined(words.CHANGED(month=f"{month:%Y-%m}"))
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
    with connection.transaction(), connection.cursor(name="chain") as cursor:
        cursor.itersize = 1
        cursor.execute(query("report.chain"), {"practice_id": practice_id})
        previous: str | None = None
        for place, row in enumerate(cursor, 1):
            known = {name: row[name] for name in Link.__slots__ if name != "fault"}
            yield Link(**known, fault=_fault(row, place, previous))
            previous = row["sha256"]


def _fault(row: Row, place: int, previous: str | None) -> Fault | None:
    """A signed report without a record of its hash, or with that of another one, is not as it was signed."""
    if sha256(row["body"]) != row["sha256"]:
        return "body_changed"
    if row["sequence"] != place or row["previous_sha256"] != previous or not _names(row["body"], previous):
        return "chain_broken"
    if row["signed_at"] is not None and row["recorded_sha256"] != row["sha256"]:
        return "not_as_signed"
    return None


def _names(body: str, previous: str | None) -> bool:
    """The report itself names the one before."""
    return f'"previous_sha256":{encode(previous)}' in body
