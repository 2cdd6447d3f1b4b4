"""Invoices and credit notes in the user's hands (lexware-api 5.9, 5.11)."""

from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from worker.lab.sandbox.bookkeeping import finalised, new_draft, paid, payment_item, unlinked
from worker.lab.sandbox.records import Document, Kind, revised
from worker.lab.sandbox.rules.content import content_of
from worker.lab.sandbox.web_app.desk import Desk, NotPossibleError
from worker.lab.sandbox.wire import Json


def finalise(desk: Desk, document: str) -> Json:
    """Make a draft open. A linked credit note settles its invoice."""
    return desk.keep(*finalised(desk.organisation, desk.document(document, "draft"), desk.at))


def reopen(desk: Desk, document: str) -> Json:
    """Put an open document back to draft; it keeps its number."""
    return desk.keep(revised(_untouched(desk, document), desk.at, status="draft"))


def void(desk: Desk, document: str) -> Json:
    """Cancel an open document: a stamp, no new document."""
    return desk.keep(revised(_untouched(desk, document), desk.at, status="voided"))


def pay(desk: Desk, document: str, amount: Decimal | int | None = None) -> Json:
    """Assign a payment to an open document, by default over all that is open."""
    owed = desk.document(document, "open")
    return desk.keep(paid(owed, payment_item("manualPayment", Decimal(amount or owed.open_amount), desk.at), desk.at))


def delete_draft(desk: Desk, document: str) -> Json:
    """Delete a draft: gone for the API, its number burnt, its links undone."""
    draft = desk.document(document, "draft")
    return desk.keep(replace(draft, deleted=desk.at, related=()), *unlinked(desk.organisation, draft, desk.at))


def edit_draft(desk: Desk, document: str, changes: Json) -> Json:
    """Change fields of a draft's body, `remark` with the marker too; null removes a field."""
    return _rewrite(desk, desk.document(document, "draft"), changes)


def set_total(desk: Desk, document: str, total: Decimal | int) -> Json:
    """Replace a draft's lines by a single one that comes to this gross amount."""
    draft = desk.document(document, "draft")
    return _rewrite(desk, draft, {"lineItems": [_line_over(draft, Decimal(total))]})


def create_document(desk: Desk, kind: Kind, body: Json, age_seconds: float = 0) -> Json:
    """Write a document by hand, dated back by so much."""
    created = desk.at - timedelta(seconds=age_seconds)
    content = _content(desk, kind, body)
    return desk.keep(*new_draft(desk.organisation, kind, body, content, created, origin="user"))


def copy_document(desk: Desk, document: str, changes: Json | None = None, age_seconds: float = 0) -> Json:
    """Write a look-alike: same contact, day and amount, but the default remark instead of the marker."""
    original = desk.document(document)
    body = original.source | {"remark": None} | (changes or {})
    return create_document(desk, original.kind, body, age_seconds)


def archive_document(desk: Desk, document: str) -> Json:
    """Put a document out of sight."""
    return desk.keep(revised(desk.document(document), desk.at, archived=True))


def _untouched(desk: Desk, document_id: str) -> Document:
    """An open document without payments and follow-up documents."""
    document = desk.document(document_id, "open")
    if document.payments or document.related:
        raise NotPossibleError(f"{document.number} has payments or related documents")
    return document


def _rewrite(desk: Desk, draft: Document, changes: Json) -> Json:
    source = draft.source | changes
    content = _content(desk, draft.kind, source)
    address = content["address"]
    return desk.keep(
        revised(
            draft,
            desk.at,
            source=source,
            content=content,
            contact_id=address.get("contactId"),
            contact_name=address["name"],
        )
    )


def _content(desk: Desk, kind: Kind, body: Json) -> Json:
    contact_id = body["address"].get("contactId")
    return content_of(kind, body, desk.organisation, desk.contact(contact_id) if contact_id else None)


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
