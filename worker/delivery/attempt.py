"""One attempt: a claim with all it needs to make calls. Every call takes a slot, every POST an intent (R3, R4).

An attempt knows how its calls went (for the lane), and what became of its POST (for the intent); both are written when
it is settled. It does not know why a call is made.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Event
from typing import Any, Protocol
from uuid import UUID

from outbox.claims import Claim, Effect, PostResult, Slot
from outbox.db import LOST_DATABASE, Connection
from outbox.errors import ClaimLost
from outbox.ledger import Ledger
from outbox.outcomes import Outcome
from outbox.pace import Pace
from outbox.rows import Connections, Write
from outbox.sql import query
from worker.delivery.errors import Draining, InDoubt, NoAnswer, NotSent, Refused, TooLateToSend, is_silent

_TOO_OFTEN = 5

Send = Callable[[Callable[[], None]], UUID]
"""Sends, and gives the id of what was made; asks its argument right before the first byte, which raises what forbids it."""


class Process(Protocol):
    """What an attempt uses of the process it runs in."""

    pace: Pace
    ledger: Ledger
    draining: Event
    reading: Connections
    """For what is read of the host."""

    def connecting(self) -> AbstractContextManager[Connection]:
        """A connection for a short while."""


@dataclass
class CallCounter:
    """How the calls of one attempt went: its lane wants to know."""

    calls: int = 0
    silent: int = 0
    answered: bool = False

    def note(self, _method: str, _template: str, status: int | None, _seconds: float) -> None:
        """One more call, with its answer or none."""
        self.calls += 1
        if is_silent(status):
            self.silent += 1
        else:
            self.silent, self.answered = 0, True

    def withhold(self) -> None:
        """The one that will be noted next was kept back by us: it says nothing about the remote system."""
        self.calls, self.silent = self.calls - 1, self.silent - 1


class Attempt:
    """A claim, and what it may do. `also` is written in the commit that settles it."""

    def __init__(self, process: Process, claim: Claim) -> None:
        self._process, self.claim = process, claim
        self.ledger, self.pace, self.connecting = process.ledger, process.pace, process.connecting
        self.reading = process.reading
        self.calls = CallCounter()
        self.post_result: PostResult | None = None
        self.also: list[Write] = []
        self._slot: Slot | None = claim.slot

    def rows(self, name: str, **values: object) -> list[dict[str, Any]]:
        """The rows of one short read."""
        with self.connecting() as connection:
            return connection.execute(query(name), values).fetchall()

    def write(self, name: str, **row: object) -> None:
        """A write that belongs into the settlement's commit; its query takes rows."""
        self.also.append(Write(name, row))

    @property
    def unused_slot(self) -> Slot | None:
        """The slot that was taken and no call was made in."""
        return self._slot

    def post(
        self,
        organisation_id: UUID,
        effect: Effect,
        subject_id: int,
        sent_with: Mapping[str, Any],
        send: Send,
    ) -> UUID:
        """Send once, under an intent committed before; the id of what was made.

        Raises InDoubt when the outcome is unknown, MayNotSend when there is no licence, and the CallError of the call.
        """
        self._wait_for_slot()
        intent = self.ledger.intend(self.claim, organisation_id, effect, subject_id, sent_with)

        def may_send() -> None:
            if self._process.draining.is_set():
                raise Draining
            if time.monotonic() > intent.send_by:
                self.calls.withhold()
                raise TooLateToSend

        try:
            made = send(may_send)
        except TooLateToSend:
            self.post_result = PostResult(intent.intent_id, "not_sent")
            raise self._too_late() from None
        except (NotSent, Draining, ClaimLost, *LOST_DATABASE):  # the wire, or the wait for a slot before it
            self.post_result = PostResult(intent.intent_id, "not_sent")
            raise
        except Refused as refusal:
            self.post_result = PostResult(intent.intent_id, "refused", http_status=refusal.status)
            raise
        except NoAnswer as silence:
            raise InDoubt(silence.status) from None
        self.post_result = PostResult(intent.intent_id, "created", remote_id=made)
        return made

    def use_slot(self) -> float | None:
        """Wait for the slot of the next call and use it up; until when the call may leave, on the monotonic clock."""
        self._wait_for_slot()
        slot, self._slot = self._slot, None
        return slot.until if slot else None

    def _too_late(self) -> NotSent:
        """Once it was we who stood still; what lasts longer than a settle time is a way that is too slow, and counts."""
        lasts = self.ledger.snoozed_since(self.claim, "too_late_to_send")
        return TooLateToSend() if lasts is None or lasts < self.pace.settle_seconds else NotSent("too slow")

    def _wait_for_slot(self) -> None:
        """Sleep until the slot of the next call; one that went by unused is taken anew."""
        for _ in range(_TOO_OFTEN):
            if self._process.draining.is_set():
                raise Draining
            if self._slot is None or time.monotonic() > self._slot.until:
                self._slot = self.ledger.take_slot(self.claim, unused=self._slot)
            wait = self._slot.due - time.monotonic()
            if wait <= 0:
                return
            if wait > self.pace.lease_seconds:
                raise ClaimLost("the slot lies behind the lease")
            time.sleep(wait)


Work = Callable[[Attempt], Outcome]
"""What a claim does in the remote system; may raise whatever happens to it."""
