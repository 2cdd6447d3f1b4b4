"""Which contact is the payer's: pure rules over what the search brought (design section 6 "Contact").

Guarantee: only equality counts, never likeness; two that fit are nobody's choice but a human's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from worker.lexware.api.answers import Contact
from worker.lexware.names import same_address, same_email, same_name
from worker.lexware.translate.documents import Payer, PrivacyMode
from worker.lexware.translate.marker import carries, find_codes


@dataclass(frozen=True, slots=True)
class Match:
    """Exactly one contact fits, or carries the customer's own marker."""

    contact_id: UUID


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several fit: a human links one of them."""

    contact_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class NoMatch:
    """None fits."""


Choice = Match | Ambiguous | NoMatch


def is_like(payer: Payer, contact: Contact, lines: PrivacyMode) -> bool:
    """Equal name and address; where e-mail may leave the house, an equal name and e-mail will do."""
    return same_name(payer, contact) and (
        same_address(payer, contact) or (lines == "itemised" and same_email(payer, contact))
    )


def choose(
    payer: Payer, found: Sequence[Contact], *, lines: PrivacyMode, own_code: str, taken: Collection[UUID]
) -> Choice:
    """The payer's contact among those found; `taken` are linked to other customers."""
    ours = [contact.id for contact in found if carries(contact.note, own_code) and not contact.archived]
    fitting = ours or [
        contact.id
        for contact in found
        if is_like(payer, contact, lines)
        and contact.is_customer
        and not contact.archived
        and contact.id not in taken
        and not find_codes(contact.note)
    ]
    if len(set(fitting)) > 1:
        return Ambiguous(tuple(dict.fromkeys(fitting)))
    return Match(fitting[0]) if fitting else NoMatch()
