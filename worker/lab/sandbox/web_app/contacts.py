"""Contacts in the user's hands: also what the API cannot do with them (lexware-api 4.3, 14.9)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from worker.lab.sandbox.bookkeeping import new_contact, stored_contact
from worker.lab.sandbox.records import Contact, revised
from worker.lab.sandbox.web_app.desk import Desk
from worker.lab.sandbox.wire import Json


def create_contact(desk: Desk, body: Json) -> Json:
    """Write a contact by hand."""
    return desk.keep(new_contact(desk.organisation, body, desk.at, origin="user"))


def edit_contact(desk: Desk, contact: str, changes: Json) -> Json:
    """Change fields of a contact; null removes one."""
    known = desk.contact(contact)
    return desk.keep(
        _changed(desk, known, body=stored_contact(known.body | changes, desk.organisation, before=known.body))
    )


def archive_contact(desk: Desk, contact: str) -> Json:
    """Archive a contact; searches still find it."""
    return desk.keep(_changed(desk, desk.contact(contact), archived=True))


def delete_contact(desk: Desk, contact: str) -> Json:
    """Delete a contact; its documents stay."""
    return desk.keep(_changed(desk, desk.contact(contact), deleted=desk.at))


def merge_contacts(desk: Desk, contact: str, into: str) -> Json:
    """Move a contact's documents to another and delete it."""
    source, target = desk.contact(contact), desk.contact(into)
    moved = [
        revised(document, desk.at, contact_id=target.id)
        for document in desk.organisation.documents.values()
        if document.contact_id == source.id
    ]
    return desk.keep(_changed(desk, source, deleted=desk.at), *moved)


def add_email(desk: Desk, contact: str, email: str, kind: str = "business") -> Json:
    """Add one more e-mail address, which the API cannot."""
    return _extend(desk, contact, "emailAddresses", kind, email)


def add_address(desk: Desk, contact: str, address: Json, kind: str = "billing") -> Json:
    """Add one more postal address, which the API cannot."""
    return _extend(desk, contact, "addresses", kind, address)


def set_default_discount(desk: Desk, contact: str, percentage: Decimal | int | None) -> Json:
    """Give a contact a discount that documents apply silently (5.4)."""
    discount = None if percentage is None else Decimal(percentage)
    return desk.keep(_changed(desk, desk.contact(contact), default_discount=discount))


def _extend(desk: Desk, contact_id: str, group: str, kind: str, entry: Any) -> Json:
    contact = desk.contact(contact_id)
    lists = contact.body.get(group) or {}
    body = contact.body | {group: lists | {kind: [*(lists.get(kind) or []), entry]}}
    return desk.keep(_changed(desk, contact, body=body))


def _changed(desk: Desk, contact: Contact, **changes: Any) -> Contact:
    return replace(contact, version=contact.version + 1, updated=desk.at, **changes)
