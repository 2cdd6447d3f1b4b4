"""Addresses of Lexware's web pages, both ways: what a user pastes, and what we show.

Guarantee: an id is taken for a contact's only if it stands alone or in the address of a contact on a host of Lexware.
Pure: whether there is such a contact is found out by asking Lexware for it.
"""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit
from uuid import UUID

from worker.lexware.api.answers import VoucherKind
from worker.lexware.api.pasted import bare
from worker.lexware.translate import fold

LEXWARE_HOSTS = frozenset({"app.lexware.de", "app.lexoffice.de"})
"""The web application, by its name of today and that of before May 2025 (lexware-api 1)."""

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}")
LABELLED = re.compile(rf"(?:urn:uuid|(?:lex-?(?:ware|office)-?)?(?:kontakt|contact)?-?(?:id)?)[:=]?({ID.pattern})")
NUMBER = re.compile(r"(?:#|nr\.?|(?:kunden?|kd\.?)-?(?:nummer|nr\.?)?)?:?([0-9]{1,15})")
ADDRESS = re.compile(r"https?://.*|[a-z0-9.-]+\.[a-z]{2,}(?::[0-9]+)?[/#?].*")

Found = Literal[
    "nothing",
    "text",
    "several",
    "email",
    "other_host",
    "other_page",
    "contact_list",
    "invoice",
    "credit_note",
    "voucher",
]

PAGES: dict[str, Literal["contact", "invoice", "credit_note", "voucher"]] = {
    "contacts": "contact",
    "invoices": "invoice",
    "credit-notes": "credit_note",
    "vouchers": "voucher",
}
"""The first of these words in an address says what the page is about (lexware-api 5.12)."""


@dataclass(frozen=True, slots=True)
class ContactUuid:
    """The id of a contact, as far as its form goes."""

    id: UUID


@dataclass(frozen=True, slots=True)
class CustomerNumber:
    """The number that Lexware gave the customer; a search for it finds the id."""

    number: int


@dataclass(frozen=True, slots=True)
class NotAContact:
    """Something else was pasted; `found` says what, so that the user can be told where to look."""

    found: Found


Pasted = ContactUuid | CustomerNumber | NotAContact


def read_pasted(value: str, app_url: str) -> Pasted:
    """What a user means by the "Lex Office Kontakt ID": an id, an address of the contact's page, or its number."""
    parts = (_read(part, app_url) for part in re.split(r"[\s,;|]+", value))
    contacts = {part.id for part in parts if isinstance(part, ContactUuid)}
    return NotAContact("several") if len(contacts) > 1 else _read(value, app_url)


def _read(value: str, app_url: str) -> Pasted:
    compact = bare("".join(fold.compared(value).split())).strip(".,;:=")
    if not compact:
        return NotAContact("nothing")
    if contact := LABELLED.fullmatch(compact):
        return ContactUuid(UUID(contact[1]))
    if number := NUMBER.fullmatch(compact):
        return CustomerNumber(int(number[1]))
    if ADDRESS.fullmatch(compact):
        return _read_address(compact, app_url)
    return NotAContact("email" if "@" in compact else "text")


def _read_address(address: str, app_url: str) -> ContactUuid | NotAContact:
    try:
        host = urlsplit(address if "://" in address else f"https://{address}").hostname
    except ValueError:  # an address with a broken host
        return NotAContact("text")
    if host not in LEXWARE_HOSTS | {urlsplit(app_url).hostname}:
        return NotAContact("other_host")
    words = re.split(r"[^0-9a-z-]+", unquote(address))
    page = next((PAGES[word] for word in words if word in PAGES), None)
    if page != "contact":
        return NotAContact(page or "other_page")
    found = next((word for word in words[words.index("contacts") :] if ID.fullmatch(word)), None)
    return ContactUuid(UUID(found)) if found else NotAContact("contact_list")


def contact_url(app_url: str, contact_id: UUID) -> str:
    """Where a user sees a contact; there is no address for editing one."""
    return f"{app_url.rstrip('/')}/permalink/contacts/view/{contact_id}"


def voucher_url(app_url: str, kind: VoucherKind, voucher_id: UUID, *, edit: bool = False) -> str:
    """Where a user sees or edits a document; Lexware shows one that cannot be edited."""
    page = {"invoice": "invoices", "credit_note": "credit-notes"}[kind]
    return f"{app_url.rstrip('/')}/permalink/{page}/{'edit' if edit else 'view'}/{voucher_id}"
