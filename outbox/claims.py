"""What the ledger hands to an attempt: ids, moments and figures; nothing here writes."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from outbox.db import Row
from outbox.ids import CustomerId, DocumentId, EventId, IntentId, PracticeId
from outbox.outcomes import Step

Effect = Literal["invoice", "credit_note", "contact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIntent:
    """An intent to be looked for: in doubt, or `proven` absent before the event was replayed."""

    intent_id: IntentId
    event_id: EventId
    effect: Effect
    organisation_id: UUID
    opened_at: datetime
    sent_with: Mapping[str, Any]
    proven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An event taken for a while, provably: the fence is ours until the lease ends."""

    event_id: EventId
    practice_id: PracticeId
    document_id: DocumentId
    payer_id: CustomerId
    kind: str
    number: str | None
    marker_code: str
    state: str
    step: Step
    epoch: int
    fence: int
    tries: int
    unlinked: bool
    look_since: datetime | None
    """After a restore: what was made in Lexware since then may be this document already."""
    suspect: bool
    silent_calls: int
    cool_count: int
    outage: bool
    resent: bool
    """The document was sent again after a proven absence."""
    contact_resent: bool
    """So was the contact of its payer."""
    open_document_intent: OpenIntent | None
    open_contact_intent: OpenIntent | None
    slot: "Slot"
    """The slot that came with the claim."""


@dataclass(frozen=True, slots=True)
class Slot:
    """When a call may leave, on this process's monotonic clock: not before `due`, and after `until` no more."""

    due: float
    until: float
    tat: datetime
    """The lane's next slot when this one was taken."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A licence to POST once, until `send_by` on this process's monotonic clock."""

    intent_id: IntentId
    send_by: float


@dataclass(frozen=True, slots=True)
class PostResult:
    """What became of a POST, to be written to its intent."""

    intent_id: IntentId
    outcome: Literal["created", "adopted", "refused", "not_sent", "absent"]
    remote_id: UUID | None = None
    http_status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an open intent stands; ages in seconds by the database's clock."""

    first_look_in_seconds: float
    answered_age_seconds: float
    first_absence_age_seconds: float | None
    sender_alive: bool
    age_seconds: float


def claim_of(row: Row, slot: Slot) -> Claim:
    """The claim that `ledger.begin` gave."""
    intents = [
        OpenIntent(
            intent_id=i["intent_id"], event_id=i["event_id"], effect=i["effect"],
            organisation_id=UUID(i["organisation_id"]), opened_at=datetime.fromisoformat(i["opened_at"]), sent_with=i["sent_with"],
            proven=i["closed_at"] is not None,
        )
        for i in row["open_intents"] or ()
    ]  # fmt: skip
    taken = {name: row[name] for name in Claim.__slots__ if name in row}
    return Claim(
        **taken,
        open_document_intent=next((i for i in intents if i.effect != "contact"), None),
        open_contact_intent=next((i for i in intents if i.effect == "contact"), None),
        slot=slot,
    )


def slot_of(row: Row, asked: float, use_within_seconds: float) -> Slot:
    """A slot that was asked for at a moment and is known now: begun by now for certain, and not older than the question."""
    wait = float(row["slot_wait_seconds"])
    return Slot(due=time.monotonic() + wait, until=asked + wait + use_within_seconds, tat=row["tat"])
