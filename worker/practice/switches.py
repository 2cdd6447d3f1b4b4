"""The practice's switches: on, off, pause, resume ("Abrechnungsart Lex Office").

Each is one transaction with who did it. Switched on means that the trigger writes events; whether they leave depends on
booking, key and pause as well, and each of these may come first.
"""

import time
from collections.abc import Callable
from datetime import date

from outbox import actions, backfill
from outbox.db import Connection
from outbox.ids import PracticeId
from outbox.pace import Pace
from outbox.sql import query
from worker.lexware.translate.documents import Matching, PrivacyMode
from worker.messages import Declined, Sentence
from worker.messages import practice as words
from worker.messages.glossary import PAUSES
from worker.practice import notes, practices
from worker.practice.practices import Practice
from worker.rehearsal.refusal import before_enable

_POLL_SECONDS = 0.1


def enable(
    connection: Connection,
    practice_id: int,
    avv_date: date | None,
    lines: PrivacyMode | None,
    matching: Matching | None,
    *,
    first: date | None = None,
    force: bool = False,
    by: str,
    why: str | None,
) -> list[Sentence]:
    """Switch the transfer on from now; what is None stays. Called twice, only the settings change. Documents dated before
    `first` stay where they are.

    Raises Declined when that is before the order, as long as no date of the processing agreement (AVV) is known, and unless it is forced while the
    description of the host is wrong for the practice's documents.
    """
    if not force and not practices.find(connection, practice_id).enabled:
        before_enable(connection, practice_id)
    with practices.changing(connection, practice_id) as practice:
        if avv_date is None and practice.avv_date is None:
            raise Declined(words.AVV_NEEDED())
        if avv_date is not None and avv_date > practice.today:
            raise Declined(words.AVV_IN_FUTURE(day=avv_date))
        if first is not None and practice.booking is not None and first < practice.booking.ordered_on:
            raise Declined(words.FROM_BEFORE_BOOKING(day=first, ordered_on=practice.booking.ordered_on))
        chosen = {"lines": lines, "matching": matching, "avv_date": avv_date}
        connection.execute(query("connection.choose"), {"practice_id": practice_id, "by": by, **chosen})
        oldest = connection.execute(query("switch.oldest_transaction")).fetchone()
        began = {"practice_id": practice_id, "began": oldest and oldest["began"], "first": first}
        opened = connection.execute(query("switch.open_period"), began).fetchone()
        if opened is None and first is not None:
            connection.execute(query("switch.begin_with"), {"practice_id": practice_id, "first": first})
        confirmed = notes.confirm_found(connection, practice_id, by=by) if opened is not None else []
        detail = {name: str(value) for name, value in (chosen | {"from": first}).items() if value is not None}
        detail |= {"force": "true"} if force else {}
        actions.record(connection, "practice.enable", by=by, why=why, practice_id=practice_id, detail=detail)
        connection.execute(query("poller.wake"))
        said = _what_happens(practices.find(connection, practice_id), newly=opened is not None)
        return [*said, *_from_then_on(connection, practice, first), *confirmed]


def disable(connection: Connection, practice_id: int, *, by: str, why: str | None) -> list[Sentence]:
    """Switch the transfer off: no new events, and what is pending is held. Called twice changes nothing."""
    with practices.changing(connection, practice_id):
        if connection.execute(query("switch.close_period"), {"practice_id": practice_id}).fetchone() is None:
            return [words.ALREADY_DISABLED()]
        actions.record(connection, "practice.disable", by=by, why=why, practice_id=practice_id)
        return [words.DISABLED(), *_held(connection, practice_id)]


def pause(connection: Connection, practice_id: int, *, by: str, why: str | None) -> list[Sentence]:
    """Hold everything until `resume`: when this returns, no further POST is licensed. Raises Declined."""
    with practices.changing(connection, practice_id) as practice:
        connection.execute(query("switch.pause"), {"practice_id": practice_id})
        actions.record(connection, "practice.pause", by=by, why=why, practice_id=practice_id)
    before = [words.PAUSED_BEFORE(reason=_reason(practice.pause_reason))] if practice.pause_reason else []
    return [*before, words.PAUSED(practice=practice_id), *_held(connection, practice_id)]


def wait_for_the_wire(
    connection: Connection, practice_id: int, pace: Pace, tell: Callable[[Sentence], None]
) -> Sentence:
    """After `pause`: wait until nothing is on the wire to Lexware, at most until the last call must be over."""
    told = False
    while (seconds := _seconds_on_the_wire(connection, practice_id, pace)) is not None:
        if seconds <= 0:
            return words.LEFT_IN_DOUBT()
        if not told:
            tell(words.ON_THE_WIRE(seconds=round(seconds)))
            told = True
        time.sleep(min(_POLL_SECONDS, seconds))
    return words.NOTHING_ON_THE_WIRE()


def resume(connection: Connection, practice_id: int, *, by: str, why: str | None) -> list[Sentence]:
    """Lift a pause, whatever its reason. Called twice changes nothing."""
    with practices.changing(connection, practice_id) as practice:
        if practice.pause_reason is None:
            return [words.NOT_PAUSED()]
        connection.execute(query("switch.resume"), {"practice_id": practice_id})
        connection.execute(query("connection.read_profiles_anew"), {"practice_ids": [practice_id]})
        detail = {"pause_reason": practice.pause_reason}
        actions.record(connection, "practice.resume", by=by, why=why, practice_id=practice_id, detail=detail)
        connection.execute(query("poller.wake"))
    return [words.RESUMED(reason=_reason(practice.pause_reason))]


def _what_happens(practice: Practice, *, newly: bool) -> list[Sentence]:
    return [
        words.ENABLED(name=practice.name) if newly else words.SETTINGS_CHANGED(),
        words.WHAT_HAPPENS(),
        words.LINES_ITEMISED() if practice.lines == "itemised" else words.LINES_NEUTRAL(),
        words.MATCHING[practice.matching](),
        words.AVV(day=practice.avv_date, by=practice.avv_recorded_by),
    ]


def _from_then_on(connection: Connection, practice: Practice, first: date | None) -> list[Sentence]:
    """From which invoice date on, and how to bring over what was completed before now."""
    if first is None:
        return []
    said = [words.FROM(day=first)]
    if first <= practice.today:
        older = len(backfill.plan(connection, PracticeId(practice.practice_id), first, practice.today).documents)
        of: dict[str, object] = {"practice": practice.practice_id, "first": first, "count": older}
        of |= {"since": first.isoformat(), "until": practice.today.isoformat()}
        said += [words.BACKFILL(**of)] if older else []
    return said


def _reason(code: str) -> Sentence | str:
    return PAUSES[code]() if code in PAUSES else code


def _held(connection: Connection, practice_id: int) -> list[Sentence]:
    row = connection.execute(query("switch.held"), {"practice_id": practice_id}).fetchone()
    return [words.HELD(events=row["events"])] if row and row["events"] else []


def _seconds_on_the_wire(connection: Connection, practice_id: int, pace: Pace) -> float | None:
    values = {"practice_id": practice_id, "timeout_seconds": pace.http_timeout_seconds}
    row = connection.execute(query("switch.on_the_wire"), values).fetchone()
    return float(row["seconds"]) if row else None
