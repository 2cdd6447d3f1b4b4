"""What an observation says about a document: pure rules (design section 11).

Guarantee: only Lexware's words `paid` and `paidoff` mean paid; a word that is not known counts as open, since it is no
draft and not known to be settled. Going back is normal. Absence is not judged here.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from worker.lexware.api.answers import SalesDocument

State = Literal[
    "draft", "open", "paid", "partly_paid", "overdue", "voided", "back_to_draft", "changed", "deleted", "missing"
]  # fmt: skip
_PAID = frozenset({"paid", "paidoff"})
#: Amounts that settled documents are listed with mean nothing: of a voided one the list shows the whole.
_NOTHING_OPEN = frozenset({"paid", "voided"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one answer of Lexware shows of a document; None is what it does not tell."""

    remote_status: str
    """In Lexware's word; `overdue` is `open`, since only lists know the difference, and it comes by itself."""
    number: str
    voucher_date: date | None
    due_date: date | None
    total: Decimal | None
    contact_id: UUID | None
    is_shown_overdue: bool = False
    open_amount: Decimal | None = None
    taxes: list[dict[str, str]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent, as far as that is known."""

    total: Decimal | None
    day: date | None
    contact_id: UUID | None


def of_document(document: SalesDocument) -> Seen:
    """What the document itself shows: its taxes, and not what is open."""
    return Seen(
        remote_status=document.status,
        number=document.number,
        voucher_date=document.voucher_date,
        due_date=document.due_date,
        total=document.total_gross,
        contact_id=document.contact_id,
        taxes=[
            {"rate": _two(tax.rate), "net": _two(tax.net), "tax": _two(tax.tax), "gross": _two(tax.net + tax.tax)}
            for tax in document.taxes
        ]
        or None,
    )


def differs(seen: Seen, sent: Sent) -> list[str]:
    """What is not as it was sent; what one side does not tell cannot differ."""
    pairs: dict[str, tuple[object, object]] = {
        "money": (seen.total, sent.total),
        "day": (seen.voucher_date, sent.day),
        "payer": (seen.contact_id, sent.contact_id),
    }
    return [name for name, (now, then) in pairs.items() if now is not None and then is not None and now != then]


def state_of(seen: Seen, *, is_changed: bool, finalised_once: bool, today: date) -> State:
    """The document's state; what is paid or voided is that first, whatever else was done to it."""
    if seen.remote_status == "voided":
        return "voided"
    if seen.remote_status in _PAID:
        return "paid"
    if seen.remote_status != "draft" and _is_part(seen):
        return "partly_paid"
    if is_changed:
        return "changed"
    if seen.remote_status == "draft":
        return "back_to_draft" if finalised_once else "draft"
    return "overdue" if _is_overdue(seen, today) else "open"


def judged(known: dict[str, Any], seen: Seen, today: date) -> dict[str, Any] | None:
    """The columns of a new row of `document_states`; None when nothing has changed. `known`: a row of `watched`.

    What this answer does not tell stays what it was, unless it can no longer hold.
    """
    sent = Sent(total=known["sent_total"], day=known["sent_day"], contact_id=known["sent_contact_id"])
    seen = _completed(seen, known)
    found = differs(seen, sent)
    state = state_of(seen, is_changed=bool(found), finalised_once=known["finalised_once"], today=today)
    row: dict[str, Any] = {
        "state": state,
        "remote_status": seen.remote_status,
        "number": seen.number,
        "voucher_date": seen.voucher_date,
        "due_date": seen.due_date,
        "total": seen.total,
        "contact_id": seen.contact_id,
        "open_amount": _open_amount(seen, state),
        "taxes": seen.taxes,
        "paid_on": known["paid_on"] if state == "paid" else None,
        "settled_by": known["settled_by"] if state in ("paid", "partly_paid") else None,
        "differs": found,
    }
    return row if known["state_id"] is None or any(row[name] != known[name] for name in row) else None


def _completed(seen: Seen, known: dict[str, Any]) -> Seen:
    same_money = known["total"] is not None and known["total"] == seen.total
    taxes = seen.taxes or (known["taxes"] if same_money else None)
    is_as_it_was = known["remote_status"] == seen.remote_status
    open_amount = seen.open_amount
    if open_amount is None and same_money and is_as_it_was:
        open_amount = known["open_amount"]
    due_date = seen.due_date or (known["due_date"] if seen.remote_status != "draft" and is_as_it_was else None)
    return replace(seen, taxes=taxes, open_amount=open_amount, due_date=due_date)


def _is_part(seen: Seen) -> bool:
    return seen.open_amount is not None and seen.total is not None and 0 < seen.open_amount < seen.total


def _is_overdue(seen: Seen, today: date) -> bool:
    is_late = seen.is_shown_overdue or (seen.due_date is not None and seen.due_date < today)
    return is_late and seen.open_amount != 0


def _open_amount(seen: Seen, state: State) -> Decimal | None:
    if seen.remote_status == "draft":
        return None
    if state in _NOTHING_OPEN:
        return Decimal("0.00")
    return seen.total if seen.open_amount is None else seen.open_amount


def _two(amount: Decimal) -> str:
    return f"{amount:.2f}"
