"""Which contact a payer goes to: the one answer that the step "contact" and the preview go by (design section 6).

A linked id wins; a contact that we made once is never silently made again; else an equal one, or none. Reads only.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from worker.lexware.api.answers import Contact
from worker.lexware.api.client import Lexware
from worker.lexware.api.errors import NotFound
from worker.lexware.matching import Ambiguous, Match, NoMatch, choose
from worker.lexware.names import name_to_search
from worker.lexware.snapshot import Snapshot
from worker.lexware.translate.marker import carries

Taken = Callable[[Sequence[UUID]], Collection[UUID]]
"""Which of these contacts are linked to another customer."""


@dataclass(frozen=True, slots=True)
class Linked:
    """The customer's link holds."""

    contact_id: UUID


@dataclass(frozen=True, slots=True)
class Gone:
    """The contact that we made for this customer is not there any more, or archived: a human's case."""

    contact_id: UUID


@dataclass(frozen=True, slots=True)
class Create:
    """None fits: one is made. `seen` were found by the search and are not the payer."""

    seen: tuple[Contact, ...]


Choice = Linked | Match | Ambiguous | Gone | Create


def needs_contact(snapshot: Snapshot) -> bool:
    """Whether the payer gets a contact before the document goes; a practice may want none but those that are linked."""
    return snapshot.contact_id is None and snapshot.settings.matching != "none"


def asks_lexware(snapshot: Snapshot, *, restored: bool = False) -> bool:
    """Whether the choice needs a call."""
    if snapshot.contact_id is not None:
        return False
    return snapshot.made_contact_id is not None or snapshot.settings.matching == "exact" or restored


def decide(snapshot: Snapshot, lexware: Lexware | None, taken: Taken, *, restored: bool = False) -> Choice:
    """The choice of this moment; `lexware` may be None where `asks_lexware` is false.

    `restored`: the event is from before a restore, so that a contact of ours may be there that is not known here.
    """
    if snapshot.contact_id is not None:
        return Linked(snapshot.contact_id)
    if lexware is None or not asks_lexware(snapshot, restored=restored):
        return Create(())
    if snapshot.made_contact_id is not None:
        return _made_before(lexware, snapshot.made_contact_id)
    found = _search(lexware, snapshot)
    payer, settings, own_code = snapshot.document.payer, snapshot.settings, snapshot.contact_code
    others = taken([contact.id for contact in found])
    choice = choose(payer, found, lines=settings.lines, own_code=own_code, taken=others)
    return Create(tuple(found)) if isinstance(choice, NoMatch) else choice


def _made_before(lexware: Lexware, made: UUID) -> Match | Gone:
    """Its link was taken away: use it, or ask a human."""
    try:
        contact = lexware.contact(made)
    except NotFound:
        return Gone(made)
    return Gone(made) if contact.archived else Match(made)


def _search(lexware: Lexware, snapshot: Snapshot) -> list[Contact]:
    """Everybody whose name contains the payer's; without matching only what carries our marker may be chosen.

    An e-mail address is no search term: only who bears the name counts, and the name has found them all.
    """
    found = list(
        {one.id: one for one in lexware.search_contacts(name=name_to_search(snapshot.document.payer))}.values()
    )
    if snapshot.settings.matching == "exact":
        return found
    return [contact for contact in found if carries(contact.note, snapshot.contact_code)]
