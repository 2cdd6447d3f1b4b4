"""All that a verdict rests on, put side by side: our tables, their records, the arrivals, and what was done by hand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from tests.chaos.history import History, Row
from tests.chaos.oracle import Arrival, Remote
from tests.chaos.user import Touch

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Violation:
    """An invariant that did not hold, for one subject."""

    invariant: str
    what: str


@dataclass(frozen=True)
class Evidence:
    """Read-only; the lookups are made once."""

    history: History
    remotes: list[Remote]
    arrivals: list[Arrival]
    touches: list[Touch]
    renamed: set[int]
    densest: dict[str, int]

    @cached_property
    def events_by_code(self) -> dict[str, Row]:
        """The event of a document's marker."""
        return {event["marker_code"]: event for event in self.history.all_events}

    @cached_property
    def customers_by_code(self) -> dict[str, Row]:
        """The customer of a contact's marker."""
        return {customer["code"]: customer for customer in self.history.customers}

    @cached_property
    def documents_by_code(self) -> dict[str, list[Remote]]:
        """What the API committed under a document's marker, oldest first."""
        return _grouped(remote for remote in self.remotes if remote.kind != "contact" and remote.origin == "api")

    @cached_property
    def contacts_by_code(self) -> dict[str, list[Remote]]:
        """What the API committed under a contact's marker, oldest first."""
        return _grouped(remote for remote in self.remotes if remote.kind == "contact" and remote.origin == "api")

    @cached_property
    def posts_by_code(self) -> dict[str, list[Arrival]]:
        """The POSTs that carried a marker, in the order they arrived."""
        found: dict[str, list[Arrival]] = defaultdict(list)
        for arrival in self.arrivals:
            if arrival.code is not None:
                found[arrival.code].append(arrival)
        return found

    @cached_property
    def touched(self) -> set[tuple[str, str]]:
        """What was done by hand, with the document it was done to."""
        return {(touch.what, touch.document) for touch in self.touches}

    def twins(self, code: str) -> list[Remote]:
        """More than one document under one marker, as lexrelay could last have seen them: all of them.

        One that a user had deleted when lexrelay last looked after the event is none. Nor is one whose marker was taken
        away by then, unless that was before the next was sent: then a human should have been asked.
        """
        there = self.documents_by_code.get(code, [])
        if len(there) < 2:
            return []
        seen_at, last = self._last_attempt_at(code), there[-1].created
        hidden = {
            touch.document
            for touch in self.touches
            if touch.at <= seen_at and (touch.what == "delete" or (touch.what == "remove_marker" and touch.at > last))
        }
        visible = [one for one in there if one.id not in hidden]
        return visible if len(visible) > 1 else []

    def _last_attempt_at(self, code: str) -> datetime:
        event = self.events_by_code.get(code, {})
        attempts = self.history.attempts.get(event.get("event_id", 0), [])
        return max((attempt["begun_at"] for attempt in attempts), default=_NEVER)


def _grouped(remotes: Iterable[Remote]) -> dict[str, list[Remote]]:
    grouped: dict[str, list[Remote]] = defaultdict(list)
    for remote in remotes:
        grouped[remote.code or ""].append(remote)
    return grouped
