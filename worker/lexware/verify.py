"""The step "verify": after a re-POST, look once more whether an earlier document or contact has turned up after all."""

from outbox.outcomes import Dead, Delivered, Outcome
from worker.delivery.looks import Found, LookResult, Several
from worker.lexware import evidence, lookup
from worker.lexware.api.answers import voucher_kind
from worker.lexware.transfer import Transfer


def verify(transfer: Transfer) -> Outcome:
    """A twin makes the delivered event a dead letter with both ids; otherwise nothing changes."""
    claim, snapshot = transfer.claim, transfer.snapshot
    if claim.contact_resent and (twins := _twins(_contact(transfer))):
        return Dead(reason="duplicate_found", detail={"contact_ids": [str(snapshot.contact_id), *twins]})
    if claim.resent and (twins := _twins(_document(transfer))):
        return Dead(reason="duplicate_found", detail={"lexware_ids": [str(snapshot.lexware_id), *twins]})
    return Delivered(detail={"lexware_id": str(snapshot.lexware_id)})


def _document(transfer: Transfer) -> LookResult:
    opened_at = transfer.attempt.rows("reading.first_intent", event_id=transfer.claim.event_id)[0]["opened_at"]
    candidates = lookup.candidates(transfer, voucher_kind(transfer.claim.kind), opened_at)
    return evidence.of_documents(candidates, transfer.claim.marker_code, {})


def _contact(transfer: Transfer) -> LookResult:
    snapshot = transfer.snapshot
    payer, mode, seen = snapshot.document.payer, snapshot.settings.lines, (str(snapshot.contact_id),)
    return lookup.contact(transfer.lexware, payer, snapshot.contact_code, lines=mode, seen=seen)


def _twins(result: LookResult) -> list[str]:
    """The ids of what carries our marker beside the one we know; a mere likeness is none."""
    match result:
        case Found(remote_id=twin):
            return [str(twin)]
        case Several(remote_ids=twins):
            return [str(twin) for twin in twins]
        case _:
            return []
