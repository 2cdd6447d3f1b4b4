"""Lexware is asked for a month: all documents of its days, and each of ours that the list does not show or not wholly.

The steps are the watch's own, so what is seen is kept as it keeps it. Every call takes a slot of the lane as those of all
commands do. What Lexware does not answer makes the inquiry incomplete; nothing is raised for it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from outbox.db import Connection, Row
from outbox.sql import query
from worker.config import Config
from worker.delivery.errors import CallError, NoAnswer, NotSent, Truncated
from worker.lexware.api import errors
from worker.lexware.api.client import Lexware
from worker.lexware.command_client import CommandClient, Waiting
from worker.lexware.watch.record import Ended, Record, Run, Step, listing
from worker.lexware.watch.steps import take
from worker.messages import Declined
from worker.operations.report.inquiry import Inquiry

T = TypeVar("T")
#: So often a call is made that gets no answer.
_TRIES = 3
_NEVER: dict[str, Any] = {"id": None, "kind": None, "subject_id": None, "remote_id": None}


def ask(
    connection: Connection, config: Config, practice_id: int, first: date, last: date, *, waiting: Waiting
) -> tuple[Inquiry, int | None]:
    """The inquiry, and the run whose list is kept until `forget`. The connection must be in no transaction (R7)."""
    of: dict[str, Any] = {"organisation_id": None, "first": first, "last": last}
    connected = connection.execute(query("report.connection"), {"practice_id": practice_id}).fetchone()
    if connected is None:
        return _unasked(connection, of, "not_connected"), None
    of["organisation_id"] = connected["organisation_id"]
    if connected["key_encrypted"] is None:
        return _unasked(connection, of, "not_connected"), None
    try:
        lexware = CommandClient(connection, config, practice_id, waiting=waiting).lexware()
    except Declined:
        return _unasked(connection, of, "key_unreadable"), None
    run = _begin(connection, practice_id, connected["organisation_id"])
    why_not = _Questions(connection, config, run, lexware).ask(first, last)
    how_far: Row = connection.execute(query("report.run"), {"run_id": run.id}).fetchone() or {}
    return Inquiry(**of, **how_far, why_not=why_not), run.id


def forget(connection: Connection, run_id: int | None, inquiry: Inquiry) -> None:
    """End the run; its list is not needed any more."""
    if run_id is not None:
        ended = {"run_id": run_id, "complete": inquiry.complete, "why_not": inquiry.why_not}
        connection.execute(query("watch.end"), ended)


def _unasked(connection: Connection, of: dict[str, Any], why_not: str) -> Inquiry:
    clock: Row = connection.execute(query("report.clock")).fetchone() or {}
    return Inquiry(**of, why_not=why_not, started_at=clock["now"], ended_at=clock["now"])


def _begin(connection: Connection, practice_id: int, organisation_id: UUID) -> Run:
    """A new run; those that other commands have left are over."""
    for left in connection.execute(query("report.left_runs"), {"practice_id": practice_id}).fetchall():
        connection.execute(query("watch.end"), {"run_id": left["id"], "complete": False, "why_not": "failed"})
    of = {"practice_id": practice_id, "kind": "month", "organisation_id": organisation_id}
    row = connection.execute(query("watch.begin"), of).fetchone()
    assert row is not None  # noqa: S101 (an insert returns its row)
    return Run(**row)


class _Questions:
    """The steps of one run."""

    def __init__(self, connection: Connection, config: Config, run: Run, lexware: Lexware) -> None:
        self._connection, self._pace, self._run, self._lexware = connection, config.pace, run, lexware
        self._record = Record(connection, Step(run, _NEVER, config.pace))

    def ask(self, first: date, last: date) -> str | None:
        """First the list, then what it leaves open. Why the answer is not complete, if it is not."""
        try:
            if self._answered(self._lexware.profile).organisation_id != self._run.organisation_id:
                return "other_organisation"
        except CallError as error:
            return _why_not(error)
        self._record.rows("watch.confirm_organisation")
        self._record.add("list", asked=listing("any", "voucherDate", first, last))
        for closed in self._record.rows("report.closed_until", month=first):
            if closed["day"] is not None:  # what has changed of months that are closed stands in this report
                self._record.add("list", asked=listing("any", "updatedDate", closed["day"]))
        self._record.add("compare")
        return self._take_all() or self._take_due_absences() or self._take_unseen(first, last)

    def _take_due_absences(self) -> str | None:
        self._record.rows("watch.add_due_absences")
        return self._take_all()

    def _take_unseen(self, first: date, last: date) -> str | None:
        self._record.rows("report.add_unseen", first=first, last=last)
        return self._take_all()

    def _take_all(self) -> str | None:
        while True:
            try:
                self._answered(lambda: take(self._run, self._lexware, self._connecting, self._pace))
            except Ended as ended:
                return ended.why_not
            except CallError as error:
                return _why_not(error)

    def _answered(self, call: Callable[[], T]) -> T:
        """Make a call again that gets no answer, a few times."""
        for _ in range(_TRIES - 1):
            with suppress(NoAnswer, NotSent, errors.RateLimited):
                return call()
            time.sleep(self._pace.race_seconds)
        return call()

    @contextmanager
    def _connecting(self) -> Iterator[Connection]:
        yield self._connection


def _why_not(error: CallError) -> str:
    match error:
        case NotSent():
            return "not_reached"
        case errors.KeyRefused():
            return "key_refused"
        case errors.PlanTooSmall():
            return "plan_too_small"
        case errors.PermissionMissing():
            return "permission_missing"
        case errors.RateLimited():
            return "too_many_calls"
        case Truncated():
            return "list_changed"
        case errors.Rejected() | errors.NotFound():
            return "refused"
        case _:
            return "no_answer"
