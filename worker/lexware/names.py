"""The exact comparison of a payer with a contact, which must follow Lexware's search.

Guarantee: two are equal only if name and address are, apart from case, white space and Unicode form; "Str." is not
"Straße", since a wrong match would send a bill to a stranger.
"""

import unicodedata

from worker.lexware.api.answers import Address, Contact
from worker.lexware.translate.documents import Payer


def name_to_search(payer: Payer) -> str | None:
    """The part of a payer's name that Lexware surely finds: how it joins first and last names is not documented.

    None for a payer without a name.
    """
    return next((name for name in (payer.company_name, payer.last_name) if name and name.split()), None)


def same_name(payer: Payer, contact: Contact) -> bool:
    """A company by its name, a person by first and last name."""
    if _plain(payer.company_name):
        return _plain(payer.company_name) == _plain(contact.company_name)
    theirs = (_plain(contact.first_name), _plain(contact.last_name))
    return bool(_plain(payer.last_name)) and theirs == (_plain(payer.first_name), _plain(payer.last_name))


def same_address(payer: Payer, contact: Contact) -> bool:
    """One of the contact's billing addresses is the payer's; an incomplete address is nobody's."""
    return any(_same_place(payer, address) for address in contact.billing)


def same_email(payer: Payer, contact: Contact) -> bool:
    """One of the contact's e-mail addresses is the payer's."""
    return bool(_plain(payer.email)) and _plain(payer.email) in map(_plain, contact.emails)


def _same_place(payer: Payer, address: Address) -> bool:
    """Supplements ("c/o", a floor) need to agree only where both sides have one."""
    ours = [_plain(payer.street), _plain(payer.zip), _plain(payer.city)]
    theirs = [_plain(address.street), _plain(address.zip), _plain(address.city)]
    supplements = {_plain(payer.address_supplement), _plain(address.supplement)} - {""}
    same_country = (_plain(payer.country_code) or "de") == (_plain(address.country_code) or "de")
    return all(ours) and ours == theirs and same_country and len(supplements) <= 1


def _plain(text: str | None) -> str:
    composed = unicodedata.normalize("NFC", " ".join((text or "").split()))
    return unicodedata.normalize("NFC", composed.casefold())
