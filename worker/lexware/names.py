"""The exact comparison of a payer with a contact, which must follow Lexware's search.

Guarantee: two are equal only if name and address are, apart from case, white space, Unicode form, what nobody can see,
and the shape of apostrophes, quotation marks and hyphens; "Str." is not "Straße", since a wrong match would send a bill to a stranger.
"""

from worker.lexware.api.answers import Address, Contact
from worker.lexware.translate import fold
from worker.lexware.translate.documents import Payer
from worker.lexware.translate.fold import compared


def name_to_search(payer: Payer) -> str | None:
    """The part of a payer's name that Lexware surely finds: how it joins first and last names is not documented.

    None for a payer without a name.
    """
    return fold.name(payer.company_name) or fold.name(payer.last_name)


def same_name(payer: Payer, contact: Contact) -> bool:
    """A company by its name, a person by first and last name."""
    if compared(payer.company_name):
        return compared(payer.company_name) == compared(contact.company_name)
    theirs = (compared(contact.first_name), compared(contact.last_name))
    return bool(compared(payer.last_name)) and theirs == (compared(payer.first_name), compared(payer.last_name))


def same_address(payer: Payer, contact: Contact) -> bool:
    """One of the contact's billing addresses is the payer's; an incomplete address is nobody's."""
    return any(_same_place(payer, address) for address in contact.billing)


def same_email(payer: Payer, contact: Contact) -> bool:
    """One of the contact's e-mail addresses is the payer's."""
    return bool(compared(payer.email)) and compared(payer.email) in map(compared, contact.emails)


def _same_place(payer: Payer, address: Address) -> bool:
    """Supplements ("c/o", a floor) need to agree only where both sides have one."""
    ours = [compared(payer.street), compared(payer.zip), compared(payer.city)]
    theirs = [compared(address.street), compared(address.zip), compared(address.city)]
    supplements = {compared(payer.address_supplement), compared(address.supplement)} - {""}
    same_country = (compared(payer.country_code) or "de") == (compared(address.country_code) or "de")
    return all(ours) and ours == theirs and same_country and len(supplements) <= 1
