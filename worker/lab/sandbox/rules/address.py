"""What makes the address of a document acceptable (lexware-api 5.3): a contact, an address of its own, or both."""

from collections.abc import Iterator

from worker.lab.sandbox.records import Contact
from worker.lab.sandbox.rules.countries import CODES
from worker.lab.sandbox.rules.violations import Violation, missing
from worker.lab.sandbox.switches import Switches
from worker.lab.sandbox.wire import Json

_INLINE = ("name", "supplement", "street", "zip", "city", "countryCode")


def address_violations(address: Json | None, contact: Contact | None, switches: Switches) -> Iterator[Violation]:
    """Everything wrong with it; `contact` is the one it names, if that is usable."""
    if address is None:
        yield missing("address")
        return
    named = address.get("contactId") is not None
    inline = any(address.get(field) is not None for field in _INLINE)
    if named and contact is None:
        yield Violation("NOTFOUND", "address.contactId", "Referenced contact could not be found.")
    elif contact is not None:
        yield from _referenced(contact, switches, inline=inline)
    if inline or not named:
        if not (address.get("name") or "").strip():
            yield missing("address.name")
        country = address.get("countryCode")
        if not country:
            yield missing("address.countryCode")
        elif country not in CODES:
            codes = ", ".join(sorted(CODES))
            yield Violation("INVALID", "address.countryCode", f"'{country}' is not one of the supported codes: {codes}")


def _referenced(contact: Contact, switches: Switches, *, inline: bool) -> Iterator[Violation]:
    if contact.archived and not switches.accepts_archived_contact:
        yield Violation("INVALID", "address.contactId", "Referenced contact is archived.")
    if not contact.is_customer:
        yield Violation("INVALID", "address.contactId", "Referenced contact needs to have the role customer.")
    count = len((contact.body.get("addresses") or {}).get("billing") or [])
    if not inline and count != 1:
        message = f"Referenced contact needs to have exactly one billing address, but {count} addresses were found."
        yield Violation("INVALID", "address.contactId", message)
