"""How records come into being and change, whether the API asks for it or a user does: states, numbers, links.

Answers new values of records, the asked one first; the caller commits them together.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from worker.lab.sandbox.records import Contact, Document, Kind, Organisation, Origin, revised
from worker.lab.sandbox.rules.berlin import stamp
from worker.lab.sandbox.wire import Json

_READ_ONLY = frozenset({"id", "organizationId", "version", "archived"})
_ROLES = ("customer", "vendor")


def new_contact(organisation: Organisation, body: Json, at: datetime, origin: Origin = "api") -> Contact:
    """A contact with the next customer or vendor number."""
    stored = stored_contact(body, organisation)
    return Contact(id=str(uuid4()), version=1, body=stored, created=at, updated=at, origin=origin)


def stored_contact(body: Json, organisation: Organisation, before: Json | None = None) -> Json:
    """The body as it is kept: sent numbers count for nothing, those once given stay (lexware-api 4.1)."""
    kept = {name: value for name, value in body.items() if value is not None and name not in _READ_ONLY}
    roles = {role: (before or {}).get("roles", {}).get(role) for role in _ROLES if body["roles"].get(role) is not None}
    kept["roles"] = {role: given or {"number": organisation.next_role_number(role)} for role, given in roles.items()}
    return kept


def new_draft(
    organisation: Organisation,
    kind: Kind,
    body: Json,
    content: Json,
    at: datetime,
    *,
    origin: Origin = "api",
    preceding: Document | None = None,
) -> Sequence[Document]:
    """A draft with the next number; it and the document it follows then name each other (6.2)."""
    draft = Document(
        id=str(uuid4()),
        kind=kind,
        number=organisation.next_number(kind),
        status="draft",
        version=1,
        source=body,
        content=content,
        contact_id=content["address"].get("contactId"),
        contact_name=content["address"]["name"],
        created=at,
        updated=at,
        origin=origin,
        related=(preceding.id,) if preceding else (),
    )
    return (draft, revised(preceding, at, related=(*preceding.related, draft.id))) if preceding else (draft,)


def finalised(organisation: Organisation, document: Document, at: datetime) -> Sequence[Document]:
    """A draft made open; a linked credit note pays itself off against its invoice (6.2)."""
    number = document.number
    if organisation.switches.renumbers_on_finalise:
        number = organisation.next_number(document.kind)
    invoice = organisation.document(document.related[0]) if document.related else None
    if document.kind == "invoice" or invoice is None:
        return (revised(document, at, status="open", number=number),)
    item = payment_item("partPaymentCreditNote", document.total, at)
    return (
        revised(document, at, status="paidoff", number=number, payments=(item,)),
        paid(invoice, item, at),
    )


def paid(invoice: Document, item: Json, at: datetime) -> Document:
    """An invoice after a payment or credit: `paid` when nothing is left."""
    credited = replace(invoice, payments=(*invoice.payments, item))
    return revised(credited, at, status="paid" if credited.open_amount <= 0 else credited.status)


def payment_item(kind: str, amount: Decimal, at: datetime) -> Json:
    """An entry of a document's payments (9.2)."""
    return {"paymentItemType": kind, "postingDate": stamp(at), "amount": amount, "currency": "EUR"}


def unlinked(organisation: Organisation, document: Document, at: datetime) -> Sequence[Document]:
    """The documents that a vanishing document was linked with, without it."""
    others = [organisation.documents[other] for other in document.related]
    return [
        revised(other, at, related=tuple(name for name in other.related if name != document.id)) for other in others
    ]
