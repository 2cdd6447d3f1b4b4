"""What a look asks Lexware, for a claim and for a command alike. Reads only; what it means is judged in `evidence.py`.

Guarantee: candidates are *all* documents of the kind made since, whoever's contact they carry, except those that a
document link of ours claims; each is read as a whole (design section 6 "In doubt"). By its marker ours is known even if
one of the two clocks, ours or Lexware's, is wrong by hours.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from outbox.claims import OpenIntent
from worker.delivery.errors import LookFailed, NoAnswer, NotSent, Truncated
from worker.delivery.looks import LookResult
from worker.lexware import evidence
from worker.lexware.api.answers import SalesDocument, VoucherKind, VoucherRow, voucher_kind
from worker.lexware.api.client import Lexware
from worker.lexware.api.errors import NotFound
from worker.lexware.matching import is_like
from worker.lexware.names import name_to_search, same_name
from worker.lexware.transfer import Transfer
from worker.lexware.translate.dates import BERLIN
from worker.lexware.translate.documents import Payer, PrivacyMode
from worker.lexware.translate.marker import carries

#: How long before its intent a document may seem to have been made: one that carries our marker, and any other.
_REACH = timedelta(days=1)
_TOLERANCE = timedelta(minutes=5)

Claimed = Callable[[Sequence[UUID]], Collection[UUID]]
"""Which of these documents a document link of ours claims already."""


@contextmanager
def looking() -> Iterator[None]:
    """Raises LookFailed for what proves nothing; what concerns the key or the rate passes through."""
    try:
        yield
    except (NoAnswer, NotSent, NotFound, Truncated) as error:
        raise LookFailed(type(error).__name__, error.status) from None


def of_intent(transfer: Transfer, intent: OpenIntent) -> LookResult:
    """What an intent for a document may have made. Raises LookFailed."""
    with looking():
        found = candidates(transfer, voucher_kind(intent.effect), intent.opened_at)
    return evidence.of_documents(found, transfer.claim.marker_code, intent.sent_with)


def made_since(transfer: Transfer, since: datetime) -> LookResult:
    """What is there already although we know of no intent; for the payer's contact without a marker a human decides."""
    found = candidates(transfer, voucher_kind(transfer.claim.kind), since)
    return evidence.of_documents(found, transfer.claim.marker_code, {"contact_id": str(transfer.snapshot.contact_id)})


def candidates(transfer: Transfer, kind: VoucherKind, opened_at: datetime) -> list[SalesDocument]:
    """All unclaimed vouchers of the kind, made since; each read."""

    def claimed(ids: Sequence[UUID]) -> set[UUID]:
        rows = transfer.attempt.rows("reading.claimed_ids", practice_id=transfer.claim.practice_id, ids=ids)
        return {row["id"] for row in rows}

    return documents(transfer.lexware, kind, opened_at, claimed, transfer.claim.marker_code)


def documents(
    lexware: Lexware, kind: VoucherKind, opened_at: datetime, claimed: Claimed, code: str
) -> list[SalesDocument]:
    """Every unclaimed one created since shortly before `opened_at`, and older ones that carry our marker."""
    rows: list[VoucherRow] = []
    for row in lexware.vouchers(kind, (opened_at - _REACH).astimezone(BERLIN).date()):
        if row.created < opened_at - _REACH:
            break
        rows.append(row)
    ours = claimed([row.id for row in rows])
    read = lexware.invoice if kind == "invoice" else lexware.credit_note
    found = [(row, read(row.id)) for row in rows if row.id not in ours]
    return [one for row, one in found if row.created >= opened_at - _TOLERANCE or evidence.is_ours(one, code)]


def contact(lexware: Lexware, payer: Payer, code: str, *, lines: PrivacyMode, seen: Collection[str]) -> LookResult:
    """Contacts of the payer's name: ours carry our marker; an equal one that was not `seen` before is a human's case."""
    named = [one for one in lexware.search_contacts(name=name_to_search(payer)) if same_name(payer, one)]
    fresh = [lexware.contact(one.id) for one in named if str(one.id) not in seen]
    ours = [one for one in fresh if carries(one.note, code)]
    alike = [one for one in fresh if is_like(payer, one, lines) and not one.note]
    return evidence.of_contacts(ours, alike)
