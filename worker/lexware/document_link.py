"""How a document ends up linked: what its intent stores before, and what is written once it is known to be there."""

from uuid import UUID

from outbox.outcomes import Delivered
from worker.lexware.snapshot import sent_with
from worker.lexware.transfer import Transfer
from worker.lexware.translate.translate import Translation


def subject(
    transfer: Transfer, translation: Translation, preceding: UUID | None = None, notice: str | None = None
) -> tuple[int, dict[str, object]]:
    """The document's id, and what its intent stores to be looked for again."""
    snapshot = transfer.snapshot
    more = {"preceding": str(preceding)} if preceding else {"notice": notice} if notice else {}
    if snapshot.contact_id is not None:
        more["contact_id"] = str(snapshot.contact_id)
    what = sent_with(
        snapshot,
        day=snapshot.document.invoice_date,
        total=translation.total_there,
        **more,
    )
    return transfer.claim.document_id, what


def delivered(
    transfer: Transfer, made: UUID, *, preceding: UUID | None = None, notice: str | None = None, origin: str = "created"
) -> Delivered:
    """Link the document with what was made, in the commit that settles the claim."""
    claim, snapshot = transfer.claim, transfer.snapshot
    transfer.attempt.write(
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
    return known(transfer, made)


def adopted(transfer: Transfer, found: UUID) -> Delivered:
    """Link the document with what an earlier POST had made after all."""
    intent = transfer.claim.open_document_intent
    told = intent.sent_with if intent else {}
    preceding = UUID(told["preceding"]) if told.get("preceding") else None
    return delivered(transfer, found, preceding=preceding, notice=told.get("notice"), origin="adopted")


def known(transfer: Transfer, lexware_id: UUID) -> Delivered:
    """It is there; what was sent again after a proven absence is looked at once more later."""
    resent = transfer.claim.resent or transfer.claim.contact_resent
    return Delivered(detail={"lexware_id": str(lexware_id)}, verify=resent)
