"""Whether linked contacts can still be billed: the transfer sees it only when Lexware refuses, a human may ask before."""

from typing import Literal
from uuid import UUID

from outbox.db import Row
from worker.lexware.api.client import Lexware
from worker.lexware.api.errors import NotFound

State = Literal["usable", "archived", "not_a_customer", "gone"]


def checked(lexware: Lexware, link: Row) -> Row:
    """The link with the state of its contact; None for one of another organisation. One call. Raises LexwareError."""
    return link | {"state": _state(lexware, link["contact_id"]) if link["current"] else None}


def is_unusable(link: Row) -> bool:
    """Whether the next document of this customer cannot, or should not, go to the contact."""
    return link["state"] not in (None, "usable")


def _state(lexware: Lexware, contact_id: UUID) -> State:
    try:
        contact = lexware.contact(contact_id)
    except NotFound:
        return "gone"
    if contact.archived:
        return "archived"
    return "usable" if contact.is_customer else "not_a_customer"
