"""Why Lexware refuses a document, where it does not say so in codes: one look at the contact that the document names.

Lexware tells rules of its business in words alone (lexware-api 3.4, 15), which are neither stable nor stored here. What a
cancellation follows is looked at by `credit`, before it is sent again without a link.
"""

from typing import Literal
from uuid import UUID

from outbox.outcomes import Dead
from worker.delivery.errors import CallError, Refused
from worker.delivery.judge import codes
from worker.lexware.api.errors import NotFound
from worker.lexware.transfer import Transfer

Seen = Literal["missing", "archived", "not_a_customer", "usable", "not_seen"]

#: Of a document that names things which may have changed; others speak of the call itself (lexware-api 3.5).
MAY_BE_A_REFERENCE = frozenset({400, 404, 406, 409})


def of_contact(transfer: Transfer, refusal: Refused) -> Dead | None:
    """The end of a document whose contact is not usable, as it was seen; None: the refusal speaks for itself."""
    contact_id = transfer.snapshot.contact_id
    if contact_id is None or not _may_be_the_contact(refusal):
        return None
    status, detail = refusal.status, codes(refusal)
    match seen := _look(transfer, contact_id):
        case "missing" | "archived" | "not_a_customer":
            detail["contact"] = seen
            return Dead(reason="contact_gone", http_status=status, detail=detail, about=seen)
        case "usable" if refusal.issues:
            return Dead(reason="refused_by_lexware", http_status=status, detail=detail, about=f"{status} contact")
        case _:
            return None


def _may_be_the_contact(refusal: Refused) -> bool:
    """No code says what it is, or one says that it is the contact."""
    fields = [issue.field for issue in refusal.issues]
    return refusal.status in MAY_BE_A_REFERENCE and (
        not fields or any(field is None or field.startswith("address.contactId") for field in fields)
    )


def _look(transfer: Transfer, contact_id: UUID) -> Seen:
    try:
        contact = transfer.lexware.contact(contact_id)
    except NotFound:
        return "missing"
    except CallError:
        return "not_seen"
    if contact.archived:
        return "archived"
    return "usable" if contact.is_customer else "not_a_customer"
