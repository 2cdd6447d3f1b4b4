"""A cancellation becomes a draft credit note; its original is asked for before (design section 6 "Cancellation")."""

from typing import assert_never
from uuid import UUID

from outbox.outcomes import Dead, NotNeeded, Outcome, Snooze
from outbox.reasons import DelayReason, DiscardReason
from worker.lexware.api.answers import Created
from worker.lexware.api.call import MaySend
from worker.lexware.api.errors import NotFound, Rejected
from worker.lexware.diagnosis import MAY_BE_A_REFERENCE
from worker.lexware.document_link import delivered, subject
from worker.lexware.transfer import Transfer
from worker.lexware.translate import cancellation
from worker.lexware.translate.translate import Translation


def upload(transfer: Transfer, translation: Translation) -> Outcome:
    """Send it as its original allows, or not at all."""
    decision = _decide(transfer)
    match decision:
        case cancellation.SendLinked():
            return _send(transfer, translation, preceding=transfer.snapshot.original.lexware_id)
        case cancellation.SendUnlinked(notice=notice):
            return _send(transfer, translation, notice=notice)
        case cancellation.NotNeeded(reason=reason):
            return _not_needed(transfer, reason)
        case cancellation.Refused(reason=reason):
            return Dead(reason=reason)
        case Snooze() | Dead():
            return decision
        case _:
            assert_never(decision)


def _decide(transfer: Transfer) -> cancellation.Decision | Snooze | Dead:
    standing = transfer.snapshot.original.standing
    match standing:
        case "elsewhere":
            return Dead(reason="other_organisation")
        case "awaited":
            return Snooze(seconds=transfer.pace.settle_seconds, reason="original_expected")
        case "not_transferred" | "not_invoice":
            return cancellation.decide(standing, may_unlink=transfer.claim.unlinked)
        case "transferred":
            return _by_status(transfer)
        case _:
            assert_never(standing)


def _by_status(transfer: Transfer) -> cancellation.Decision | Snooze | Dead:
    """How the original stands in Lexware now. What ends it, deleted or voided, counts only when it is seen twice, a settle
    time apart, and in the practice's own company.
    """
    original, settle = transfer.snapshot.original, transfer.pace.settle_seconds
    assert original.lexware_id is not None  # noqa: S101 (that is what "transferred" means)
    try:
        status = cancellation.status_of(transfer.lexware.invoice(original.lexware_id).status)
    except NotFound:
        if not _seen_before(transfer, "original_missing") or (original.age_seconds or 0) < settle:
            return Snooze(seconds=settle, reason="original_missing")
        if not original.proven:
            return _never_seen(transfer)
        status = "deleted"
    if status == "voided" and not _seen_before(transfer, "original_seems_voided"):
        return Snooze(seconds=settle, reason="original_seems_voided")
    if status in ("deleted", "voided") and (stranger := transfer.check_profile()):
        return stranger
    link_refused = transfer.ledger.snoozed_since(transfer.claim, "link_refused") is not None
    return cancellation.decide(status, link_refused=link_refused)


def _seen_before(transfer: Transfer, reason: DelayReason) -> bool:
    """Whether the same was seen a settle time ago already."""
    since = transfer.ledger.snoozed_since(transfer.claim, reason)
    return since is not None and since >= transfer.pace.settle_seconds


def _never_seen(transfer: Transfer) -> cancellation.Decision | Dead:
    """A human has named a document that nobody ever saw there: that it is missing proves nothing."""
    if transfer.claim.unlinked:
        return cancellation.decide("not_transferred", may_unlink=True)
    return Dead(reason="original_not_transferred", detail={"flaw": "never_seen"}, about="never_seen")


def _not_needed(transfer: Transfer, reason: DiscardReason) -> NotNeeded:
    """Nothing is left to cancel; of a part it is told that the rest is missing there, too."""
    here, total = transfer.snapshot.document.total, transfer.snapshot.original.total
    if here is None or total is None or not cancellation.is_part(here, total):
        return NotNeeded(reason=reason)
    return NotNeeded(reason=reason, detail={"flaw": "part", "rest": f"{total - abs(here):f}"})


def _send(
    transfer: Transfer, translation: Translation, *, preceding: UUID | None = None, notice: str | None = None
) -> Outcome:
    def send(may_send: MaySend) -> Created:
        return transfer.lexware.create_credit_note(translation.payload, may_send, preceding)

    try:
        made = transfer.post("credit_note", *subject(transfer, translation, preceding, notice), send)
    except (Rejected, NotFound) as refusal:
        if preceding is not None and refusal.status in MAY_BE_A_REFERENCE:
            return Snooze(seconds=0, reason="link_refused", http_status=refusal.status)
        raise
    return delivered(transfer, made, preceding=preceding, notice=notice)
