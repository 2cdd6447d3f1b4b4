"""The "Lex Office Kontakt ID" of a customer, given by a human: understood, checked live, and stored.

Guarantee: nothing is stored that Lexware does not know as a customer who is not archived; a link that looks wrong needs
`force`. Everything said holds ids and numbers, never a name.
"""

from dataclasses import dataclass, replace
from functools import reduce
from typing import Literal, assert_never
from uuid import UUID

from outbox import actions
from outbox.db import Connection, Row
from outbox.ids import CustomerId
from outbox.rows import rows
from outbox.sql import query
from worker.lexware.api.answers import Contact
from worker.lexware.api.client import Lexware
from worker.lexware.api.errors import NotFound
from worker.lexware.api.links import ContactUuid, CustomerNumber, NotAContact, read_pasted
from worker.lexware.names import same_name
from worker.lexware.translate.documents import Payer
from worker.messages import Declined, Sentence
from worker.messages import contact_link as words
from worker.practice import practices

_LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer of a practice, the organisation that is connected, and the contact that is linked there."""

    practice_id: int
    payer: Payer
    organisation_id: UUID | None
    contact_id: UUID | None


@dataclass(frozen=True, slots=True)
class Fit:
    """A contact that may be linked with a customer. `notes` are worth saying; `concerns` were overruled by force."""

    customer: Customer
    contact_id: UUID
    notes: tuple[Sentence, ...]
    concerns: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """What became of it: the first sentence says just this, the others what there is to know besides."""

    result: Literal["linked", "unchanged", "would_link"]
    contact_id: UUID
    said: tuple[Sentence, ...]


class ContactLinker:
    """Links customers of one practice, one after another. `force` overrules concerns, `dry_run` stores nothing."""

    def __init__(
        self,
        connection: Connection,
        lexware: Lexware,
        app_url: str,
        practice_id: int,
        *,
        force: bool,
        dry_run: bool,
        by: str,
        why: str | None,
    ) -> None:
        self.connection, self.practice_id, self.force, self.dry_run = connection, practice_id, force, dry_run
        self._lexware, self._app_url = lexware, app_url
        self._by, self._why = by, why

    def check(self, customer_id: int, value: str) -> Fit:
        """Find the contact that a human means, and whether it may be the customer's; stores nothing.

        Raises Declined with what to do, and CallError when Lexware cannot be asked.
        """
        customer = find_customer(self.connection, self.practice_id, customer_id)
        contact = self._fetch(value)
        if contact.archived:
            raise Declined(words.ARCHIVED(contact=contact.id))
        if not contact.is_customer:
            raise Declined(words.NOT_A_CUSTOMER(contact=contact.id))
        about = {"contact": contact.id, "customer": customer_id}
        concerns: list[Sentence] = []
        notes: list[Sentence] = []
        if not _is_plausible(customer.payer, contact):
            concerns.append(words.NAME_DIFFERS(**about))
        elif not same_name(customer.payer, contact):
            notes.append(words.FIRST_NAME_DIFFERS(**about))
        if others := _others(self.connection, customer, contact.id):
            concerns.append(words.SHARED(contact=contact.id, others=others))
        if concerns and not self.force:
            raise Declined(words.CONCERN(concern=reduce(lambda one, other: words.BOTH(one=one, other=other), concerns)))
        return Fit(customer, contact.id, tuple(notes), tuple(concerns))

    def store(self, fit: Fit) -> Linked:
        """Link in place of another link that may hold, and wake the poller. Called twice changes nothing."""
        customer_id, contact_id = fit.customer.payer.customer_id, fit.contact_id
        about = {"contact": contact_id, "customer": customer_id}
        if fit.customer.contact_id == contact_id:
            return Linked("unchanged", contact_id, (words.ALREADY_LINKED(**about),))
        more = (*(words.FORCED(concern=concern) for concern in fit.concerns), *fit.notes)
        if self.dry_run:
            return Linked("would_link", contact_id, (words.WOULD_LINK(**about), *more))
        before = self._replace(fit)
        done = words.REPLACED(before=before, **about) if before else words.LINKED(**about)
        return Linked("linked", contact_id, (done, *more, *_to_replay(self.connection, fit.customer)))

    def _replace(self, fit: Fit) -> UUID | None:
        """One transaction: the old link's end, the new link, and who did it. Returns the old contact."""
        of = _ids(fit.customer)
        with practices.changing(self.connection, self.practice_id):
            ended = self.connection.execute(query("contact.unlink"), of).fetchone()
            values = of | {"contact_id": fit.contact_id, "by": self._by}
            if self.connection.execute(query("contact.link"), values).fetchone() is None:
                raise Declined(words.LINKED_MEANWHILE(customer=fit.customer.payer.customer_id))
            before: UUID | None = ended["contact_id"] if ended else None
            self._record(fit, before)
            payer = {"practice_id": self.practice_id, "payer_id": fit.customer.payer.customer_id}
            self.connection.execute(query("ledger.contact_ready"), {"rows": rows([payer])})
            self.connection.execute(query("poller.wake"))
            return before

    def _record(self, fit: Fit, before: UUID | None) -> None:
        detail = {"customer_id": fit.customer.payer.customer_id, "contact_id": str(fit.contact_id)}
        detail |= {"instead_of": str(before)} if before else {}
        detail |= {"forced": True} if fit.concerns else {}
        actions.record(
            self.connection, "contact.link", by=self._by, why=self._why, practice_id=self.practice_id, detail=detail
        )

    def _fetch(self, value: str) -> Contact:
        match read_pasted(value, self._app_url):
            case NotAContact(found=found):
                raise Declined(words.NOT_A_CONTACT[found]())
            case CustomerNumber(number=number):
                return self._of_number(number)
            case ContactUuid(id=contact_id):
                try:
                    return self._lexware.contact(contact_id)
                except NotFound:
                    raise Declined(words.GONE(contact=contact_id)) from None
            case unknown:
                assert_never(unknown)

    def _of_number(self, number: int) -> Contact:
        found = list(self._lexware.search_contacts(number=number))
        if not found:
            raise Declined(words.NO_SUCH_LEXWARE_NUMBER(number=number))
        if len(found) > 1:
            raise Declined(words.SEVERAL_OF_NUMBER(number=number, contacts=[one.id for one in found]))
        return found[0]


