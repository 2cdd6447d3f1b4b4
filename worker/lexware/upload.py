"""The step "document": an invoice or a cancellation becomes a draft in Lexware, once.

Reads what is known, translates, and makes at most one POST; a payer without a contact goes to the step "contact"
first. Cancellations ask for their original before (design section 6 "Cancellation").
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import assert_never, cast
from uuid import UUID

from outbox.claims import OpenIntent
from outbox.outcomes import Dead, Delivered, NeedsContact, NotNeeded, Outcome, Snooze
from worker.delivery import doubt, evidence
from worker.delivery.attempt import Attempt
from worker.delivery.evidence import LookResult
from worker.lexware import lookup
from worker.lexware.api.answers import Created, SalesDocument, VoucherKind
from worker.lexware.api.errors import NotFound, Rejected
from worker.lexware.api.wire import MaySend
from worker.lexware.payloads import InvoicePayload
from worker.lexware.snapshot import sent_with
from worker.lexware.translate import cancellation
from worker.lexware.translate.translate import Translation, translate


def upload(attempt: Attempt) -> Outcome:
    """Bring the document over, or find out what became of an earlier try."""
    claim, snapshot = attempt.claim, attempt.snapshot
    if snapshot.lexware_id is not None:
        return _known(attempt, snapshot.lexware_id)
    if intent := claim.open_document_intent:
        return doubt.resolve(attempt, intent, lambda: _look(attempt, intent), lambda found: _adopt(attempt, found))
    if snapshot.elsewhere:
        return Dead(reason="other_organisation")
    if snapshot.contact_id is None:
        return NeedsContact()
    translation = translate(
        snapshot.document, snapshot.settings, contact_id=snapshot.contact_id, marker_code=claim.marker_code
    )
    if (since := claim.look_since) and (
        there := doubt.look_first(lambda: _made_since(attempt, since), partial(_adopt, attempt))
    ):
        return there
    try:
        return (_upload_invoice if claim.kind == "invoice" else _upload_cancellation)(attempt, translation)
    except (Rejected, NotFound):  # which of the two a contact unknown so far gives, is not documented
        if _contact_is_young(attempt):
            return Snooze(seconds=attempt.pace.settle_seconds / 8, reason="contact_not_ready")
        raise


def _upload_invoice(attempt: Attempt, translation: Translation) -> Outcome:
    def send(may_send: MaySend) -> Created:
        return attempt.lexware.create_invoice(cast("InvoicePayload", translation.payload), may_send)

    return _delivered(attempt, attempt.post("invoice", *_subject(attempt, translation), send))


def _upload_cancellation(attempt: Attempt, translation: Translation) -> Outcome:
    decision = _decide(attempt)
    match decision:
        case cancellation.SendLinked():
            return _credit(attempt, translation, preceding=attempt.snapshot.original.lexware_id)
        case cancellation.SendUnlinked(notice=notice):
            return _credit(attempt, translation, notice=notice)
        case cancellation.NotNeeded(reason=reason):
            return NotNeeded(reason=reason)
        case cancellation.Refused(reason=reason):
            return Dead(reason=reason)
        case Snooze() | Dead():
            return decision
        case _:
            assert_never(decision)


def _decide(attempt: Attempt) -> cancellation.Decision | Snooze | Dead:
    """How the original stands in Lexware, and what follows."""
    original, settle = attempt.snapshot.original, attempt.pace.settle_seconds
    if original.lexware_id is None:
        if original.elsewhere:
            return Dead(reason="other_organisation")
        if original.expected:
            return Snooze(seconds=settle, reason="original_expected")
        return cancellation.decide("not_transferred", may_unlink=attempt.claim.unlinked)
    try:
        status = cancellation.status_of(attempt.lexware.invoice(original.lexware_id).status)
    except NotFound:
        missing_for = attempt.ledger.snoozed_since(attempt.claim, "original_missing")
        if missing_for is None or missing_for < settle or (original.age_seconds or 0) < settle:
            return Snooze(seconds=settle, reason="original_missing")
        status = "deleted"
    link_refused = attempt.ledger.snoozed_since(attempt.claim, "link_refused") is not None
    return cancellation.decide(status, link_refused=link_refused)


def _credit(
    attempt: Attempt, translation: Translation, *, preceding: UUID | None = None, notice: str | None = None
) -> Outcome:
    def send(may_send: MaySend) -> Created:
        return attempt.lexware.create_credit_note(translation.payload, may_send, preceding)

    try:
        made = attempt.post("credit_note", *_subject(attempt, translation, preceding, notice), send)
    except Rejected as refusal:
        if preceding is not None and refusal.status == 406:
            return Snooze(seconds=0, reason="link_refused", http_status=406)
        raise
    return _delivered(attempt, made, preceding=preceding, notice=notice)


def _subject(
    attempt: Attempt, translation: Translation, preceding: UUID | None = None, notice: str | None = None
) -> tuple[int, dict[str, object]]:
    more = {"preceding": str(preceding)} if preceding else {"notice": notice} if notice else {}
    what = sent_with(
        attempt.snapshot,
        day=attempt.snapshot.document.invoice_date,
        total=translation.total_there,
        contact_id=str(attempt.snapshot.contact_id),
        **more,
    )
    return attempt.claim.document_id, what


def _delivered(
    attempt: Attempt, made: UUID, *, preceding: UUID | None = None, notice: str | None = None, origin: str = "created"
) -> Delivered:
    claim, snapshot = attempt.claim, attempt.snapshot
    attempt.write(
        "links.document",
        practice_id=claim.practice_id,
        document_id=claim.document_id,
        organisation_id=snapshot.settings.organisation_id,
        kind=claim.kind,
        lexware_id=made,
        contact_id=snapshot.contact_id,
        linked_invoice_id=preceding,
        notice=notice,
        origin=origin,
    )
    return _known(attempt, made)


def _known(attempt: Attempt, lexware_id: UUID) -> Delivered:
    """It is there; what was sent again after a proven absence is looked at once more later."""
    resent = attempt.claim.resent or attempt.claim.contact_resent
    return Delivered(detail={"lexware_id": str(lexware_id)}, verify=resent)


def _contact_is_young(attempt: Attempt) -> bool:
    """A contact made a moment ago may not be usable yet (lexware-api 4.2)."""
    age = attempt.snapshot.contact_age_seconds
    return attempt.snapshot.contact_origin == "created" and age is not None and age < attempt.pace.settle_seconds


def _adopt(attempt: Attempt, found: UUID) -> Outcome:
    intent = attempt.claim.open_document_intent
    known = intent.sent_with if intent else {}
    preceding = UUID(known["preceding"]) if known.get("preceding") else None
    return _delivered(attempt, found, preceding=preceding, notice=known.get("notice"), origin="adopted")


def _look(attempt: Attempt, intent: OpenIntent) -> LookResult:
    """All unclaimed vouchers of the intent's type, made since; each read."""
    kind: VoucherKind = "invoice" if intent.effect == "invoice" else "credit_note"
    return evidence.of_documents(
        _candidates(attempt, kind, intent.opened_at), attempt.claim.marker_code, intent.sent_with
    )


