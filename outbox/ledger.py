"""Room 7, the ledger: opens, extends and settles claims and intents. The only licence to act comes from here (R2, R3).

Every write that ends something carries the fence of its claim; an answer from Lexware is written to its intent, fence
or no fence (R5). No transaction outlives a call of a function here (R7).
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal, Protocol, assert_never
from uuid import UUID

from psycopg.types.json import Jsonb

from outbox.db import Connection, Row
from outbox.errors import ClaimLost, MayNotSend
from outbox.ids import CustomerId, DocumentId, EventId, IntentId, PracticeId
from outbox.outcomes import (
    Cool,
    Dead,
    Delivered,
    NeedsContact,
    NotNeeded,
    Outcome,
    Pause,
    Retry,
    Snooze,
    Step,
    ended_as,
)
from outbox.pace import Pace
from outbox.presence import Presence
from outbox.sql import query

Effect = Literal["invoice", "credit_note", "contact"]
Connecting = Callable[[], AbstractContextManager[Connection]]


class Calls(Protocol):
    """How the calls of a claim went: how many, how many in a row at the end without an answer, any answer at all."""

    calls: int
    silent: int
    answered: bool


#: What else belongs into the transaction of a settlement: links to documents and contacts in Lexware.
Also = Callable[[Connection], None]


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
    original_id: DocumentId | None
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
    suspect: bool
    silent_calls: int
    cool_count: int
    outage: bool
    original_state: str | None
    resent: bool
    open_document_intent: OpenIntent | None
    open_contact_intent: OpenIntent | None
    tat: Any
    slot_due: float
    """When the slot that came with the claim begins, on this process's monotonic clock."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A licence to POST once, until `send_by` on this process's monotonic clock."""

    intent_id: IntentId
    send_by: float


@dataclass(frozen=True, slots=True)
class Answer:
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


class Ledger:
    """All of room 7 for one process. Thread-safe: every call takes a connection of its own."""

    def __init__(self, connecting: Connecting, pace: Pace, presence: Presence) -> None:
        self._connecting, self._pace, self._presence = connecting, pace, presence
        self._rate = {"gap_seconds": pace.gap_seconds, "catch_up_seconds": pace.catch_up_seconds}
        self._lease = {"lease_seconds": pace.lease_seconds}

    def begin(self, event_id: EventId, epoch: int) -> Claim:
        """Claim a handed-out event. Raises ClaimLost when the message means nothing any more; then nothing has changed."""
        worker = self._presence.process_id
        if worker is None:
            raise ClaimLost("this process holds no session lock")
        row = self._one("ledger.begin", event_id=event_id, epoch=epoch, worker=worker, **self._rate, **self._lease)
        if row is None:
            raise ClaimLost("stale, duplicate or forged message")
        return _claim(row)

    def decline(self, event_id: EventId, epoch: int) -> None:
        """Hand an event back without beginning it; a stale message changes nothing."""
        self._run("ledger.decline", event_id=event_id, epoch=epoch)

    def take_slot(self, claim: Claim) -> float:
        """The next slot of the lane for a further call, as a moment on the monotonic clock. Raises ClaimLost."""
        row = self._one("ledger.take_slot", event_id=claim.event_id, fence=claim.fence, **self._rate, **self._lease)
        if row is None:
            raise ClaimLost("taken over while looking")
        return _moment(row)

    def intend(
        self, claim: Claim, organisation_id: UUID, effect: Effect, subject_id: int, sent_with: Mapping[str, Any]
    ) -> Intent:
        """Commit the intent to POST. Raises MayNotSend; then nobody may send, and nothing was written."""
        asked = time.monotonic()
        row = self._one(
            "ledger.intend",
            event_id=claim.event_id,
            fence=claim.fence,
            practice_id=claim.practice_id,
            organisation_id=organisation_id,
            effect=effect,
            subject_id=subject_id,
            sent_with=Jsonb(dict(sent_with)),
            window_seconds=self._pace.window_seconds,
            **self._lease,
        )
        if row is None:
            raise MayNotSend(effect)
        return Intent(row["intent_id"], asked + self._pace.window_seconds)

    def standing(self, intent: OpenIntent) -> Standing:
        """Where an open intent stands."""
        row = self._one("ledger.inspect_intent", intent_id=intent.intent_id, settle_seconds=self._pace.settle_seconds)
        if row is None:
            raise ClaimLost("the intent is gone")
        return Standing(**{name: row[name] for name in Standing.__slots__})

    def record_look(
        self, intent: OpenIntent, verdict: str, evidence: Mapping[str, Any], *, counts: bool = True
    ) -> None:
        """Store what a look found, dated by the database."""
        self._run(
            "ledger.record_look",
            intent_id=intent.intent_id,
            verdict=verdict,
            counts=counts,
            evidence=Jsonb(dict(evidence)),
        )

    def snoozed_since(self, claim: Claim, reason: str) -> float | None:
        """Seconds since this event was first put off for `reason`; None: never."""
        row = self._one("ledger.snoozed_since", event_id=claim.event_id, reason=reason)
        return row["seconds"] if row else None

    def settle(
        self, claim: Claim, outcome: Outcome, calls: Calls, *, answer: Answer | None = None, also: Sequence[Also] = ()
    ) -> bool:
        """End a claim in one commit: event, intent, links, and what the lane learns. False: the claim was lost.

        An answer and its links are written even then (R5). Called twice, the second time changes nothing.
        """
        with self._connecting() as connection, connection.transaction(), connection.pipeline():
            settled = connection.execute(query("ledger.settle"), self._ending(claim, outcome, calls.calls))
            if answer is not None:
                connection.execute(query("ledger.answer"), _fields(answer))
            for write in also:
                write(connection)
            self._tell_lane(connection, claim, outcome, calls)
            return settled.fetchone() is not None

    def _ending(self, claim: Claim, outcome: Outcome, calls: int) -> Row:
        end = _ENDINGS | {"event_id": claim.event_id, "fence": claim.fence, "tries": claim.tries, "calls": calls}
        end |= {"state": claim.state, "step": claim.step, "outcome": ended_as(outcome)} | _reasons(outcome)
        match outcome:
            case Delivered(verify=verify):
                later = {"step": "verify", "delay_seconds": self._pace.verify_seconds} if verify else _NOTHING_DUE
                return end | {"state": "delivered"} | later
            case NeedsContact():
                return end | {"step": "contact", "delay_seconds": 0}
            case Retry():
                return end | self._retrying(claim, outcome)
            case Snooze(seconds=seconds, step=step):
                return end | {"step": step or claim.step, "delay_seconds": seconds}
            case Dead(cause=cause):
                return end | _NOTHING_DUE | {"state": "dead", "cause": cause or outcome.reason}
            case NotNeeded():
                return end | _NOTHING_DUE | {"state": "discarded"}
            case _:
                assert_never(outcome)

    def _retrying(self, claim: Claim, outcome: Retry) -> Row:
        if claim.outage:
            return {"delay_seconds": self._pace.probe_seconds}
        delay = self._pace.retry_in(claim.tries + 1)
        counted = {"tries": claim.tries + 1, "counted": True}
        if delay is not None:
            return counted | {"delay_seconds": 0 if outcome.at_once else delay}
        if claim.step == "verify":
            return counted | _NOTHING_DUE
        last = {
            "detail": Jsonb({**outcome.detail, "last_reason": outcome.reason}),
            "cause": f"retries_exhausted {outcome.reason}",
        }
        return counted | _NOTHING_DUE | {"state": "dead", "outcome": "dead", "reason": "retries_exhausted"} | last

    def _tell_lane(self, connection: Connection, claim: Claim, outcome: Outcome, calls: Calls) -> None:
        mine = {"practice_id": claim.practice_id}
        lane = outcome.lane if isinstance(outcome, Snooze) else None
        if isinstance(outcome, NeedsContact):
            connection.execute(query("ledger.give_slot_back"), mine | self._rate | {"tat": claim.tat})
        if calls.answered and lane is None and (claim.silent_calls or claim.cool_count or claim.suspect):
            connection.execute(query("lane.answered"), mine)
        if calls.answered and claim.outage:
            connection.execute(query("lane.end_outage"), {"step_seconds": self._pace.gap_seconds / 10})
        if calls.silent:
            connection.execute(query("lane.silent"), mine | {"calls": calls.silent})
        match lane:
            case Cool(reason=reason, seconds=seconds, suspect=suspect):
                cool = self._pace.cool_for(claim.cool_count) if seconds is None else seconds
                connection.execute(query("lane.cool"), mine | {"seconds": cool, "reason": reason, "suspect": suspect})
            case Pause(reason=pause_reason):
                connection.execute(query("lane.pause"), mine | {"reason": pause_reason})
            case None:
                pass
            case _:
                assert_never(lane)

    def _one(self, name: str, **values: object) -> Row | None:
        with self._connecting() as connection:
            return connection.execute(query(name), values).fetchone()

    def _run(self, name: str, **values: object) -> None:
        with self._connecting() as connection:
            connection.execute(query(name), values)


_NOTHING_DUE: Row = {"step": "document", "delay_seconds": None}
_ENDINGS: Row = {"cause": None, "counted": False}


def _fields(answer: Answer) -> Row:
    return {field.name: getattr(answer, field.name) for field in fields(answer)}


def _reasons(outcome: Outcome) -> Row:
    detail = getattr(outcome, "detail", None)
    return {
        "reason": getattr(outcome, "reason", None),
        "http_status": getattr(outcome, "http_status", None),
        "detail": Jsonb(dict(detail)) if detail else None,
    }


def _claim(row: Row) -> Claim:
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
        slot_due=_moment(row),
    )


def _moment(row: Row) -> float:
    """The slot's beginning on our clock; counted from the reply, so that a slot is never used too early."""
    return time.monotonic() + max(0.0, float(row["slot_wait_seconds"]))