def payer_of(row: Row) -> Payer:
    """The payer in a row of the contract's view."""
    return Payer(**{name: row[name] for name in Payer.__slots__})


def find_customer(connection: Connection, practice_id: int, customer_id: int) -> Customer:
    """A customer as things stand now. Raises Declined when the practice has no such customer."""
    if 0 <= customer_id <= _LARGEST_ID:
        of = {"practice_id": practice_id, "customer_id": customer_id}
        row = connection.execute(query("contact.customer"), of).fetchone()
        if row is not None:
            return Customer(practice_id, payer_of(row), row["organisation_id"], row["contact_id"])
    raise Declined(words.NO_SUCH_CUSTOMER(practice=practice_id, customer=customer_id))


def unlink(connection: Connection, practice_id: int, customer_id: int, *, by: str, why: str | None) -> list[Sentence]:
    """End the customer's link; the row stays. Raises Declined when there is none."""
    with practices.changing(connection, practice_id):
        customer = find_customer(connection, practice_id, customer_id)
        row = connection.execute(query("contact.unlink"), _ids(customer)).fetchone()
        if row is None:
            raise Declined(words.NOT_LINKED(customer=customer_id))
        detail = {"customer_id": customer_id, "contact_id": str(row["contact_id"])}
        actions.record(connection, "contact.unlink", by=by, why=why, practice_id=practice_id, detail=detail)
        connection.execute(query("poller.wake"))
    return [words.UNLINKED(customer=customer_id, contact=row["contact_id"])]


def _is_plausible(payer: Payer, contact: Contact) -> bool:
    """The same company, or a person of that last name; who bears another name needs a human's word."""
    person = replace(payer, company_name=None, first_name=contact.first_name)
    return same_name(payer, contact) or same_name(person, contact)


def _others(connection: Connection, customer: Customer, contact_id: UUID) -> list[CustomerId]:
    others = connection.execute(query("contact.shared"), _ids(customer) | {"contact_id": contact_id})
    return [row["customer_id"] for row in others]


def _to_replay(connection: Connection, customer: Customer) -> list[Sentence]:
    events = [str(row["event_id"]) for row in connection.execute(query("dead.of_contact"), _ids(customer))]
    return [words.REPLAY(events=" ".join(events))] if events else []


def _ids(customer: Customer) -> dict[str, object]:
    return {
        "practice_id": customer.practice_id,
        "organisation_id": customer.organisation_id,
        "customer_id": customer.payer.customer_id,
    }
