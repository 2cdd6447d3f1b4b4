"""The catalogue of reasons: every way an event can die, be discarded by the system, or a practice can stand still.

One entry each: what happened, who must act, the step, and whether a replay helps; in German and English, without a
person's data. Knows neither database nor Lexware: it is asked with a reason and the detail stored with it, to which
`http_status` and `about_contact` may be added.
"""

from collections.abc import Mapping
from typing import Any

from worker.messages import Lang
from worker.messages.reasons.after_sending import AFTER_SENDING, BY_THE_SYSTEM, UNKNOWN
from worker.messages.reasons.attempts import OUTCOMES, REASONS
from worker.messages.reasons.before_sending import BEFORE_SENDING
from worker.messages.reasons.entry import WHO, Entry, Replay, Who
from worker.messages.reasons.facts import of_the_cause, told
from worker.messages.reasons.held import why_held
from worker.messages.reasons.issues import REFUSALS
from worker.messages.reasons.pauses import PAUSED
from worker.messages.reasons.specific import SPECIFIC, specific

__all__ = [
    "DEAD",
    "DISCARDED",
    "PAUSED",
    "REFUSALS",
    "SPECIFIC",
    "WHO",
    "Entry",
    "Replay",
    "Who",
    "action",
    "cause",
    "entry",
    "message",
    "spoken",
    "why_held",
]  # fmt: skip

DEAD: dict[str, Entry] = {entry.code: entry for entry in (*BEFORE_SENDING, *AFTER_SENDING)}
DISCARDED: dict[str, Entry] = {entry.code: entry for entry in BY_THE_SYSTEM}
_OF_EVENTS = DEAD | DISCARDED


def entry(reason: str, detail: Mapping[str, Any]) -> Entry:
    """What stands in the catalogue; where the detail tells more than the reason, the closer entry."""
    return specific(reason, detail) or _OF_EVENTS.get(reason, UNKNOWN)


def cause(reason: str, detail: Mapping[str, Any], lang: Lang) -> str:
    """What happened to all letters of one cause, told by one of them."""
    return message(reason, of_the_cause(detail) | {"about_contact": detail.get("about_contact")}, lang)


def message(reason: str, detail: Mapping[str, Any], lang: Lang) -> str:
    """What happened, with the field, sums, ids or codes in question."""
    sentence = entry(reason, detail).message().said_in(lang)
    facts = told(detail, REASONS, lang)
    return f"{sentence} {facts}." if facts else sentence


def action(reason: str, detail: Mapping[str, Any], lang: Lang) -> str:
    """The step to take."""
    return entry(reason, detail).action().said_in(lang)


def spoken(outcome: str | None, reason: str | None, detail: Mapping[str, Any], lang: Lang) -> str:
    """How an attempt ended, in a sentence to be read aloud; an attempt without an end is under way."""
    if outcome is None:
        return "Wird gerade bearbeitet." if lang == "de" else "Under way."
    if outcome in ("dead", "not_needed") and reason in _OF_EVENTS:
        return entry(reason, detail).message().said_in(lang)
    words = REASONS.get(reason or "") if outcome in ("retry", "snooze", "crashed") else None
    return (words or OUTCOMES[outcome])().said_in(lang)
