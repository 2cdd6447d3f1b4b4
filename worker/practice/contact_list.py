"""The links between customers and contacts that hold, and whether their contacts can still be billed.

The transfer sees only when Lexware refuses that a contact is gone; a human may ask before.
"""

from typing import Any, Literal
from uuid import UUID

from outbox.db import Connection, Row
from outbox.sql import query
from worker.host.keys import in_json
from worker.lexware.api.client import Lexware
from worker.lexware.api.errors import NotFound

State = Literal["usable", "archived", "not_a_customer", "gone"]


def links(connection: Connection, practice_id: int) -> list[Row]:
    """Every link that holds, by customer, as rows of `contact.links`; ids, numbers and times."""
    return connection.execute(query("contact.links"), {"practice_id": practice_id}).fetchall()


def checked(lexware: Lexware, link: Row) -> Row:
    """The link with the state of its contact; None for one of another organisation. One call. Raises CallError."""
    return link | {"state": _state(lexware, link["contact_id"]) if link["current"] else None}


def is_unusable(link: Row) -> bool:
    """Whether the next document of this customer cannot, or should not, go to the contact."""
    return link["state"] not in (None, "usable")


def to_json(link: Row) -> dict[str, Any]:
    """As `contact list --json` has it; with its `state` when it was checked."""
    return {name: value for name, value in link.items() if name != "host_key"} | in_json(link["host_key"])


def _state(lexware: Lexware, contact_id: UUID) -> State:
    try:
        contact = lexware.contact(contact_id)
    except NotFound:
        return "gone"
    if contact.archived:
        return "archived"
    return "usable" if contact.is_customer else "not_a_customer"
