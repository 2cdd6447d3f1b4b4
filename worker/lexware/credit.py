"""A cancellation becomes a draft credit note; its original is asked for before (design section 6 "Cancellation")."""

from typing import assert_never
from uuid import UUID

from outbox.outcomes import Dead, NotNeeded, Outcome, Snooze
from worker.lexware.api.answers import Created
from worker.lexware.api.call import MaySend
from worker.lexware.api.errors import NotFound, Rejected
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
            return NotNeeded(reason=reason)
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
        case "not_transferred":
            return cancellation.decide("not_transferred", may_unlink=transfer.claim.unlinked)
        case "transferred":
            return _by_status(transfer)
        case _:
            assert_never(standing)


def _by_status(transfer: Transfer) -> cancellation.Decision | Snooze:
    """How the original stands in Lexware now; a 404 means deleted only after two of them, a settle time apart."""
    original, settle = transfer.snapshot.original, transfer.pace.settle_seconds
    assert original.lexware_id is not None  # noqa: S101 (that is what "transferred" means)
    try:
        status = cancellation.status_of(transfer.lexware.invoice(original.lexware_id).status)
    except NotFound:
        missing_for = transfer.ledger.snoozed_since(transfer.claim, "original_missing")
        if missing_for is None or missing_for < settle or (original.age_seconds or 0) < settle:
            return Snooze(seconds=settle, reason="original_missing")
        status = "deleted"
    link_refused = transfer.ledger.snoozed_since(transfer.claim, "link_refused") is not None
    return cancellation.decide(status, link_refused=link_refused)


def _send(
    transfer: Transfer, translation: Translation, *, preceding: UUID | None = None, notice: str | None = None
) -> Outcome:
    def send(may_send: MaySend) -> Created:
        return transfer.lexware.create_credit_note(translation.payload, may_send, preceding)

    try:
        made = transfer.post("credit_note", *subject(transfer, translation, preceding, notice), send)
    except Rejected as refusal:
        if preceding is not None and refusal.status == 406:
            return Snooze(seconds=0, reason="link_refused", http_status=406)
        raise
    return delivered(transfer, made, preceding=preceding, notice=notice)
