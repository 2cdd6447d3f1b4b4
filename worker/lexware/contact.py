"""The step "contact": the payer's contact is found, or created once, linked, and the event handed back.

Which contact it is, is decided in `contact_choice`; a contact is never overwritten (design section 6 "Contact").
"""

from collections.abc import Sequence
from functools import partial
from typing import assert_never
from uuid import UUID

from outbox.claims import OpenIntent
from outbox.outcomes import Dead, Outcome, Snooze
from worker.delivery import doubt
from worker.delivery.doubt import Doubt
from worker.delivery.looks import LookResult
from worker.lexware import lookup
from worker.lexware.api.answers import Contact, Created
from worker.lexware.api.call import MaySend
from worker.lexware.api.errors import Rejected
from worker.lexware.contact_choice import Create, Gone, Linked, decide, needs_contact
from worker.lexware.matching import Ambiguous, Match
from worker.lexware.names import same_name
from worker.lexware.obstacles import dead, obstacles
from worker.lexware.snapshot import sent_with
from worker.lexware.transfer import Transfer
from worker.lexware.translate.translate import contact_payload


def find_or_create(transfer: Transfer) -> Outcome:
    """Link the payer with a contact; the document follows with its next claim."""
    claim, snapshot = transfer.claim, transfer.snapshot
    if (intent := claim.open_contact_intent) and snapshot.contact_id is None:
        return doubt.resolve(transfer.attempt, intent, _doubt(transfer, intent))
    if obstacle := next(obstacles(snapshot, unlinked=claim.unlinked), None):
        return dead(obstacle)
    if not needs_contact(snapshot):
        return _back()
    choice = decide(snapshot, transfer.lexware, partial(_taken, transfer), restored=claim.look_since is not None)
    match choice:
        case Linked():
            return _back()
        case Match(contact_id=contact_id):
            return _link(transfer, contact_id, "matched")
        case Ambiguous(contact_ids=ids):
            return Dead(reason="contact_ambiguous", detail={"contact_ids": [str(found) for found in ids]})
        case Gone(contact_id=contact_id):
            return Dead(reason="contact_gone", detail={"contact_ids": [str(contact_id)]})
        case Create(seen=seen):
            return _create(transfer, seen)
        case _:
            assert_never(choice)


def _create(transfer: Transfer, seen: Sequence[Contact]) -> Outcome:
    snapshot, payer = transfer.snapshot, transfer.snapshot.document.payer
    body = contact_payload(payer, snapshot.settings, marker_code=snapshot.contact_code)
    known = sent_with(snapshot, seen=[str(contact.id) for contact in seen if same_name(payer, contact)])

    def send(may_send: MaySend) -> Created:
        return transfer.lexware.create_contact(body, may_send)

    try:
        made = transfer.post("contact", transfer.claim.payer_id, known, send)
    except Rejected as refusal:
        if _is_a_race(transfer, refusal):
            return Snooze(seconds=transfer.pace.race_seconds, reason="account_number_race", http_status=406)
        raise
    return _link(transfer, made, "created")


def _is_a_race(transfer: Transfer, refusal: Rejected) -> bool:
    """Two contacts were given one account number at once; what lasts longer than a settle time is no race."""
    lasts = transfer.ledger.snoozed_since(transfer.claim, "account_number_race")
    named = any(issue.code == "account_number_already_exists" for issue in refusal.issues)
    return named and (lasts is None or lasts < transfer.pace.settle_seconds)


def _link(transfer: Transfer, contact_id: UUID, origin: str) -> Snooze:
    transfer.attempt.write(
        "links.contact",
        practice_id=transfer.claim.practice_id,
        customer_id=transfer.claim.payer_id,
        organisation_id=transfer.snapshot.settings.organisation_id,
        contact_id=contact_id,
        origin=origin,
        by="lexrelay",
    )
    payer = {"practice_id": transfer.claim.practice_id, "payer_id": transfer.claim.payer_id}
    transfer.attempt.write("ledger.contact_ready", **payer)
    return _back()


def _back() -> Snooze:
    return Snooze(seconds=0, reason="contact_ready", step="document")


def _taken(transfer: Transfer, ids: Sequence[UUID]) -> set[UUID]:
    """Those among them that are linked to another customer."""
    of = {"practice_id": transfer.claim.practice_id, "customer_id": transfer.claim.payer_id}
    return {row["id"] for row in transfer.attempt.rows("reading.linked_contacts", **of, ids=ids)}


def _doubt(transfer: Transfer, intent: OpenIntent) -> Doubt:
    return Doubt(
        organisation_id=transfer.snapshot.settings.organisation_id,
        payer_hash=transfer.snapshot.payer_hash,
        look=partial(_look, transfer, intent),
        adopt=lambda found: _link(transfer, found, "created"),
    )


def _look(transfer: Transfer, intent: OpenIntent) -> LookResult:
    """Contacts of the payer's name: ours carry our marker; an equal one that was not there before is a human's case."""
    snapshot, seen = transfer.snapshot, intent.sent_with.get("seen", ())
    payer, mode = snapshot.document.payer, snapshot.settings.lines
    with lookup.looking():
        return lookup.contact(transfer.lexware, payer, snapshot.contact_code, lines=mode, seen=seen)
