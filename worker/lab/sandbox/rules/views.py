"""Records as the API shows them (lexware-api 1.2, 4.1, 5.8, 9.1, 9.2)."""

from datetime import date, timedelta
from decimal import Decimal

from worker.lab.sandbox.records import Contact, Document, Organisation
from worker.lab.sandbox.rules.berlin import midnight, read_stamp, stamp
from worker.lab.sandbox.wire import Json


def action_result(record: Contact | Document, url: str) -> Json:
    """What a create or update answers: never the object itself (1.2)."""
    return {
        "id": record.id,
        "resourceUri": url,
        "createdDate": stamp(record.created),
        "updatedDate": stamp(record.updated),
        "version": record.version,
    }


def contact_json(contact: Contact, organisation: Organisation) -> Json:
    """`GET /v1/contacts/{id}`: no dates (4.1)."""
    head = {"id": contact.id, "organizationId": organisation.id, "version": contact.version}
    return head | contact.body | {"archived": contact.archived}


def document_json(document: Document, organisation: Organisation) -> Json:
    """`GET` of an invoice or credit note; a draft shows no due date and no files (5.8)."""
    view: Json = {
        "id": document.id,
        "organizationId": organisation.id,
        "createdDate": stamp(document.created),
        "updatedDate": stamp(document.updated),
        "version": document.version,
        "archived": document.archived,
        "voucherStatus": document.shown_status,
        "voucherNumber": document.number,
        **document.content,
        "relatedVouchers": [_link(organisation.documents[other]) for other in document.related],
    }
    view["electronicDocumentProfile"] = "NONE"
    if document.status != "draft":
        view["files"] = {"documentFileId": document.id}
        if due := due_day(document):
            view["dueDate"] = midnight(due)
    return view


def _link(document: Document) -> Json:
    return {"id": document.id, "voucherNumber": document.number, "voucherType": document.kind}


def voucher_day(document: Document) -> date:
    """The Berlin day on the document."""
    return read_stamp(document.content["voucherDate"]).date()


def due_day(document: Document) -> date | None:
    """The last day to pay a finalised invoice; None for drafts and credit notes."""
    if document.kind != "invoice" or document.status == "draft":
        return None
    if document.due_on:
        return date.fromisoformat(document.due_on)
    return voucher_day(document) + timedelta(
        days=int(document.content["paymentConditions"].get("paymentTermDuration") or 0)
    )


def payments_json(document: Document) -> Json:
    """`GET /v1/payments/{id}` of a finalised document (9.2)."""
    open_amount = Decimal(0) if document.status == "voided" else document.open_amount
    owed = "openRevenue" if document.kind == "invoice" else "openExpense"
    view: Json = {
        "openAmount": open_amount,
        "currency": "EUR",
        "paymentStatus": owed if open_amount > 0 else "balanced",
        "voucherType": document.kind,
        "voucherStatus": document.shown_status,
        "paymentItems": list(document.payments),
    }
    if document.payments and open_amount <= 0:
        view["paidDate"] = document.payments[-1]["postingDate"]
    return view


def profile_json(organisation: Organisation) -> Json:
    """`GET /v1/profile` (9.1)."""
    return {
        "organizationId": organisation.id,
        "companyName": organisation.company_name,
        "created": {
            "userId": organisation.id,
            "userName": "Ada Beispiel",
            "userEmail": "ada@example.org",
            "date": "2026-01-02T09:00:00.000+01:00",
        },
        "connectionId": organisation.id,
        "taxType": organisation.tax_type,
        "smallBusiness": organisation.small_business,
        "businessFeatures": ["INVOICING", "INVOICING_PRO", "BOOKKEEPING"],
    }


def document_seen_by_tests(document: Document, organisation: Organisation) -> Json:
    """A document as the control side shows it: everything, deleted ones too."""
    return {
        "id": document.id,
        "organisation": organisation.id,
        "kind": document.kind,
        "number": document.number,
        "status": document.status,
        "due_on": due.isoformat() if (due := due_day(document)) else None,
        "payments": list(document.payments),
        "origin": document.origin,
        "version": document.version,
        "created_at": document.created.isoformat(),
        "deleted_at": document.deleted.isoformat() if document.deleted else None,
        "contact_id": document.contact_id,
        "contact_name": document.contact_name,
        "total": document.total,
        "open_amount": document.open_amount,
        "related": list(document.related),
        "source": document.source,
        "body": document_json(document, organisation),
    }


def contact_seen_by_tests(contact: Contact, organisation: Organisation) -> Json:
    """A contact as the control side shows it, deleted ones too."""
    return {
        "id": contact.id,
        "organisation": organisation.id,
        "version": contact.version,
        "origin": contact.origin,
        "archived": contact.archived,
        "created_at": contact.created.isoformat(),
        "deleted_at": contact.deleted.isoformat() if contact.deleted else None,
        "name": contact.name,
        "body": contact_json(contact, organisation),
    }
