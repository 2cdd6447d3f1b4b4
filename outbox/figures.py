"""The figures of all events at one moment: how many stand where, what each practice has done, who is alive.

Reads only. Cheap beside millions of settled events: those are counted as they settle (`outbox.settled`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from outbox.db import Connection, Row
from outbox.sql import query

#: Where an event can stand; the first five are not settled.
STANDINGS = ("pending", "in_flight", "in_doubt", "blocked", "held", "delivered", "dead", "discarded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All of it; `practices` are those with a lane, as rows of `status.practices` and their `pending`; `unsettled` are
    rows of `status.unsettled`.
    """

    events: dict[str, int]
    oldest_pending_seconds: float | None
    practices: list[Row]
    unsettled: list[Row]
    workers: int
    pollers: int
    last_round_at: datetime | None
    silent_since: datetime | None
    """Since when Lexware has answered nobody; None: it answers, or was not asked."""


def read(connection: Connection) -> Figures:
    """The figures, all of one moment."""
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        unsettled = connection.execute(query("status.unsettled")).fetchall()
        practices = connection.execute(query("status.practices"), {"practice_ids": None}).fetchall()
        living = [row["process_id"] for row in connection.execute(query("poller.living")).fetchall()]
        processes = connection.execute(query("status.processes"), {"processes": living}).fetchone()
        silence = connection.execute(query("status.silence")).fetchone()
    waiting = [row["oldest_seconds"] for row in unsettled if row["standing"] == "pending"]
    return Figures(
        events=_events(unsettled, practices),
        oldest_pending_seconds=max(waiting, default=None),
        practices=_with_pending(practices, unsettled),
        unsettled=unsettled,
        silent_since=silence["since"] if silence else None,
        **(processes or {}),
    )


def of_practices(connection: Connection, practice_ids: Sequence[int]) -> list[Row]:
    """What `read` says of these practices, of one moment; those without a lane are left out."""
    of = {"practice_ids": list(practice_ids)}
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        unsettled = connection.execute(query("status.pending"), of).fetchall()
        return _with_pending(connection.execute(query("status.practices"), of).fetchall(), unsettled)


def _events(unsettled: list[Row], practices: list[Row]) -> dict[str, int]:
    events = dict.fromkeys(STANDINGS, 0)
    for row in unsettled:
        events[row["standing"]] += row["events"]
    for row in practices:
        for standing in ("delivered", "dead", "discarded"):
            events[standing] += row[standing]
    return events


def _with_pending(practices: list[Row], unsettled: list[Row]) -> list[Row]:
    """Of a practice, `pending` is all that is not settled, whatever it waits for: so its figures give the whole."""
    pending: Counter[int] = Counter()
    for row in unsettled:
        pending[row["practice_id"]] += row["events"]
    return [row | {"pending": pending[row["practice_id"]]} for row in practices]
