"""The step "contact": the payer's contact is found, or created once, linked, and the event handed back.

A linked id wins; a contact is never overwritten, and one that we made is never silently made again (design section 6
"Contact").
"""

from collections.abc import Sequence
from uuid import UUID

from outbox.claims import OpenIntent
from outbox.outcomes import Dead, Outcome, Snooze
from worker.delivery import doubt
from worker.delivery.attempt import Attempt
from worker.delivery.evidence import LookResult
from worker.lexware import lookup
from worker.lexware.api.answers import Contact, Created
from worker.lexware.api.errors import NotFound, Rejected
from worker.lexware.api.search import name_to_search, same_name
from worker.lexware.api.wire import MaySend
from worker.lexware.matching import Ambiguous, Match, NoMatch, choose, is_like
from worker.lexware.snapshot import sent_with
from worker.lexware.translate.check import check
from worker.lexware.translate.marker import carries
from worker.lexware.translate.problems import Untranslatable
from worker.lexware.translate.translate import contact_payload


def find_or_create(attempt: Attempt) -> Outcome:
    """Link the payer with a contact; the document follows with its next claim."""
    snapshot = attempt.snapshot
    if snapshot.contact_id is not None:
        return _back(attempt)
    if intent := attempt.claim.open_contact_intent:
        return doubt.resolve(
            attempt, intent, lambda: _look(attempt, intent), lambda found: _link(attempt, found, "created")
        )
    if problems := check(snapshot.document, snapshot.settings):
        raise Untranslatable(problems[0])
    if snapshot.made_contact_id is not None:
        return _link_again(attempt, snapshot.made_contact_id)
    found = _found(attempt)
    choice = choose(
        snapshot.document.payer,
        found,
        lines=snapshot.settings.lines,
        own_code=snapshot.contact_code,
        taken=_taken(attempt, found),
    )
    match choice:
        case Match(contact_id=contact_id):
            return _link(attempt, contact_id, "matched")
        case Ambiguous(contact_ids=ids):
            return Dead(reason="contact_ambiguous", detail={"contact_ids": [str(found) for found in ids]})
        case NoMatch():
            return _create(attempt, found)


def _create(attempt: Attempt, seen: Sequence[Contact]) -> Outcome:
    snapshot = attempt.snapshot
    body = contact_payload(snapshot.document.payer, snapshot.settings, marker_code=snapshot.contact_code)
    known = sent_with(
        snapshot, seen=[str(contact.id) for contact in seen if same_name(snapshot.document.payer, contact)]
    )

    def send(may_send: MaySend) -> Created:
        return attempt.lexware.create_contact(body, may_send)

    try:
        made = attempt.post("contact", attempt.claim.payer_id, known, send)
    except Rejected as refusal:
        if _is_a_race(attempt, refusal):
            return Snooze(seconds=attempt.pace.settle_seconds / 20, reason="account_number_race", http_status=406)
        raise
    return _link(attempt, made, "created")


def _is_a_race(attempt: Attempt, refusal: Rejected) -> bool:
    """Two contacts were given one account number at once; what lasts longer than a settle time is no race."""
    lasts = attempt.ledger.snoozed_since(attempt.claim, "account_number_race")
    named = any(issue.code == "account_number_already_exists" for issue in refusal.issues)
    return named and (lasts is None or lasts < attempt.pace.settle_seconds)


def _link(attempt: Attempt, contact_id: UUID, origin: str) -> Snooze:
    attempt.write(
        "links.contact",
        practice_id=attempt.claim.practice_id,
        customer_id=attempt.claim.payer_id,
        organisation_id=attempt.snapshot.settings.organisation_id,
        contact_id=contact_id,
        origin=origin,
        by="lexrelay",
    )
    return _back(attempt)


def _back(_attempt: Attempt) -> Snooze:
    return Snooze(seconds=0, reason="contact_ready", step="document")


def _link_again(attempt: Attempt, made: UUID) -> Outcome:
    """We made a contact for this customer once, and its link was taken away: use it, or ask a human."""
    try:
        contact = attempt.lexware.contact(made)
    except NotFound:
        return Dead(reason="contact_gone", detail={"contact_ids": [str(made)]})
    if contact.archived:
        return Dead(reason="contact_gone", detail={"contact_ids": [str(made)]})
    return _link(attempt, made, "matched")


def _found(attempt: Attempt) -> list[Contact]:
    """Who may be chosen from; without matching only, after a restore, the contact that we made before it."""
    if attempt.snapshot.settings.matching == "exact":
        return _search(attempt)
    if attempt.claim.look_since is None:
        return []
    return [contact for contact in _search(attempt) if carries(contact.note, attempt.snapshot.contact_code)]


def _search(attempt: Attempt) -> list[Contact]:
    """Everybody whose name, or where it may leave the house e-mail, contains the payer's; each once."""
    payer, settings = attempt.snapshot.document.payer, attempt.snapshot.settings
    found = list(attempt.lexware.search_contacts(name=name_to_search(payer)))
    if settings.lines == "itemised" and payer.email and not any(is_like(payer, one, settings.lines) for one in found):
        found += attempt.lexware.search_contacts(email=payer.email)
    return list({contact.id: contact for contact in found}.values())


def _taken(attempt: Attempt, found: Sequence[Contact]) -> set[UUID]:
    """Those among them that are linked to another customer."""
    rows = attempt.rows(
        "reading.linked_contacts",
        practice_id=attempt.claim.practice_id,
        customer_id=attempt.claim.payer_id,
        ids=[contact.id for contact in found],
    )
    return {row["id"] for row in rows}


def _look(attempt: Attempt, intent: OpenIntent) -> LookResult:
    """Contacts of the payer's name: ours carry our marker; an equal one that was not there before is a human's case."""
    snapshot, seen = attempt.snapshot, intent.sent_with.get("seen", ())
    payer, lines = snapshot.document.payer, snapshot.settings.lines
    return lookup.contact(attempt.lexware, payer, snapshot.contact_code, lines=lines, seen=seen)
