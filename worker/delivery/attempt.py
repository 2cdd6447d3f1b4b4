"""One attempt: a claim with all it needs to make calls. Every call takes a slot, every POST an intent (R3, R4).

An attempt knows how its calls went (for the lane), and what became of its POST (for the intent); both are written when
it is settled. It does not know why a call is made.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, cast, get_args
from uuid import UUID

from outbox.claims import Claim, Effect, PostResult, Slot
from outbox.db import LOST_DATABASE, Connection
from outbox.errors import ClaimLost
from outbox.outcomes import Pause, Snooze
from outbox.sql import query
from worker.lexware import snapshot
from worker.lexware.api.answers import Created, Profile
from worker.lexware.api.client import Lexware
from worker.lexware.api.errors import NoAnswer, NotSent, Refused, TooLateToSend
from worker.lexware.api.wire import MaySend
from worker.lexware.snapshot import Snapshot
from worker.lexware.translate.documents import TaxMode
from worker.runtime import Runtime

_TOO_OFTEN = 5


class Draining(Exception):
    """The process is about to end: no further call of this attempt."""


class InDoubt(Exception):
    """A POST left and no readable answer came; its intent stays open."""

    def __init__(self, status: int | None) -> None:
        super().__init__(status)
        self.status = status


@dataclass
class CallCounter:
    """How the calls of one attempt went: its lane wants to know."""

    calls: int = 0
    silent: int = 0
    answered: bool = False

    def note(self, _method: str, _template: str, status: int | None, _seconds: float) -> None:
        """One more call; silent means without an answer, or 5xx."""
        self.calls += 1
        if status is None or status >= 500:
            self.silent += 1
        else:
            self.silent, self.answered = 0, True

    def withhold(self) -> None:
        """The one that will be noted next was kept back by us: it says nothing about Lexware."""
        self.calls, self.silent = self.calls - 1, self.silent - 1


class Attempt:
    """A claim on its way through the corridor."""

    def __init__(self, runtime: Runtime, claim: Claim) -> None:
        self.runtime, self.claim, self.ledger, self.pace = runtime, claim, runtime.ledger, runtime.pace
        self.calls = CallCounter()
        self.answer: PostResult | None = None
        self.also: list[Callable[[Connection], None]] = []
        self._slot: Slot | None = claim.slot

    @cached_property
    def snapshot(self) -> Snapshot:
        """Everything about the document, read once."""
        with self.runtime.connecting() as connection:
            return snapshot.read(connection, self.claim.practice_id, self.claim.document_id)

    @cached_property
    def lexware(self) -> Lexware:
        """Lexware as this practice sees it; every call waits for its slot."""
        key = self.runtime.vault.decrypt(self.snapshot.key_token)
        return Lexware(self.runtime.transport, key, before_call=self._use_slot, on_call=self.calls.note)

    def rows(self, name: str, **values: object) -> list[dict[str, Any]]:
        """The rows of one short read."""
        with self.runtime.connecting() as connection:
            return connection.execute(query(name), values).fetchall()

    def write(self, name: str, **values: object) -> None:
        """A write that belongs into the settlement's commit."""

        def write(connection: Connection) -> None:
            connection.execute(query(name), values)

        self.also.append(write)

    def check_profile(self) -> Snooze | None:
        """Ask who is behind the key; a stranger's key pauses the practice."""
        profile: Profile = self.lexware.profile()
        if profile.organisation_id != self.snapshot.settings.organisation_id:
            return Snooze(seconds=0, reason="other_organisation", lane=Pause("other_organisation"))
        known = self.snapshot.settings
        tax_type = cast("TaxMode", profile.tax_type) if profile.tax_type in get_args(TaxMode) else known.tax_type
        now = replace(known, tax_type=tax_type, small_business=profile.small_business)
        self.snapshot = replace(self.snapshot, settings=now)
        self.write(
            "links.profile",
            practice_id=self.claim.practice_id,
            organisation_id=profile.organisation_id,
            company_name=profile.company_name,
            tax_type=tax_type,
            small_business=profile.small_business,
        )
        return None

    def post(
        self, effect: Effect, subject_id: int, sent_with: Mapping[str, Any], send: Callable[[MaySend], Created]
    ) -> UUID:
        """Send once, under an intent committed before. Raises InDoubt when the outcome is unknown."""
        self._wait_for_slot()
        intent = self.ledger.intend(self.claim, self.snapshot.settings.organisation_id, effect, subject_id, sent_with)

        def may_send() -> None:
            if self.runtime.draining.is_set():
                raise Draining
            if time.monotonic() > intent.send_by:
                self.calls.withhold()
                raise TooLateToSend

        try:
            created = send(may_send)
        except TooLateToSend:
            self.answer = PostResult(intent.intent_id, "not_sent")
            raise self._too_late() from None
        except (NotSent, Draining, ClaimLost, *LOST_DATABASE):  # the wire, or the wait for a slot before it
            self.answer = PostResult(intent.intent_id, "not_sent")
            raise
        except Refused as refusal:
            self.answer = PostResult(intent.intent_id, "refused", http_status=refusal.status)
            raise
        except NoAnswer as silence:
            raise InDoubt(silence.status) from None
        self.answer = PostResult(intent.intent_id, "created", remote_id=created.id)
        return created.id

    def _too_late(self) -> NotSent:
        """Once it was we who stood still; what lasts longer than a settle time is a way that is too slow, and counts."""
        lasts = self.ledger.snoozed_since(self.claim, "too_late_to_send")
        return TooLateToSend() if lasts is None or lasts < self.pace.settle_seconds else NotSent("too slow")

    def _wait_for_slot(self) -> None:
        """Sleep until the slot of the next call; one that went by unused is taken anew."""
        for _ in range(_TOO_OFTEN):
            if self.runtime.draining.is_set():
                raise Draining
            if self._slot is None or time.monotonic() > self._slot.until:
                self._slot = self.ledger.take_slot(self.claim, unused=self._slot)
            wait = self._slot.due - time.monotonic()
            if wait <= 0:
                return
            time.sleep(wait)

    def _use_slot(self) -> float | None:
        self._wait_for_slot()
        slot, self._slot = self._slot, None
        return slot.until if slot else None
