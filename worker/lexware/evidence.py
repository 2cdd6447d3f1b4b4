"""What a look-up for an open intent found: pure rules (design section 6 "In doubt").

Guarantee: only our marker makes a candidate ours; whatever merely resembles what we sent is a human's case, and only
a complete look without any such candidate is an absence.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from worker.delivery.looks import Absent, Found, LookAlike, LookResult, Several
from worker.lexware.api.answers import Contact, SalesDocument
from worker.lexware.translate.marker import carries, find_codes


def is_ours(document: SalesDocument, code: str) -> bool:
    """Whether it carries this marker."""
    return carries(document.remark, code) or carries(document.introduction, code)


def of_documents(candidates: Sequence[SalesDocument], code: str, sent_with: Mapping[str, Any]) -> LookResult:
    """What the unclaimed vouchers of the right type and time say about an intent."""
    ours = [c.id for c in candidates if is_ours(c, code)]
    alike = [c.id for c in candidates if not find_codes(f"{c.remark}\n{c.introduction}") and _agrees(c, sent_with)]
    return _finding(ours, alike)


def of_contacts(ours: Sequence[Contact], alike: Sequence[Contact]) -> LookResult:
    """What the contacts of the payer's name say: those with our marker, and equal ones that were not there before."""
    return _finding([c.id for c in ours], [c.id for c in alike])


def _finding(ours: Sequence[UUID], alike: Sequence[UUID]) -> LookResult:
    if len(ours) > 1:
        return Several(tuple(ours))
    if ours:
        return Found(ours[0])
    return LookAlike(tuple(alike)) if alike else Absent()


def _agrees(candidate: SalesDocument, sent_with: Mapping[str, Any]) -> bool:
    day = candidate.voucher_date.isoformat() if candidate.voucher_date else None
    return (
        (candidate.contact_id is not None and str(candidate.contact_id) == sent_with.get("contact_id"))
        or day == sent_with.get("day")
        or candidate.total_gross == Decimal(sent_with.get("total", "NaN"))
    )
