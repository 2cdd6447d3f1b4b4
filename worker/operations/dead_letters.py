"""Which letters are dead, grouped by cause or named one by one, and why one that is named is not among them.

Reads only; holds ids, codes and times, and no person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from outbox import dead_letters as letters
from outbox.db import Connection, Row
from outbox.dead_letters import DeadLetter, Filter
from outbox.sql import query
from worker.host.keys import in_json
from worker.lexware.api.answers import voucher_kind
from worker.lexware.api.links import voucher_url
from worker.messages import Declined, Lang, Sentence, reasons
from worker.messages import dead_letters as words
from worker.messages.glossary import STATES
from worker.messages.story import NO_EVENT
from worker.operations.knowledge import known
from worker.practice import practices


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The letters of one cause; `example` is the one that tells what it is, None when it was replayed just now."""

    group: str
    reason: str
    count: int
    first_at: datetime
    last_at: datetime
    practice_ids: list[int]
    example: DeadLetter | None

    def to_json(self) -> dict[str, Any]:
        """As `dead groups --json` has it (design section 3)."""
        names = ("group", "reason", "count", "first_at", "last_at", "practice_ids")
        return {name: getattr(self, name) for name in names}


class NotDead(Exception):
    """Events that were named and are not dead, or not there, each with why; nothing may be done with any of those named."""

    def __init__(self, refused: Mapping[int, Sentence]) -> None:
        super().__init__(*refused)
        self.refused = refused

    def to_json(self) -> list[dict[str, Any]]:
        """As `replay --json` has them (design section 3)."""
        return [
            {"event_id": event_id, "number": None, "plan": "human", "result": "refused"} for event_id in self.refused
        ]


def to_json(letter: DeadLetter, attempts: list[Row], lang: Lang) -> dict[str, Any]:
    """A letter as `dead list --json` has it (design section 3), with what was tried as `show` has it."""
    return {
        "event_id": letter.event_id,
        "practice_id": letter.practice_id,
        "number": letter.number,
        **in_json(letter.host_key),
        "kind": letter.kind,
        "reason": letter.reason,
        "group": letter.group,
        "message": reasons.message(letter.reason, known(letter), lang),
        "action": reasons.action(letter.reason, known(letter), lang),
        "http_status": letter.http_status,
        "attempts": attempts,
        "died_at": letter.died_at,
    }


def groups(connection: Connection, chosen: Filter) -> list[Group]:
    """One per cause, the largest first. Raises Declined for an unknown practice."""
    found = letters.groups(connection, chosen)
    if not found:
        practices.require(connection, chosen.practice)
    examples = {one.group: one for one in letters.named(connection, [group.pop("example") for group in found])}
    return [Group(**group, example=examples.get(group["group"])) for group in found]


def chosen_ones(connection: Connection, chosen: Filter) -> list[DeadLetter]:
    """All letters that a filter lets through. Raises Declined for an unknown practice."""
    found = letters.letters(connection, chosen)
    if not found:
        practices.require(connection, chosen.practice)
    return found


def one(connection: Connection, event_id: int) -> DeadLetter:
    """The letter of this event. Raises Declined when it is not dead, or not there."""
    if found := letters.named(connection, [event_id]):
        return found[0]
    raise Declined(_not_dead(event_id, letters.states(connection, [event_id]).get(event_id)))


def named(connection: Connection, event_ids: Sequence[int], app_url: str) -> list[DeadLetter]:
    """The letters of these events. Raises NotDead when one of them is not dead, or not there."""
    found = letters.named(connection, event_ids)
    if others := sorted(set(event_ids) - {letter.event_id for letter in found}):
        raise NotDead(_refused(connection, others, app_url))
    return found


def _refused(connection: Connection, event_ids: Sequence[int], app_url: str) -> dict[int, Sentence]:
    """Why each of these cannot be replayed or closed; a delivered one with its link into Lexware."""
    events = letters.states(connection, event_ids)
    rows = connection.execute(query("document_link.of_events"), {"event_ids": list(event_ids)}).fetchall()
    delivered = {row["event_id"]: row["lexware_id"] for row in rows if events[row["event_id"]]["state"] == "delivered"}
    refused = {event_id: _not_dead(event_id, events.get(event_id)) for event_id in event_ids}
    for event_id, lexware_id in delivered.items():
        event = events[event_id]
        url = voucher_url(app_url, voucher_kind(event["kind"]), lexware_id)
        refused[event_id] = words.DELIVERED(event_id=event_id, number=event["number"], url=url)
    return refused


def _not_dead(event_id: int, event: Row | None) -> Sentence:
    if event is None:
        return NO_EVENT(event_id=event_id)
    if event["state"] == "discarded":
        return words.NOT_DEAD_ANY_MORE(event_id=event_id, number=event["number"])
    return words.NOT_DEAD(event_id=event_id, number=event["number"], state=STATES[event["state"]]())
