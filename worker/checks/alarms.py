"""Silence alarms, for cron or a monitor: what must not go unnoticed although nothing fails aloud."""

from collections.abc import Iterator
from dataclasses import dataclass

from outbox import figures
from outbox.db import Connection
from outbox.figures import Figures
from outbox.sql import query
from worker.catalogue import why_held
from worker.checks.finding import Finding, failure, ok
from worker.checks.practices import key_ages
from worker.desk.times import in_words

_LOOK = "`lexrelay status` shows where it stands."


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From when on an alarm rings."""

    pending_minutes: float = 30
    """Age of the oldest pending event."""
    silent_hours: int = 4
    """Working hours without a delivery although documents were completed."""
    dead_minutes: float = 60
    """How long after its death a letter counts as new."""


def ringing(connection: Connection, limits: Limits) -> Iterator[Finding]:
    """Every alarm that rings, as a failure; one line that says so when none does."""
    now = figures.read(connection)
    rung = [
        *_gone(now),
        *_too_old(now, limits),
        *_paused(now),
        *_silent(connection, limits),
        *_dead(connection, limits),
        *(failure(age.check, age.message, practice_id=age.practice_id) for age in key_ages(connection)),
    ]
    yield from rung or [ok("alarms", "No alarm rings.")]


def _gone(now: Figures) -> Iterator[Finding]:
    if not now.pollers:
        yield failure("poller gone", "No poller is running: nothing is handed out.", "Start `lexrelay run`.")
    if not now.workers:
        yield failure("workers gone", "No worker is running: nothing is delivered.", "Start `lexrelay run`.")


def _too_old(now: Figures, limits: Limits) -> Iterator[Finding]:
    seconds = now.oldest_pending_seconds
    if seconds is not None and seconds > limits.pending_minutes * 60:
        yield failure("pending too long", f"The oldest pending event is {in_words(seconds)} old.", _LOOK)


def _paused(now: Figures) -> Iterator[Finding]:
    for row in now.practices:
        if row["connection"] == "paused" and row["pause_reason"] != "operator":
            told = f"Practice {row['practice_id']} is paused ({row['pause_reason']}): {row['pending']} events are held."
            yield failure("practice paused", told, str(why_held(row["pause_reason"])), practice_id=row["practice_id"])


def _silent(connection: Connection, limits: Limits) -> Iterator[Finding]:
    row = connection.execute(query("check.silence")).fetchone()
    if row and row["hours"] >= limits.silent_hours:
        told = f"Documents were completed, but for {row['hours']} working hours nothing was delivered."
        yield failure("silence", told, _LOOK)


def _dead(connection: Connection, limits: Limits) -> Iterator[Finding]:
    rows = connection.execute(query("check.new_dead_letters"), {"seconds": limits.dead_minutes * 60}).fetchall()
    if rows:
        reasons = ", ".join(f"{row['reason']} {row['events']}" for row in rows)
        yield failure("new dead letters", f"New dead letters: {reasons}.", "`lexrelay dead list` says who must act.")