def _made_since(attempt: Attempt, since: datetime) -> LookResult:
    """What is there already although we know of no intent; for the payer's contact without a marker a human decides."""
    kind: VoucherKind = "invoice" if attempt.claim.kind == "invoice" else "credit_note"
    known = {"contact_id": str(attempt.snapshot.contact_id)}
    return evidence.of_documents(_candidates(attempt, kind, since), attempt.claim.marker_code, known)


def _candidates(attempt: Attempt, kind: VoucherKind, opened_at: datetime) -> list[SalesDocument]:
    practice_id = attempt.claim.practice_id

    def claimed(ids: Sequence[UUID]) -> set[UUID]:
        return {row["id"] for row in attempt.rows("reading.claimed_ids", practice_id=practice_id, ids=ids)}

    return lookup.documents(attempt.lexware, kind, opened_at, claimed, attempt.claim.marker_code)


def verify(attempt: Attempt) -> Outcome:
    """After a re-POST: look once more whether an earlier document or contact has turned up after all."""
    claim, snapshot = attempt.claim, attempt.snapshot
    if claim.contact_resent and (twins := _twins(_contact_twin(attempt))):
        return Dead(reason="duplicate_found", detail={"contact_ids": [str(snapshot.contact_id), *twins]})
    if claim.resent and (twins := _twins(_document_twin(attempt))):
        return Dead(reason="duplicate_found", detail={"lexware_ids": [str(snapshot.lexware_id), *twins]})
    return Delivered(detail={"lexware_id": str(snapshot.lexware_id)})


def _document_twin(attempt: Attempt) -> LookResult:
    claim = attempt.claim
    opened = attempt.rows("reading.first_intent", event_id=claim.event_id)[0]["opened_at"]
    kind: VoucherKind = "invoice" if claim.kind == "invoice" else "credit_note"
    return evidence.of_documents(_candidates(attempt, kind, opened), claim.marker_code, {})


def _contact_twin(attempt: Attempt) -> LookResult:
    snapshot, ours = attempt.snapshot, (str(attempt.snapshot.contact_id),)
    payer, lines = snapshot.document.payer, snapshot.settings.lines
    return lookup.contact(attempt.lexware, payer, snapshot.contact_code, lines=lines, seen=ours)


def _twins(finding: LookResult) -> list[str]:
    """The ids of what carries our marker beside the one we know; a mere likeness is none."""
    match finding:
        case evidence.Found(lexware_id=twin):
            return [str(twin)]
        case evidence.Several(lexware_ids=twins):
            return [str(twin) for twin in twins]
        case _:
            return []
