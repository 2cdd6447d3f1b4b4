"""Opens, extends and settles claims and intents. The only licence to act comes from here (R2, R3).

Every write that ends something carries the fence of its claim; an answer from Lexware is written to its intent, fence
or no fence (R5). No transaction outlives a call of a function here (R7).
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from outbox.claims import Claim, Effect, Intent, OpenIntent, PostResult, Slot, Standing, claim_of, slot_of
from outbox.db import Connection, Row
from outbox.errors import ClaimLost, MayNotSend
from outbox.ids import EventId
from outbox.outcomes import Outcome
from outbox.pace import Pace
from outbox.reasons import DelayReason
from outbox.session_lock import SessionLock
from outbox.settling import CallCounts, ending, tell_lane
from outbox.sql import query

Connecting = Callable[[], AbstractContextManager[Connection]]
#: What else belongs into the transaction of a settlement: links to documents and contacts in Lexware.
Also = Callable[[Connection], None]


class Ledger:
    """The ledger of one process. Thread-safe: every call takes a connection of its own."""

    def __init__(self, connecting: Connecting, pace: Pace, session_lock: SessionLock) -> None:
        self._connecting, self._pace, self._session_lock = connecting, pace, session_lock
        self._rate = {"gap_seconds": pace.gap_seconds, "catch_up_seconds": pace.catch_up_seconds}
        self._lease = {"lease_seconds": pace.lease_seconds}

    def begin(self, event_id: EventId, epoch: int) -> Claim:
        """Claim a handed-out event. Raises ClaimLost when the message means nothing any more; then nothing has changed."""
        worker = self._session_lock.process_id
        if worker is None:
            raise ClaimLost("this process holds no session lock")
        asked = time.monotonic()
        row = self._one("ledger.begin", event_id=event_id, epoch=epoch, worker=worker, **self._rate, **self._lease)
        if row is None:
            raise ClaimLost("stale, duplicate or forged message")
        return claim_of(row, slot_of(row, asked, self._pace.use_within_seconds))

    def decline(self, event_id: EventId, epoch: int) -> None:
        """Hand an event back without beginning it; a stale message changes nothing."""
        self._run("ledger.decline", event_id=event_id, epoch=epoch)

    def take_slot(self, claim: Claim, unused: Slot | None = None) -> Slot:
        """The next slot of the lane for a further call; one that went by `unused` makes room for it. Raises ClaimLost."""
        asked, mine = time.monotonic(), {"event_id": claim.event_id, "fence": claim.fence}
        unused_tat = unused and unused.tat
        row = self._one("ledger.take_slot", **mine, unused_tat=unused_tat, **self._rate, **self._lease)
        if row is None:
            raise ClaimLost("taken over while looking")
        return slot_of(row, asked, self._pace.use_within_seconds)

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

    def snoozed_since(self, claim: Claim, reason: DelayReason) -> float | None:
        """Seconds since this event was first put off for `reason`; None: never."""
        row = self._one("ledger.snoozed_since", event_id=claim.event_id, reason=reason)
        return row["seconds"] if row else None

    def settle(
        self,
        claim: Claim,
        outcome: Outcome,
        calls: CallCounts,
        *,
        post_result: PostResult | None = None,
        also: Sequence[Also] = (),
    ) -> bool:
        """End a claim in one commit: event, intent, links, and what the lane learns. False: the claim was lost.

        An answer and its links are written even then (R5), and what may have left late is looked for once more. Called
        twice, the second time changes nothing.
        """
        with self._connecting() as connection, connection.pipeline(), connection.transaction():
            settled = connection.execute(query("ledger.settle"), ending(claim, outcome, calls, self._pace))
            if post_result is not None:
                connection.execute(query("ledger.answer"), _fields(post_result))
            for write in also:
                write(connection)
            tell_lane(connection, claim, outcome, calls, self._pace)
        if settled.rowcount > 0:
            return True
        mine = {"event_id": claim.event_id, "fence": claim.fence}
        self._run("ledger.look_again", **mine, verify_seconds=self._pace.verify_seconds)
        return False

    def _one(self, name: str, **values: object) -> Row | None:
        with self._connecting() as connection:
            return connection.execute(query(name), values).fetchone()

    def _run(self, name: str, **values: object) -> None:
        with self._connecting() as connection:
            connection.execute(query(name), values)


def _fields(result: PostResult) -> Row:
    return {field.name: getattr(result, field.name) for field in fields(result)}
