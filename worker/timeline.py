"""The story of a document as sentences, each with its moment: what a person can read aloud.

Pure. Ids, numbers and codes only, and no person.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from outbox.db import Row
from outbox.story import Story

Moment = tuple[datetime, str]

_ORIGINS = {
    "trigger": "when it was completed",
    "sweep": "by the safety net, which found it without one",
    "backfill": "by a backfill",
}
_STEPS = {
    "document": "to send the document",
    "contact": "to find or create the contact",
    "verify": "to look once more for a twin",
}
_THINGS = {"invoice": "an invoice", "credit_note": "a credit note", "contact": "a contact"}
_INTENTS = {
    "created": "Lexware made it",
    "adopted": "It was found in Lexware and taken for ours by its marker",
    "refused": "Lexware refused it",
    "not_sent": "Nothing had left the house",
    "absent": "It is proven absent: it may be sent again",
    "resolved": "An operator resolved it",
}
_VERDICTS = {
    "found": "it is there",
    "several": "it is there more than once",
    "look_alike": "something resembles it but carries no marker",
    "absent": "it is not there",
    "failed": "the look-up failed and proves nothing",
}


def moments(story: Story) -> list[Moment]:
    """Everything that happened, in order of time."""
    return sorted(_moments(story), key=lambda moment: moment[0])


def _moments(story: Story) -> Iterator[Moment]:
    event = story.event
    yield (
        event["created_at"],
        f"Event {event['event_id']} for {event['kind']} {event['number']} was written {_ORIGINS[event['origin']]}.",
    )
    for place, attempt in enumerate(story.attempts, 1):
        yield from _of_attempt(place, attempt)
    for intent in story.intents:
        yield from _of_intent(intent)
    for action in story.actions:
        why = f": {action['why']}" if action["why"] else ""
        yield action["at"], f"{action['by']} did `{action['action']}`{why}."
    if event["closed_at"] is not None:
        yield event["closed_at"], f"The event was settled: {_joined(event['state'], event['reason'])}."


def _of_attempt(place: int, attempt: Row) -> Iterator[Moment]:
    yield attempt["begun_at"], f"Attempt {place} began, {_STEPS[attempt['step']]}."
    if attempt["ended_at"] is None:
        return
    status = f"HTTP {attempt['http_status']}" if attempt["http_status"] else None
    counted = "counted as a try" if attempt["counted"] else None
    said = _joined(attempt["outcome"].replace("_", " "), attempt["reason"], status, *_codes(attempt["detail"]), counted)
    yield attempt["ended_at"], f"Attempt {place} ended: {said}."


def _of_intent(intent: Row) -> Iterator[Moment]:
    name = f"intent {intent['intent_id']}"
    yield intent["opened_at"], f"A licence to create {_THINGS[intent['effect']]} was taken ({name})."
    for look in intent["looks"]:
        doubt = "" if look["counts"] else "; that does not count while its sender may be alive"
        what = _joined(_VERDICTS[look["verdict"]], *_codes(look["evidence"]))
        yield datetime.fromisoformat(look["looked_at"]), f"Looked in Lexware for {name}: {what}{doubt}."
    if intent["closed_at"] is not None:
        status = f"HTTP {intent['http_status']}" if intent["http_status"] else None
        yield intent["closed_at"], f"{_joined(_INTENTS[intent['outcome']], intent['lexware_id'], status)} ({name})."
    if intent["late_at"] is not None:
        yield intent["late_at"], f"A late answer: Lexware had made {intent['late_lexware_id']} after all ({name})."


def _codes(detail: Mapping[str, Any] | None) -> Iterator[str]:
    """The codes and ids of a detail, by name; nested lists in one line."""
    for name, value in (detail or {}).items():
        if value not in (None, [], {}):
            shown = ", ".join(map(str, value)) if isinstance(value, list) else value
            yield f"{name.replace('_', ' ')} {shown}"


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)
