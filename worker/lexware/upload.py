"""The step "document": an invoice or a cancellation becomes a draft in Lexware, once.

Decides by what is known, translates, and makes at most one POST; a payer without a contact goes to the step "contact"
first. What a cancellation asks before is in `credit`.
"""

from functools import partial
from typing import cast

from outbox.claims import OpenIntent
from outbox.outcomes import NeedsContact, Outcome, Snooze
from worker.delivery import doubt
from worker.delivery.doubt import Doubt
from worker.delivery.errors import Refused
from worker.lexware import credit, diagnosis, lookup
from worker.lexware.api.answers import Created
from worker.lexware.api.call import MaySend
from worker.lexware.api.errors import NotFound, Rejected
from worker.lexware.contact_choice import needs_contact
from worker.lexware.document_link import adopted, delivered, known, subject
from worker.lexware.negative_lines import may_go_neutral, settled
from worker.lexware.obstacles import dead, obstacles
from worker.lexware.payloads import InvoicePayload
from worker.lexware.transfer import Transfer
from worker.lexware.translate.translate import Translation, translate, write


def upload(transfer: Transfer) -> Outcome:
    """Bring the document over, or find out what became of an earlier try."""
    claim, snapshot = transfer.claim, transfer.snapshot
    if snapshot.lexware_id is not None:
        return known(transfer, snapshot.lexware_id)
    if intent := claim.open_document_intent:
        return doubt.resolve(transfer.attempt, intent, _doubt(transfer, intent))
    if obstacle := next(obstacles(snapshot, unlinked=claim.unlinked), None):
        return dead(obstacle)
    if needs_contact(snapshot):
        return NeedsContact()
    translation = _translation(transfer)
    if since := claim.look_since:
        there = doubt.look_first(partial(lookup.made_since, transfer, since), partial(adopted, transfer))
        if there is not None:
            return there
    try:
        return _send(transfer, translation)
    except (Rejected, NotFound) as refusal:  # which of the two a contact unknown so far gives, is not documented
        if meant := _meant(transfer, refusal):
            return meant
        raise


def _meant(transfer: Transfer, refusal: Refused) -> Outcome | None:
    """What a refusal means that may be another's than it seems; None: it means what it says."""
    if _contact_is_young(transfer):
        return Snooze(seconds=transfer.pace.young_seconds, reason="contact_not_ready")
    if ending := diagnosis.of_contact(transfer, refusal):
        return ending
    if may_go_neutral(transfer, refusal):
        return Snooze(seconds=0, reason="lines_refused", http_status=refusal.status)
    return None


def _translation(transfer: Transfer) -> Translation:
    snapshot, settings = transfer.snapshot, settled(transfer)
    form = write if settings is snapshot.settings else translate  # what `check` finds is among the obstacles
    return form(
        snapshot.document, settings, contact_id=snapshot.contact_id, marker_code=transfer.claim.marker_code
    )  # fmt: skip


def _send(transfer: Transfer, translation: Translation) -> Outcome:
    if transfer.claim.kind == "cancellation":
        return credit.upload(transfer, translation)

    def send(may_send: MaySend) -> Created:
        return transfer.lexware.create_invoice(cast("InvoicePayload", translation.payload), may_send)

    return delivered(transfer, transfer.post("invoice", *subject(transfer, translation), send))


def _doubt(transfer: Transfer, intent: OpenIntent) -> Doubt:
    return Doubt(
        organisation_id=transfer.snapshot.settings.organisation_id,
        payer_hash=transfer.snapshot.payer_hash,
        look=partial(lookup.of_intent, transfer, intent),
        adopt=partial(adopted, transfer),
    )


def _contact_is_young(transfer: Transfer) -> bool:
    """A contact made a moment ago may not be usable yet (lexware-api 4.2)."""
    age = transfer.snapshot.contact_age_seconds
    return transfer.snapshot.contact_origin == "created" and age is not None and age < transfer.pace.settle_seconds
