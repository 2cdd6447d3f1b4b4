"""In doubt: an intent without a known outcome is looked for, and nothing is sent until it is proven absent.

Settle time, then a look; two dated absences, the second four settle times after the first, prove it. A failed, cut or
truncated look proves nothing, nor does one while the sender may still be alive, nor one for a payer who has another
name since. Never an endless circle: a human is asked in the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never
from uuid import UUID

from outbox.claims import OpenIntent, PostResult, Standing
from outbox.outcomes import Dead, Outcome, Retry, Snooze
from outbox.pace import DOUBT_LIMIT_SECONDS
from outbox.reasons import DeadReason
from worker.delivery.attempt import Attempt
from worker.delivery.errors import LookFailed
from worker.delivery.looks import Absent, Found, LookAlike, LookResult, Several

#: After so many leases with the sender's lock still held and nothing found, the event is a human's case.
_FROZEN_LEASES = 10

Look = Callable[[], LookResult]
Adopt = Callable[[UUID], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What is looked for, and what follows when it is there; with what is known of organisation and payer today."""

    organisation_id: UUID
    payer_hash: str
    look: Look
    """Raises LookFailed for a look that proves nothing."""
    adopt: Adopt


def resolve(attempt: Attempt, intent: OpenIntent, doubt: Doubt) -> Outcome:
    """Look once for what the intent may have made, and decide."""
    if intent.organisation_id != doubt.organisation_id:
        return Dead(reason="other_organisation", detail={"intent_id": intent.intent_id})
    standing = attempt.ledger.standing(intent)
    if standing.first_look_in_seconds > 0:
        return Snooze(seconds=standing.first_look_in_seconds, reason="in_doubt")
    try:
        result = doubt.look()
    except LookFailed as failure:
        attempt.ledger.record_look(intent, "failed", {"error": failure.error, "status": failure.status})
        return _later_or_human(standing, attempt.pace.settle_seconds)
    match result:
        case Found(remote_id=found):
            attempt.ledger.record_look(intent, "found", {"lexware_ids": [str(found)]})
            attempt.post_result = PostResult(intent.intent_id, "adopted", remote_id=found)
            return doubt.adopt(found)
        case Several(remote_ids=ids):
            reason: DeadReason = "contact_ambiguous" if intent.effect == "contact" else "duplicate_found"
            return _human(attempt, intent, "several", reason, ids)
        case LookAlike(remote_ids=ids):
            return _human(attempt, intent, "look_alike", "in_doubt", ids)
        case Absent():
            return _absent(attempt, intent, standing, doubt.payer_hash)
        case _:
            assert_never(result)


def look_first(look: Look, adopt: Adopt) -> Outcome | None:
    """Before the first POST of an event from before a restore: what was lost may have sent it. None: it is not there."""
    match look():
        case Found(remote_id=found):
            return adopt(found)
        case Several(remote_ids=ids):
            return Dead(reason="duplicate_found", detail={"lexware_ids": [str(found) for found in ids]})
        case LookAlike(remote_ids=ids):
            return Dead(reason="in_doubt", detail={"lexware_ids": [str(found) for found in ids], "why": "restored"})
        case Absent():
            return None
        case unexpected:
            assert_never(unexpected)


def _absent(attempt: Attempt, intent: OpenIntent, standing: Standing, payer_hash: str) -> Outcome:
    attempt.ledger.record_look(intent, "absent", {"lexware_ids": []}, counts=not standing.sender_alive)
    if intent.proven and not standing.sender_alive:  # looked for once more after a replay: the old proof still holds
        return Snooze(seconds=0, reason="absent_again")
    if intent.sent_with.get("payer_hash") != payer_hash:
        return Dead(
            reason="in_doubt",
            detail={"intent_id": intent.intent_id, "why": "payer_changed"},
            about="payer_changed",
        )
    if standing.sender_alive:
        if standing.age_seconds > _FROZEN_LEASES * attempt.pace.lease_seconds:
            return Dead(reason="sender_frozen", detail={"intent_id": intent.intent_id})
        return Snooze(seconds=attempt.pace.settle_seconds, reason="sender_alive")
    first = standing.first_absence_age_seconds
    if first is None:
        return Snooze(seconds=attempt.pace.second_look_seconds, reason="absent_once")
    if first < attempt.pace.second_look_seconds:
        return Snooze(seconds=attempt.pace.second_look_seconds - first, reason="absent_once")
    attempt.post_result = PostResult(intent.intent_id, "absent")
    return Retry(reason="absent_proven", at_once=True)


def _later_or_human(standing: Standing, seconds: float) -> Outcome:
    if standing.answered_age_seconds > DOUBT_LIMIT_SECONDS:
        return Dead(reason="in_doubt", detail={"why": "look_failed"}, about="look_failed")
    return Snooze(seconds=seconds, reason="look_failed")


def _human(attempt: Attempt, intent: OpenIntent, verdict: str, reason: DeadReason, ids: tuple[UUID, ...]) -> Dead:
    found = [str(one) for one in ids]
    attempt.ledger.record_look(intent, verdict, {"lexware_ids": found})
    named = {"contact_ids" if intent.effect == "contact" else "lexware_ids": found}
    return Dead(reason=reason, detail={"intent_id": intent.intent_id, **named}, about=verdict)
