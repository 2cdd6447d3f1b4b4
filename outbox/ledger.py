"""Opens, extends and settles claims and intents. The only licence to act comes from here (R2, R3).

Every write that ends something carries the fence of its claim; an answer from Lexware is written to its intent, fence
or no fence (R5). No transaction outlives a call of a function here (R7). What the threads of a process ask for together
is one statement and one commit (`rows.py`); each row keeps its own epoch, fence and licence.
"""

import time
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from outbox.claims import Claim, Effect, Intent, OpenIntent, PostResult, Slot, Standing, claim_of, slot_of
from outbox.db import Row
from outbox.endings import CallCounts, ending, news
from outbox.errors import ClaimLost, MayNotSend
from outbox.ids import EventId
from outbox.outcomes import Outcome
from outbox.pace import Pace
from outbox.reasons import DelayReason
from outbox.rows import Connections, SharedStatement, Write
from outbox.session_lock import SessionLock
from outbox.settlement import Settlement, SharedSettlement
from outbox.sql import query


class Ledger:
    """The ledger of one process, shared by its threads."""

    def __init__(self, connections: Connections, pace: Pace, session_lock: SessionLock) -> None:
        self._connecting, self._pace, self._session_lock = connections.alone, pace, session_lock
        lease = {"lease_seconds": pace.lease_seconds}
        slot = lease | {"gap_seconds": pace.gap_seconds, "catch_up_seconds": pace.catch_up_seconds}
        window = lease | {"window_seconds": pace.window_seconds}
        self._begin = SharedStatement(connections, "ledger.begin", "event_id", **slot)
        self._take_slot = SharedStatement(connections, "ledger.take_slot", "event_id", **slot)
        self._intend = SharedStatement(connections, "ledger.intend", "event_id", **window)
        self._settle = SharedSettlement(connections, pace)

    def begin(self, event_id: EventId, epoch: int) -> Claim:
        """Claim a handed-out event. Raises ClaimLost when the message means nothing any more; then nothing has changed.

        A process that may begin nothing hands it back, for others: it would stop one message after the other otherwise.
        """
        worker = self._session_lock.process_id
        if worker is None:
            self.decline(event_id, epoch)
            raise ClaimLost("this process holds no session lock")
        asked = time.monotonic()
        row = self._begin(event_id=event_id, epoch=epoch, worker=worker)
        if row is None:
            raise ClaimLost("stale, duplicate or forged message")
        return claim_of(row, slot_of(row, asked, self._pace.use_within_seconds))

    def decline(self, event_id: EventId, epoch: int) -> None:
        """Hand an event back without beginning it; a stale message changes nothing."""
        self._run("ledger.decline", event_id=event_id, epoch=epoch)

    def take_slot(self, claim: Claim, unused: Slot | None = None) -> Slot:
        """The next slot of the lane for a further call; one that went by `unused` makes room for it. Raises ClaimLost."""
        asked = time.monotonic()
        row = self._take_slot(event_id=claim.event_id, fence=claim.fence, unused_tat=unused and unused.tat)
        if row is None:
            raise ClaimLost("taken over while looking")
        return slot_of(row, asked, self._pace.use_within_seconds)

    def intend(
        self, claim: Claim, organisation_id: UUID, effect: Effect, subject_id: int, sent_with: Mapping[str, Any]
    ) -> Intent:
        """Commit the intent to POST. Raises MayNotSend; then nobody may send, and nothing was written."""
        asked = time.monotonic()
        row = self._intend(
            event_id=claim.event_id,
            fence=claim.fence,
            practice_id=claim.practice_id,
            organisation_id=organisation_id,
            effect=effect,
            subject_id=subject_id,
            sent_with=dict(sent_with),
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
        also: Sequence[Write] = (),
        unused: Slot | None = None,
    ) -> bool:
        """End a claim in one commit: event, intent, links, and what the lane learns. False: the claim was lost.

        An answer and its links are written even then (R5), and what may have left late is looked for once more. Called
        twice, the second time changes nothing. `unused`: the slot of the claim that no call was made in; it goes back.
        """
        mine = {"event_id": claim.event_id, "fence": claim.fence}
        end = Settlement(
            ending=ending(claim, outcome, calls, self._pace),
            answer=post_result,
            also=also,
            unused=None if unused is None else mine | {"practice_id": claim.practice_id, "tat": unused.tat},
            news=tuple(news(claim, outcome, calls, self._pace)),
        )
        if self._settle(end):
            return True
        self._run("ledger.look_again", **mine, verify_seconds=self._pace.verify_seconds)
        return False

    def _one(self, name: str, **values: object) -> Row | None:
        with self._connecting() as connection:
            return connection.execute(query(name), values).fetchone()

    def _run(self, name: str, **values: object) -> None:
        with self._connecting() as connection:
            connection.execute(query(name), values)
