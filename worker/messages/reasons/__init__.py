"""Every way an event can die, be closed by the system, or a practice can stand still, and what is to be done about it.

One entry each: what happened, who must act, the step, and whether a replay helps; in German and English, without a
person's data. Which codes there are stands in `outbox/reasons.py`; the type checker names every one without an entry.
Knows neither database nor Lexware: it is asked with a reason and the detail stored with it, to which `http_status` and
`about_contact` may be added. A reason that another version wrote is no error: it has the entry `unknown`.
"""

from collections.abc import Mapping
from typing import Any

from worker.messages import Lang, Text
from worker.messages.glossary import ATTEMPTS
from worker.messages.reasons.after_sending import DEAD
from worker.messages.reasons.delays import DELAYS, DOUBTS
from worker.messages.reasons.discarded import DISCARDED
from worker.messages.reasons.entry import UNKNOWN, Entry, Replay
from worker.messages.reasons.facts import of_the_cause, told
from worker.messages.reasons.held import why_held
from worker.messages.reasons.issues import REFUSALS
from worker.messages.reasons.pauses import PAUSED
from worker.messages.reasons.specific import SPECIFIC, specific

__all__ = [
    "DEAD",
    "DELAYS",
    "DISCARDED",
    "PAUSED",
    "REFUSALS",
    "SPECIFIC",
    "Entry",
    "Replay",
    "action",
    "cause",
    "ended",
    "entry",
    "facts",
    "message",
    "why_held",
]  # fmt: skip

_OF_EVENTS: dict[str, Entry] = {**DEAD, **DISCARDED}
_OF_ATTEMPTS: Mapping[str, Text] = {**DELAYS, **DOUBTS}


def entry(reason: str, detail: Mapping[str, Any]) -> Entry:
    """The entry of a reason; where the detail tells more than the reason, the closer entry."""
    return specific(reason, detail) or _OF_EVENTS.get(reason, UNKNOWN)


def cause(reason: str, detail: Mapping[str, Any], lang: Lang) -> str:
    """What happened to all letters of one cause, told by one of them."""
    return message(reason, of_the_cause(detail) | {"about_contact": detail.get("about_contact")}, lang)


def message(reason: str, detail: Mapping[str, Any], lang: Lang) -> str:
    """What happened, with the field, sums, ids or codes in question."""
    sentence = entry(reason, detail).message().said_in(lang)
    more = facts(detail, lang)
    return f"{sentence} {more}." if more else sentence


def facts(detail: Mapping[str, Any], lang: Lang) -> str:
    """What the detail tells, as `Label: value; …`; empty when it tells nothing."""
    return told(detail, _OF_ATTEMPTS, lang)


def action(reason: str, detail: Mapping[str, Any], lang: Lang) -> str:
    """The step to take."""
    return entry(reason, detail).action().said_in(lang)


def ended(outcome: str | None, reason: str | None, detail: Mapping[str, Any], lang: Lang) -> str:
    """How an attempt ended, in a sentence; an attempt without an end is under way."""
    if outcome in ("dead", "not_needed") and reason in _OF_EVENTS:
        return entry(reason, detail).message().said_in(lang)
    why = DELAYS.get(reason or "") if outcome in ("retry", "snooze", "crashed") else None
    return (why or ATTEMPTS[outcome])().said_in(lang)
