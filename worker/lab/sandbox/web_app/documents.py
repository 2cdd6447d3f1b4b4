"""Invoices and credit notes in the user's hands (lexware-api 5.9, 5.11)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from worker.lab.sandbox.bookkeeping import finalised, new_draft, paid, payment_item, unlinked
from worker.lab.sandbox.records import Document, Kind, revised
from worker.lab.sandbox.rules.berlin import day_of
from worker.lab.sandbox.rules.content import content_of
from worker.lab.sandbox.web_app.session import NotPossibleError, UserSession
from worker.lab.sandbox.wire import Json


def finalise(session: UserSession, document: str) -> Json:
    """Make a draft open. A linked credit note settles its invoice."""
    return session.keep(*finalised(session.organisation, session.document(document, "draft"), session.at))


def reopen(session: UserSession, document: str) -> Json:
    """Put an open document back to draft; it keeps its number."""
    return session.keep(revised(_untouched(session, document), session.at, status="draft"))


def void(session: UserSession, document: str) -> Json:
    """Cancel an open document: a stamp, no new document."""
    return session.keep(revised(_untouched(session, document), session.at, status="voided"))


def pay(session: UserSession, document: str, amount: Decimal | int | None = None, kind: str = "manualPayment") -> Json:
    """Assign a payment to an open document, by default over all that is open; `kind` in the API's words (9.2)."""
    owed = session.document(document, "open")
    return session.keep(paid(owed, payment_item(kind, Decimal(amount or owed.open_amount), session.at), session.at))


def pay_with_discount(session: UserSession, document: str, discount: Decimal | int) -> Json:
    """Assign a payment of all but a cash discount (Skonto), which settles the rest."""
    owed, granted = session.document(document, "open"), Decimal(discount)
    if not 0 < granted < owed.open_amount:
        raise NotPossibleError(f"a discount of {granted} does not fit {owed.open_amount}")
    part = paid(owed, payment_item("manualPayment", owed.open_amount - granted, session.at), session.at)
    return session.keep(paid(part, payment_item("cashDiscount", granted, session.at), session.at))


def write_off(session: UserSession, document: str) -> Json:
    """Give up what is open of a document (Forderungsausfall)."""
    return pay(session, document, kind="irrecoverableReceivable")


def unpay(session: UserSession, document: str) -> Json:
    """Take the payments of a document away again; it is open as before."""
    settled = session.document(document)
    if not settled.payments or settled.status not in ("open", "paid"):
        raise NotPossibleError(f"{settled.number} has no payments to take away")
    return session.keep(revised(settled, session.at, payments=(), status="open"))


def set_due(session: UserSession, document: str, day: str) -> Json:
    """Give a document another last day to pay, a past one makes it overdue."""
    owed = session.document(document, "open")
    return session.keep(revised(owed, session.at, due_on=date.fromisoformat(day).isoformat()))


def become_overdue(session: UserSession, document: str) -> Json:
    """Let the last day to pay be yesterday: nothing was edited, so `updatedDate` stays what it was."""
    owed = session.document(document, "open")
    return session.keep(replace(owed, due_on=(day_of(session.at) - timedelta(days=1)).isoformat()))


def set_status_word(session: UserSession, document: str, word: str | None) -> Json:
    """Have the API say a status that nobody has heard of; null ends that."""
    return session.keep(revised(session.document(document), session.at, word=word))


def delete_draft(session: UserSession, document: str) -> Json:
    """Delete a draft: gone for the API, its number burnt, its links undone."""
    draft = session.document(document, "draft")
    return session.keep(
        replace(draft, deleted=session.at, related=()), *unlinked(session.organisation, draft, session.at)
    )


def edit_draft(session: UserSession, document: str, changes: Json) -> Json:
    """Change fields of a draft's body, `remark` with the marker too; null removes a field."""
    return _rewrite(session, session.document(document, "draft"), changes)


def set_total(session: UserSession, document: str, total: Decimal | int) -> Json:
    """Replace a draft's lines by a single one that comes to this gross amount."""
    draft = session.document(document, "draft")
    return _rewrite(session, draft, {"lineItems": [_line_over(draft, Decimal(total))]})


def create_document(session: UserSession, kind: Kind, body: Json, age_seconds: float = 0) -> Json:
    """Write a document by hand, dated back by so much."""
    created = session.at - timedelta(seconds=age_seconds)
    content = _content(session, kind, body)
    return session.keep(*new_draft(session.organisation, kind, body, content, created, origin="user"))


def copy_document(session: UserSession, document: str, changes: Json | None = None, age_seconds: float = 0) -> Json:
    """Write a look-alike: same contact, day and amount, but the default remark instead of the marker."""
    original = session.document(document)
    body = original.source | {"remark": None} | (changes or {})
    return create_document(session, original.kind, body, age_seconds)


def archive_document(session: UserSession, document: str) -> Json:
    """Put a document out of sight."""
    return session.keep(revised(session.document(document), session.at, archived=True))


def _untouched(session: UserSession, document_id: str) -> Document:
    """An open document without payments and follow-up documents."""
    document = session.document(document_id, "open")
    if document.payments or document.related:
        raise NotPossibleError(f"{document.number} has payments or related documents")
    return document


def _rewrite(session: UserSession, draft: Document, changes: Json) -> Json:
    source = draft.source | changes
    content = _content(session, draft.kind, source)
    address = content["address"]
    return session.keep(
        revised(
            draft,
            session.at,
            source=source,
            content=content,
            contact_id=address.get("contactId"),
            contact_name=address["name"],
        )
    )


def _content(session: UserSession, kind: Kind, body: Json) -> Json:
    contact_id = body["address"].get("contactId")
    return content_of(kind, body, session.organisation, session.contact(contact_id) if contact_id else None)


def _line_over(draft: Document, total: Decimal) -> Json:
    rate = Decimal(draft.content["taxAmounts"][0]["taxRatePercentage"])
    net = (total * 100 / (100 + rate)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    is_gross = draft.content["taxConditions"]["taxType"] == "gross"
    price = {"grossAmount": total} if is_gross else {"netAmount": net}
    return {
        "type": "custom",
        "name": "Leistung",
        "quantity": 1,
        "unitName": "Stück",
        "unitPrice": {"currency": "EUR", "taxRatePercentage": rate, **price},
    }
