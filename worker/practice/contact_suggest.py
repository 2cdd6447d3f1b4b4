"""Which contacts in Lexware may be those of customers that are not linked yet: for a human to confirm.

Shows persons, so only the command `contact suggest` uses it, and it is recorded. It stores nothing; what counts as equal
is decided where the transfer decides it (`matching`, `search`). By name only: an e-mail address does not leave for this.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from outbox import actions
from outbox.db import Connection
from outbox.sql import query
from worker.host.keys import in_json
from worker.lexware.api.answers import Contact
from worker.lexware.api.client import Lexware
from worker.lexware.api.links import contact_url
from worker.lexware.matching import is_like
from worker.lexware.names import name_to_search, same_name
from worker.lexware.translate import fold
from worker.lexware.translate.documents import Payer, PrivacyMode
from worker.lexware.translate.marker import carries, find_codes
from worker.practice.contact_link import payer_of

Hint = Literal["archived", "not_a_customer", "linked_to_another", "carries_marker", "other_address"]


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A customer with documents and without a contact, and the code that a contact of its own would carry."""

    payer: Payer
    own_code: str
    host_key: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contact of the customer's name. Without hints it is exactly the one that the transfer would take."""

    contact: Contact
    hints: tuple[Hint, ...]

    @property
    def match(self) -> Literal["exact", "same_name"]:
        """How well it fits."""
        return "same_name" if self.hints else "exact"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A customer and everybody of that name, the exact ones first."""

    payer: Payer
    host_key: str | None
    candidates: tuple[Candidate, ...]

    def to_json(self, app_url: str) -> dict[str, Any]:
        """As `contact suggest --json` has it."""
        return {
            "customer_id": self.payer.customer_id,
            **in_json(self.host_key),
            "customer_number": self.payer.customer_number,
            "name": _name(self.payer),
            "addresses": _addresses(self.payer),
            "candidates": [
                {
                    "contact_id": one.contact.id,
                    "match": one.match,
                    "hints": one.hints,
                    "name": _name(one.contact),
                    "addresses": _addresses(one.contact),
                    "customer_number": one.contact.customer_number,
                    "url": contact_url(app_url, one.contact.id),
                }
                for one in self.candidates
            ],
        }


def unlinked(
    connection: Connection, practice_id: int, *, by: str, why: str | None, after: int = -1, limit: int | None = None
) -> list[Unlinked]:
    """The customers to look for: all, or some after one of them. Recorded, because persons will be shown."""
    of = {"practice_id": practice_id, "after": after, "limit": limit}
    rows = connection.execute(query("contact.unlinked_customers"), of).fetchall()
    detail = {"customers": len(rows)}
    actions.record(connection, "contact.suggest", by=by, why=why, practice_id=practice_id, detail=detail)
    return [Unlinked(payer_of(row), row["own_code"], row["host_key"]) for row in rows]


class Search:
    """Searches Lexware for one customer after another; the same name is asked for once."""

    def __init__(self, connection: Connection, lexware: Lexware, practice_id: int, lines: PrivacyMode) -> None:
        self._connection, self._lexware, self._practice_id, self._lines = connection, lexware, practice_id, lines
        self._found: dict[str, list[Contact]] = {}

    def suggest(self, customer: Unlinked) -> Suggestion:
        """Everybody in Lexware who bears the customer's name. Raises CallError."""
        named = [one for one in self._named(customer.payer) if same_name(customer.payer, one)]
        taken = self._taken(customer.payer, named)
        found = [Candidate(one, tuple(self._hints(customer, one, taken))) for one in named]
        return Suggestion(customer.payer, customer.host_key, tuple(sorted(found, key=lambda one: len(one.hints))))

    def _named(self, payer: Payer) -> list[Contact]:
        name = name_to_search(payer)
        if name is None:
            return []
        if name not in self._found:
            self._found[name] = list(self._lexware.search_contacts(name=name))
        return self._found[name]

    def _taken(self, payer: Payer, found: list[Contact]) -> set[UUID]:
        of = {"practice_id": self._practice_id, "customer_id": payer.customer_id, "ids": [one.id for one in found]}
        return {row["id"] for row in self._connection.execute(query("reading.linked_contacts"), of)}

    def _hints(self, customer: Unlinked, contact: Contact, taken: set[UUID]) -> Iterator[Hint]:
        if contact.archived:
            yield "archived"
        if carries(contact.note, customer.own_code):
            return
        if not contact.is_customer:
            yield "not_a_customer"
        if contact.id in taken:
            yield "linked_to_another"
        if find_codes(contact.note):
            yield "carries_marker"
        if not is_like(customer.payer, contact, self._lines):
            yield "other_address"


def person(one: Payer | Contact) -> str:
    """Name and addresses, in one line."""
    return "; ".join([_name(one), *_addresses(one)])


def _name(one: Payer | Contact) -> str:
    person = " ".join(filter(None, (fold.name(one.first_name), fold.name(one.last_name))))
    return fold.name(one.company_name) or person


def _addresses(one: Payer | Contact) -> list[str]:
    places = [one] if isinstance(one, Payer) else one.billing
    towns = [(place.street, " ".join(filter(None, (place.zip, place.city)))) for place in places]
    return [", ".join(filter(None, place)) for place in towns]
