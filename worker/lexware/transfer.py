"""An attempt as Lexware's side sees it: what is known of the document, and the calls of its practice.

Every call takes a slot of the attempt; the snapshot is read once, and grows by what the profile says.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast, get_args
from uuid import UUID

from outbox.claims import Effect
from outbox.outcomes import Pause, Snooze
from worker.delivery.attempt import Attempt
from worker.keys import KeyVault
from worker.lexware import snapshot
from worker.lexware.api.answers import Created, Profile
from worker.lexware.api.call import MaySend
from worker.lexware.api.client import Lexware
from worker.lexware.api.transport import Transport
from worker.lexware.shared_reading import SharedReading
from worker.lexware.snapshot import Snapshot
from worker.lexware.translate.documents import TaxMode


class Transfer:
    """One claim's document on its way to Lexware."""

    def __init__(self, attempt: Attempt, transport: Transport, vault: KeyVault, read: SharedReading) -> None:
        self.attempt, self.claim, self.pace, self.ledger = attempt, attempt.claim, attempt.pace, attempt.ledger
        self._transport, self._vault, self._read = transport, vault, read
        # Not cached_property: before Python 3.12 the threads of a process would read one after another.
        self._snapshot: Snapshot | None = None
        self._lexware: Lexware | None = None

    @property
    def snapshot(self) -> Snapshot:
        """Everything about the document, read once. Raises DocumentGone, NotConnected, TooLarge or HostData."""
        if self._snapshot is None:
            claim = self.claim
            self._snapshot = snapshot.ready(self._read(self.attempt.reading, claim.practice_id, claim.document_id))
        return self._snapshot

    @property
    def lexware(self) -> Lexware:
        """Lexware as this practice sees it; every call waits for its slot. Raises KeyUnreadable or KeyMisplaced."""
        if self._lexware is None:
            key = self._vault.decrypt(self.snapshot.key_token, self.snapshot.key_owner)
            slots, noted = self.attempt.use_slot, self.attempt.calls.note
            self._lexware = Lexware(self._transport, key, before_call=slots, on_call=noted)
        return self._lexware

    def post(
        self, effect: Effect, subject_id: int, sent_with: Mapping[str, Any], send: Callable[[MaySend], Created]
    ) -> UUID:
        """Send once, under an intent committed before (`Attempt.post`)."""
        organisation_id = self.snapshot.settings.organisation_id
        return self.attempt.post(
            organisation_id, effect, subject_id, sent_with, lambda may_send: send(may_send).id
        )  # fmt: skip

    def check_profile(self) -> Snooze | None:
        """Ask who is behind the key; a stranger's key pauses the practice."""
        profile: Profile = self.lexware.profile()
        known = self.snapshot.settings
        if profile.organisation_id != known.organisation_id:
            return Snooze(seconds=0, reason="other_organisation", lane=Pause("other_organisation"))
        tax_type = cast("TaxMode", profile.tax_type) if profile.tax_type in get_args(TaxMode) else known.tax_type
        now = replace(known, tax_type=tax_type, small_business=profile.small_business)
        self._snapshot = replace(self.snapshot, settings=now)
        self.attempt.write(
            "links.profile",
            practice_id=self.claim.practice_id,
            organisation_id=profile.organisation_id,
            company_name=profile.company_name,
            tax_type=tax_type,
            small_business=profile.small_business,
            token=self.snapshot.key_token,
        )
        return None
