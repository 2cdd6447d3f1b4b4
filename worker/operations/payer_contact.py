"""Which contact a document would go to, asked ahead of time: the delivery's own choice. Reads only, sends nothing.

Lexware is asked by its search, within the rate; when it is not connected or does not answer, the decision is unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, assert_never
from uuid import UUID

from outbox.db import Connection
from outbox.sql import query
from worker.lexware.api.client import Lexware
from worker.lexware.contact_choice import Choice, Create, Gone, Linked, asks_lexware, decide, needs_contact
from worker.lexware.explain import explained
from worker.lexware.matching import Ambiguous, Match
from worker.lexware.payloads import ContactPayload
from worker.lexware.snapshot import Snapshot
from worker.lexware.translate.check import check_payer
from worker.lexware.translate.translate import contact_payload
from worker.messages import Declined, Sentence

Decision = Literal["linked", "match", "create", "ambiguous", "unknown"]
"""`unknown` also where there is nothing to decide: the practice wants no contact for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerContact:
    """The decision; `payload` is what a contact would be created from, where that may happen."""

    decision: Decision
    contact_id: UUID | None = None
    payload: ContactPayload | None = None
    candidates: tuple[UUID, ...] = ()
    gone: bool = False
    """The contact that we made once is not usable any more."""
    why: Sentence | None = None
    """Why it is unknown, where Lexware had something to do with it."""
    one_time: bool = False
    """None is made: the address goes with the document alone."""


def payer_contact(connection: Connection, snapshot: Snapshot, lexware: Lexware | None) -> PayerContact:
    """What would become of the payer now; without `lexware` only what is known here."""
    if snapshot.contact_id is not None:
        return PayerContact(decision="linked", contact_id=snapshot.contact_id)
    if not needs_contact(snapshot):
        return PayerContact(decision="unknown", one_time=True)
    payer, settings = snapshot.document.payer, snapshot.settings
    if check_payer(payer, settings):
        return PayerContact(decision="unknown")
    payload = contact_payload(payer, settings, marker_code=snapshot.contact_code)
    if lexware is None and asks_lexware(snapshot):
        return PayerContact(decision="unknown", payload=payload)
    try:
        with explained():
            choice = decide(snapshot, lexware, lambda ids: _taken(connection, snapshot, ids))
    except Declined as refusal:
        return PayerContact(decision="unknown", payload=payload, why=refusal.sentence)
    return _told(choice, payload)


def _told(choice: Choice, payload: ContactPayload) -> PayerContact:
    match choice:
        case Linked(contact_id=contact_id):
            return PayerContact(decision="linked", contact_id=contact_id)
        case Match(contact_id=contact_id):
            return PayerContact(decision="match", contact_id=contact_id)
        case Ambiguous(contact_ids=ids):
            return PayerContact(decision="ambiguous", candidates=ids)
        case Gone(contact_id=contact_id):
            return PayerContact(decision="unknown", candidates=(contact_id,), gone=True)
        case Create():
            return PayerContact(decision="create", payload=payload)
        case _:
            assert_never(choice)


def _taken(connection: Connection, snapshot: Snapshot, ids: Sequence[UUID]) -> set[UUID]:
    document = snapshot.document
    of = {"practice_id": document.practice_id, "customer_id": document.payer.customer_id, "ids": list(ids)}
    return {row["id"] for row in connection.execute(query("reading.linked_contacts"), of).fetchall()}
