"""Silence alarms, for cron or a monitor: what must not go unnoticed although nothing fails aloud."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from outbox import figures
from outbox.db import Connection
from outbox.figures import Figures
from outbox.pace import OLD_DAYS
from outbox.sql import query
from worker.messages import alarms as words
from worker.messages.checks import START
from worker.messages.glossary import TO_DO, WHO
from worker.messages.reasons import PAUSED, entry, why_held
from worker.messages.times import in_words
from worker.operations.checks.answers import answers
from worker.operations.checks.finding import Finding, failure, ok
from worker.operations.checks.practices import key_ages


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From when on an alarm rings."""

    pending_minutes: float = 30
    """Age of the oldest pending event."""
    silent_hours: int = 4
    """Working hours without a delivery although documents were completed."""
    outage_minutes: float = 10
    """Since when Lexware has answered nobody."""
    dead_minutes: float = 60
    """How long after its death a letter counts as new."""


def ringing(connection: Connection, limits: Limits, now: Figures | None = None) -> Iterator[Finding]:
    """Every alarm that rings, as a failure; one line that says so when none does. `now`: the figures, where they were just read."""
    now = now or figures.read(connection)
    rung = [
        *_gone(now),
        *_outage(now, limits),
        *_too_old(now, limits),
        *_paused(now),
        *_silent(connection, limits),
        *_dead(connection, limits),
        *_in_lexware(connection),
        *(finding for finding in answers(connection) if finding.level == "failure"),
        *(
            failure(age.check, age.message, practice_id=age.practice_id, for_practice=True)
            for age in key_ages(connection)
        ),
    ]
    yield from rung or [ok("alarms", words.QUIET())]


def _gone(now: Figures) -> Iterator[Finding]:
    if not now.pollers:
        yield failure("poller gone", words.POLLER_GONE(), START())
    if not now.workers:
        yield failure("workers gone", words.WORKERS_GONE(), START())


def _outage(now: Figures, limits: Limits) -> Iterator[Finding]:
    since = now.silent_since
    if since is not None and since < datetime.now(UTC) - timedelta(minutes=limits.outage_minutes):
        yield failure("outage", words.OUTAGE(since=since), words.OUTAGE_STEP())


def _too_old(now: Figures, limits: Limits) -> Iterator[Finding]:
    seconds = now.oldest_pending_seconds
    if seconds is not None and seconds > limits.pending_minutes * 60:
        yield failure("pending too long", words.PENDING_TOO_LONG(age=in_words(seconds)), words.LOOK())


def _paused(now: Figures) -> Iterator[Finding]:
    for row in now.practices:
        if row["connection"] == "paused" and row["pause_reason"] != "operator":
            of = {"practice": row["practice_id"], "reason": row["pause_reason"], "count": row["pending"]}
            remedy = why_held(row["pause_reason"])
            yield failure(
                "practice paused", words.PAUSED(**of), remedy, practice_id=row["practice_id"], code=row["pause_reason"],
                for_practice=PAUSED[row["pause_reason"]].who == "practice",
            )  # fmt: skip


def _silent(connection: Connection, limits: Limits) -> Iterator[Finding]:
    row = connection.execute(query("check.silence")).fetchone()
    if row and row["hours"] >= limits.silent_hours:
        yield failure("silence", words.SILENCE(count=row["hours"]), words.LOOK())


def _dead(connection: Connection, limits: Limits) -> Iterator[Finding]:
    rows = connection.execute(query("check.new_dead_letters"), {"seconds": limits.dead_minutes * 60}).fetchall()
    for reason in dict.fromkeys(row["reason"] for row in rows):
        those = [row for row in rows if row["reason"] == reason]
        what = entry(reason, {})
        if what.who == "practice":
            step = TO_DO(who=WHO["practice"](), action=what.action())
            for row in those:
                of = {"practice": row["practice_id"], "reason": reason, "count": row["events"]}
                yield failure(
                    "new dead letters", words.NEW_OF_PRACTICE(what=what.message(), **of), step, practice_id=row["practice_id"],
                    code=reason, for_practice=True,
                )  # fmt: skip
        else:
            told = words.NEW_LETTERS(reason=reason, count=sum(row["events"] for row in those), what=what.message())
            yield failure("new dead letters", told, words.NEW_LETTERS_STEP(), code=reason)


def _in_lexware(connection: Connection) -> Iterator[Finding]:
    """What became of documents over there that a human must see to, a line for each practice and kind."""
    for row in connection.execute(query("drafts.alarms"), {"old_days": OLD_DAYS}).fetchall():
        practice_id = row["practice_id"]
        of = {
            "practice": practice_id,
            "days": OLD_DAYS,
            "documents": row["documents"],
            "numbers": row["examples"] or [],
        }
        yield failure(
            f"lexware {row['what']}", words.IN_LEXWARE[row["what"]](**of), words.DRAFTS(), practice_id=practice_id,
            for_practice=row["what"] != "stopped",
        )  # fmt: skip
