"""What the steps of a run share: the run, one step of it, and the commit that records what the step showed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from psycopg.types.json import Jsonb

from outbox.db import Connection, Row
from outbox.pace import Pace
from outbox.sql import query
from worker.lexware.api.answers import SalesDocument
from worker.lexware.api.client import Lexware
from worker.lexware.translate.dates import BERLIN
from worker.lexware.watch.states import Seen, judged

#: Rows that are fetched at a time.
_ROWS = 1000
#: What a state says of the run that saw it, where that is not its kind.
_SOURCES = {"month": "report"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run under way."""

    id: int
    practice_id: int
    kind: Literal["delta", "sweep", "deep", "contacts", "month", "probe"]
    organisation_id: UUID
    started_at: datetime
    confirmed: bool


class Ended(Exception):
    """The run is over: complete, or why it is not."""

    def __init__(self, why_not: str | None) -> None:
        super().__init__(why_not)
        self.why_not = why_not


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `row` as `watch.next_step` gives it."""

    run: Run
    row: Row
    pace: Pace


class Record:
    """The commit of one step."""

    def __init__(self, connection: Connection, step: Step) -> None:
        self._connection, self._step = connection, step
        self.pages = self.listed = 0
        self.goes_on = False

    def rows(self, name: str, **more: Any) -> list[Row]:
        """A query of the watch, which is told of the run and the step by names of its own."""
        cursor = self._connection.execute(query(name), self._known() | more)
        return cursor.fetchall() if cursor.description else []

    def stream(self, name: str) -> Iterator[Row]:
        """The rows of such a query as they are asked for; others may be written meanwhile."""
        with self._connection.cursor(name="watch") as cursor:
            cursor.execute(query(name), self._known())
            while rows := cursor.fetchmany(_ROWS):
                yield from rows

    def add(self, what: str, **more: Any) -> None:
        """One more step at the end of the run."""
        step: dict[str, Any] = {"kind": None, "subject_id": None, "remote_id": None, "asked": {}} | more
        self.rows("watch.add", **step | {"what": what, "asked": Jsonb(step["asked"])})

    def turn(self, page: int, asked: dict[str, Any]) -> None:
        """The step is not done: it goes on with this page."""
        self.goes_on = True
        self.rows("watch.turn_page", page=page, asked=Jsonb(asked))

    def saw(self, known: Row, seen: Seen) -> None:
        """A linked document is there: keep what was seen of it, if it is not as it was."""
        self.rows("watch.end_absence", document_id=known["document_id"])
        self.noticed(known, seen)

    def noticed(self, known: Row, seen: Seen) -> None:
        """Keep what was seen of a linked document, if it is not as it was; who paid what is asked for when that moved."""
        row = judged(known, seen, datetime.now(BERLIN).date())
        if row is None:
            return
        self.keep(known, row)
        moved = (row["state"], row["open_amount"]) != (known["state"], known["open_amount"])
        if moved and row["state"] in ("paid", "partly_paid"):
            about = {"kind": known["kind"], "subject_id": known["document_id"], "remote_id": known["remote_id"]}
            self.add("payments", **about)

    def keep(self, known: Row, row: dict[str, Any]) -> None:
        """One more row of the document's states."""
        named = {name: known[name] for name in ("document_id", "kind", "remote_id")}
        taxes = Jsonb(row["taxes"]) if row["taxes"] is not None else None
        self.rows(
            "watch.keep_state",
            **named | row | {"taxes": taxes, "source": _SOURCES.get(self._step.run.kind, self._step.run.kind)},
        )

    def _known(self) -> dict[str, Any]:
        run, row = self._step.run, self._step.row
        return {
            "run_id": run.id,
            "practice_id": run.practice_id,
            "organisation_id": run.organisation_id,
            "step_id": row["id"],
            "kind": row["kind"],
            "remote_id": row["remote_id"],
            "document_id": row["subject_id"],
            "customer_id": row["subject_id"],
            "contact_id": row["remote_id"],
            "seconds": self._step.pace.second_absence_seconds,
        }


Keep = Callable[[Record], str | None]
"""Writes what a call showed; gives why the run is over, if it is."""

Ask = Callable[[Step, Lexware], Keep]
"""Makes the call of a step, if it has one; raises what the call raises."""


def read(lexware: Lexware, kind: str, remote_id: UUID) -> SalesDocument:
    """The document as a whole. Raises NotFound."""
    return lexware.invoice(remote_id) if kind == "invoice" else lexware.credit_note(remote_id)


def listing(
    status: str, field: str = "voucherDate", first: date | None = None, last: date | None = None
) -> dict[str, Any]:
    """What a step `list` asks for: statuses, and days of a field of the voucher list (lexware-api 7.1)."""
    return {"status": status, "field": field, "ranges": [[day.isoformat() if day else None for day in (first, last)]]}
