"""Contacts in the user's hands: also what the API cannot do with them (lexware-api 4.3, 14.9)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from worker.lab.sandbox.bookkeeping import new_contact, stored_contact
from worker.lab.sandbox.records import Contact, revised
from worker.lab.sandbox.web_app.session import UserSession
from worker.lab.sandbox.wire import Json


def create_contact(session: UserSession, body: Json) -> Json:
    """Write a contact by hand."""
    return session.keep(new_contact(session.organisation, body, session.at, origin="user"))


def edit_contact(session: UserSession, contact: str, changes: Json) -> Json:
    """Change fields of a contact; null removes one."""
    known = session.contact(contact)
    return session.keep(
        _changed(session, known, body=stored_contact(known.body | changes, session.organisation, before=known.body))
    )


def archive_contact(session: UserSession, contact: str) -> Json:
    """Archive a contact; searches still find it."""
    return session.keep(_changed(session, session.contact(contact), archived=True))


def delete_contact(session: UserSession, contact: str) -> Json:
    """Delete a contact; its documents stay."""
    return session.keep(_changed(session, session.contact(contact), deleted=session.at))


def merge_contacts(session: UserSession, contact: str, into: str) -> Json:
    """Move a contact's documents to another and delete it."""
    source, target = session.contact(contact), session.contact(into)
    moved = [
        revised(document, session.at, contact_id=target.id, content=_addressed(document.content, target.id))
        for document in session.organisation.documents.values()
        if document.contact_id == source.id
    ]
    return session.keep(_changed(session, source, deleted=session.at), *moved)


def _addressed(content: Json, contact_id: str) -> Json:
    return content | {"address": content["address"] | {"contactId": contact_id}}


def add_email(session: UserSession, contact: str, email: str, kind: str = "business") -> Json:
    """Add one more e-mail address, which the API cannot."""
    return _extend(session, contact, "emailAddresses", kind, email)


def add_address(session: UserSession, contact: str, address: Json, kind: str = "billing") -> Json:
    """Add one more postal address, which the API cannot."""
    return _extend(session, contact, "addresses", kind, address)


def set_default_discount(session: UserSession, contact: str, percentage: Decimal | int | None) -> Json:
    """Give a contact a discount that documents apply silently (5.4)."""
    discount = None if percentage is None else Decimal(percentage)
    return session.keep(_changed(session, session.contact(contact), default_discount=discount))


def _extend(session: UserSession, contact_id: str, group: str, kind: str, entry: Any) -> Json:
    contact = session.contact(contact_id)
    lists = contact.body.get(group) or {}
    body = contact.body | {group: lists | {kind: [*(lists.get(kind) or []), entry]}}
    return session.keep(_changed(session, contact, body=body))


def _changed(session: UserSession, contact: Contact, **changes: Any) -> Contact:
    return replace(contact, version=contact.version + 1, updated=session.at, **changes)
