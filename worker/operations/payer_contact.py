"""Which contact a document would go to: the corridor's rules, asked ahead of time. Reads only, sends nothing.

Lexware is asked by its search, within the rate; when it is not connected or does not answer, the decision is unknown.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from outbox.db import Connection
from outbox.sql import query
from worker.lexware.api.answers import Contact
from worker.lexware.api.client import Lexware
from worker.lexware.api.search import name_to_search
from worker.lexware.command_client import explained
from worker.lexware.matching import Ambiguous, Match, NoMatch, choose, is_like
from worker.lexware.payloads import ContactPayload
from worker.lexware.snapshot import Snapshot
from worker.lexware.translate.check import check_payer
from worker.lexware.translate.translate import contact_payload
from worker.messages import Declined, Sentence

Decision = Literal["linked", "match", "create", "ambiguous", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerContact:
    """The decision; `payload` is what a contact would be created from, where that may happen."""

    decision: Decision
    contact_id: UUID | None = None
    payload: ContactPayload | None = None
    candidates: tuple[UUID, ...] = ()
    why: Sentence | None = None
    """Why it is unknown, where Lexware had something to do with it."""


def decide(connection: Connection, snapshot: Snapshot, lexware: Lexware | None) -> PayerContact:
    """What would become of the payer now; without `lexware` only what is known here."""
    if snapshot.contact_id is not None:
        return PayerContact(decision="linked", contact_id=snapshot.contact_id)
    if snapshot.made_contact_id is not None:
        return PayerContact(decision="match", contact_id=snapshot.made_contact_id)
    payer, settings = snapshot.document.payer, snapshot.settings
    if check_payer(payer, settings):
        return PayerContact(decision="unknown")
    payload = contact_payload(payer, settings, marker_code=snapshot.contact_code)
    if settings.matching == "never":
        return PayerContact(decision="create", payload=payload)
    if lexware is None:
        return PayerContact(decision="unknown", payload=payload)
    try:
        with explained():
            return _by_search(connection, snapshot, lexware, payload)
    except Declined as refusal:
        return PayerContact(decision="unknown", payload=payload, why=refusal.sentence)


def _by_search(connection: Connection, snapshot: Snapshot, lexware: Lexware, payload: ContactPayload) -> PayerContact:
    payer, settings = snapshot.document.payer, snapshot.settings
    found = _search(lexware, snapshot)
    choice = choose(
        payer, found, lines=settings.lines, own_code=snapshot.contact_code, taken=_taken(connection, snapshot, found)
    )
    match choice:
        case Match(contact_id=contact_id):
            return PayerContact(decision="match", contact_id=contact_id)
        case Ambiguous(contact_ids=ids):
            return PayerContact(decision="ambiguous", candidates=ids)
        case NoMatch():
            return PayerContact(decision="create", payload=payload)


def _search(lexware: Lexware, snapshot: Snapshot) -> list[Contact]:
    """Everybody whose name, or where it may leave the house e-mail, contains the payer's; each once."""
    payer, lines = snapshot.document.payer, snapshot.settings.lines
    found = list(lexware.search_contacts(name=name_to_search(payer)))
    if lines == "itemised" and payer.email and not any(is_like(payer, one, lines) for one in found):
        found += lexware.search_contacts(email=payer.email)
    return list({contact.id: contact for contact in found}.values())


def _taken(connection: Connection, snapshot: Snapshot, found: list[Contact]) -> set[UUID]:
    document = snapshot.document
    of = {"practice_id": document.practice_id, "customer_id": document.payer.customer_id}
    rows = connection.execute(query("reading.linked_contacts"), of | {"ids": [contact.id for contact in found]})
    return {row["id"] for row in rows.fetchall()}
