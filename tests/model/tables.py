"""The rows of one practice that decide, as values: events, intents, links. Times are relative: they pass by `after`.

A moment that has passed is 0, an age stops growing where nothing compares it any more; so equal situations are equal
states, and there are few of them.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from model.talk import Record
from outbox.pace import HOLD_SECONDS, Pace
from worker.delivery.doubt import _FROZEN_LEASES


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A row of `outbox.event`; its document has the same number."""

    event_id: int
    original_id: int | None = None
    state: str = "pending"
    step: str = "document"
    due_in: float | None = 0
    epoch: int = 0
    fence: int = 0
    worker: int | None = None
    handed_age: float | None = None
    begun: bool = False
    lease_left: float | None = None
    tries: int = 0
    reason: str | None = None

    @property
    def kind(self) -> str:
        """As the trigger writes it."""
        return "invoice" if self.original_id is None else "cancellation"

    @property
    def settled(self) -> bool:
        """Nothing is due and nobody is at it."""
        return self.due_in is None and self.lease_left is None

    def released(self, **changes: object) -> "Event":
        """No longer in flight."""
        return replace(self, handed_age=None, begun=False, lease_left=None, worker=None, **changes)  # type: ignore[arg-type]

    def after(self, seconds: float) -> "Event":
        """The same, later."""
        return replace(
            self,
            due_in=None if self.due_in is None else max(0, self.due_in - seconds),
            lease_left=None if self.lease_left is None else max(0, self.lease_left - seconds),
            handed_age=None if self.handed_age is None else min(HOLD_SECONDS, self.handed_age + seconds),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A row of `outbox.intent`, with what its looks have shown."""

    intent_id: int
    event_id: int
    effect: str
    subject_id: int
    fence: int
    worker: int
    sent_with: Record
    age: float = 0
    outcome: str | None = None
    remote_id: UUID | None = None
    late_remote_id: UUID | None = None
    ended_age: float | None = None
    """Since the end of the attempt that opened it."""
    absence_age: float | None = None
    """Since the first absence that counts."""

    @property
    def open(self) -> bool:
        """In doubt."""
        return self.outcome is None

    def closed(self, outcome: str, remote_id: UUID | None) -> "Intent":
        """With its outcome; how it was opened does not matter any more, but for a sender that may still be at it."""
        fence = self.fence if outcome == "absent" else 0
        return replace(
            self, outcome=outcome, remote_id=remote_id, fence=fence, worker=0, age=0, absence_age=None, ended_age=None
        )

    def after(self, seconds: float, pace: Pace) -> "Intent":
        """The same, later."""
        if not self.open:
            return self
        longest = _FROZEN_LEASES * pace.lease_seconds + 1
        absence = None if self.absence_age is None else min(pace.second_look_seconds, self.absence_age + seconds)
        ended = None if self.ended_age is None else min(pace.settle_seconds, self.ended_age + seconds)
        return replace(self, age=min(longest, self.age + seconds), absence_age=absence, ended_age=ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """All of them. One practice, one payer, so one lane and one contact."""

    events: tuple[Event, ...]
    intents: tuple[Intent, ...] = ()
    document_links: tuple[tuple[int, UUID], ...] = ()
    contact_id: UUID | None = None
    cool_for: float = 0

    def event(self, event_id: int) -> Event:
        """By number."""
        return next(event for event in self.events if event.event_id == event_id)

    def intent(self, intent_id: int) -> Intent:
        """By number."""
        return self.intents[intent_id - 1]

    def document_id(self, event_id: int) -> UUID | None:
        """What the document is in Lexware, as far as we know."""
        return dict(self.document_links).get(event_id)

    def end_attempt(self, event_id: int, fence: int) -> "Tables":
        """With the end of an attempt; only its open intent asks for it. It ends once."""
        return replace(
            self,
            intents=tuple(
                replace(i, ended_age=0)
                if i.open and i.ended_age is None and (i.event_id, i.fence) == (event_id, fence)
                else i
                for i in self.intents
            ),
        )

    def put_event(self, event: Event) -> "Tables":
        """With this row instead of the old one."""
        return replace(self, events=tuple(event if old.event_id == event.event_id else old for old in self.events))

    def put_intent(self, intent: Intent) -> "Tables":
        """With this row instead of the old one, or as well."""
        kept = self.intents[: intent.intent_id - 1], self.intents[intent.intent_id :]
        return replace(self, intents=(*kept[0], intent, *kept[1]))

    def after(self, seconds: float, pace: Pace) -> "Tables":
        """The same, later."""
        return replace(
            self,
            events=tuple(event.after(seconds) for event in self.events),
            intents=tuple(intent.after(seconds, pace) for intent in self.intents),
            cool_for=max(0, self.cool_for - seconds),
        )
