"""The customers of a practice, a page at a time, and which contact each of them is in Lexware.

Names are in it: whoever shows them to others than the practice itself has it recorded first (`reveal`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from outbox import actions
from outbox.db import Connection
from outbox.sql import query
from worker.host.keys import in_json
from worker.lexware.translate.documents import Payer
from worker.practice.contact_link import payer_of
from worker.practice.contact_suggest import person


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A customer and the link that holds."""

    payer: Payer
    host_key: str | None
    contact_id: UUID | None
    origin: str | None
    linked_at: datetime | None

    @property
    def person(self) -> str:
        """Name and address, in one line."""
        return person(self.payer)

    def to_json(self) -> dict[str, Any]:
        """Ids, numbers and times, and no person."""
        return {
            "customer_id": self.payer.customer_id,
            **in_json(self.host_key),
            "customer_number": self.payer.customer_number,
            "contact_id": self.contact_id,
            "origin": self.origin,
            "linked_at": self.linked_at,
        }


def page(
    connection: Connection,
    practice_id: int,
    *,
    after: int,
    limit: int,
    sought: str | None = None,
    by_name: bool = False,
) -> list[Listed]:
    """Some customers by id, after one of them; `sought` is a customer number, an id or, `by_name`, how a name begins."""
    of = {"practice_id": practice_id, "after": after, "limit": limit, "sought": sought, "by_name": by_name}
    rows = connection.execute(query("contact.customers"), of).fetchall()
    more = ("host_key", "contact_id", "origin", "linked_at")
    return [Listed(payer=payer_of(row), **{name: row[name] for name in more}) for row in rows]


def reveal(connection: Connection, practice_id: int, *, customers: int, by: str, why: str | None) -> None:
    """Keep who saw the names of so many customers of a practice that is not theirs."""
    detail = {"customers": customers}
    actions.record(connection, "reveal", by=by, why=why, practice_id=practice_id, detail=detail)
