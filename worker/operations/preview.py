"""What would leave the house for one document, and what would keep it here; sends nothing.

Works for every document, drafts and those of practices that are not connected included; what had to be assumed is said.
It holds persons, so whoever asks is recorded by the command.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from outbox.db import Connection, Row
from outbox.ids import DocumentId, EventId, PracticeId
from outbox.reasons import DeadReason
from outbox.sql import query
from worker.config import Config
from worker.host.keys import number_of
from worker.lexware.api.client import Lexware
from worker.lexware.command_client import CommandClient, Waiting
from worker.lexware.host_data import HostData
from worker.lexware.obstacles import Obstacle, obstacles, of_problem
from worker.lexware.snapshot import MOST_READ_LINES, Snapshot, TooLarge, assumed, find
from worker.lexware.snapshot import assemble as snapshot_of
from worker.lexware.translate.check import check
from worker.lexware.translate.lines import Note as AmountNote
from worker.lexware.translate.lines import total_of
from worker.lexware.translate.problems import Untranslatable
from worker.lexware.translate.translate import Translation, translate
from worker.messages import Declined
from worker.messages import host as host_words
from worker.operations.payer_contact import PayerContact, payer_contact

#: Stands for a contact that is yet to be created or found.
PLACEHOLDER = UUID(int=0)
NoteReason = Literal[
    AmountNote, "not_connected", "still_a_draft", "already_delivered", "contact_id_to_come", "lexware_not_asked"
]


class NoDocument(Exception):
    """The practice has no document of this number."""


@dataclass(frozen=True, slots=True)
class Note:
    """What to know of a document that is no reason to die."""

    reason: NoteReason
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The document, its contact, and what it becomes; no translation when its own data stop it."""

    status: str
    host_key: str | None
    event_id: EventId | None
    snapshot: Snapshot
    contact: PayerContact
    translation: Translation | None
    problems: list[Obstacle | Note]
    """Why it would not be sent as things stand: reasons of dead letters, and that the practice is not connected."""
    notes: list[Note]

    @property
    def is_stopped(self) -> bool:
        """It would become a dead letter; what only waits for a connection would not."""
        return any(isinstance(problem, Obstacle) for problem in self.problems)

    @property
    def total_here(self) -> Decimal | None:
        """The practice's total; of a cancellation positive, as it is sent."""
        return total_of(self.snapshot.document) if self.snapshot.document.total is not None else None

    @property
    def total_there(self) -> Decimal | None:
        """The total that Lexware would arrive at, as far as it can be reckoned."""
        if self.translation:
            return self.translation.total_there
        differ = (problem.detail["total_there"] for problem in self.problems if problem.reason == "totals_differ")
        return next((Decimal(total) for total in differ), None)


def preview(
    connection: Connection, config: Config, practice_id: PracticeId, number: str, *, waiting: Waiting
) -> Preview:
    """All of it, as things stand now. Raises NoDocument, or Declined when the host's view fails for it."""
    wanted = {"practice_id": practice_id, "number": number_of(connection, practice_id, number)}
    found = connection.execute(query("document.of_number"), wanted).fetchone()
    if found is None:
        raise NoDocument
    try:
        row = _read(connection, practice_id, found["document_id"])
        snapshot = snapshot_of(row | assumed(row))
    except HostData as error:
        raise Declined(host_words.HOST_DATA(view=error.view, column=error.column, state=error.sqlstate)) from None
    except TooLarge as error:
        raise Declined(host_words.TOO_LARGE(limit=MOST_READ_LINES)) from error
    contact = payer_contact(connection, snapshot, _lexware(connection, config, row, waiting))
    translation = _translation(snapshot, contact, found["marker_code"])
    return Preview(
        status=found["status"],
        host_key=found["host_key"],
        event_id=found["event_id"],
        snapshot=snapshot,
        contact=contact,
        translation=translation,
        problems=list(_problems(row, replace(snapshot, lexware_id=None), contact)),
        notes=[*_notes(found, snapshot, contact), *_amounts(translation)],
    )


def _translation(snapshot: Snapshot, contact: PayerContact, marker_code: str) -> Translation | None:
    """None: the document's own data stop it."""
    document, settings = snapshot.document, snapshot.settings
    with suppress(Untranslatable):
        contact_id = None if contact.one_time else contact.contact_id or PLACEHOLDER
        return translate(document, settings, contact_id=contact_id, marker_code=marker_code)
    return None


def _read(connection: Connection, practice_id: PracticeId, document_id: int) -> Row:
    row = find(connection, practice_id, DocumentId(document_id))
    if row is None:
        raise NoDocument
    return row


def _lexware(connection: Connection, config: Config, row: Row, waiting: Waiting) -> Lexware | None:
    """The way to Lexware; None: there is no key, or none that can be opened."""
    if row["key_encrypted"] is None or not config.secret_keys:
        return None
    try:
        return CommandClient(connection, config, row["practice_id"], waiting=waiting).lexware()
    except Declined:
        return None


def _problems(row: Row, unsent: Snapshot, contact: PayerContact) -> Iterator[Obstacle | Note]:
    """What the delivery would stumble over, were it not there yet."""
    if row["organisation_id"] is None:
        yield from map(of_problem, check(unsent.document, unsent.settings))
        yield Note("not_connected", {"tax_type": unsent.settings.tax_type})
        return
    yield from obstacles(unsent, unlinked=False)
    if contact.decision == "ambiguous" or contact.gone:
        reason: DeadReason = "contact_gone" if contact.gone else "contact_ambiguous"
        yield Obstacle(reason, {"contact_ids": [str(one) for one in contact.candidates]})


def _notes(found: Row, snapshot: Snapshot, contact: PayerContact) -> Iterator[Note]:
    """What to know about what is shown."""
    if found["status"] == "draft":
        yield Note("still_a_draft")
    if snapshot.lexware_id is not None:
        yield Note("already_delivered", {"lexware_id": snapshot.lexware_id})
    if contact.contact_id is None and not contact.one_time:
        yield Note("contact_id_to_come", {"contact_id": PLACEHOLDER})
    if contact.why is not None:
        yield Note("lexware_not_asked", {"why": contact.why})


def _amounts(translation: Translation | None) -> Iterator[Note]:
    """In which form the amounts go, where it is not the document's own; and marks in its words that Lexware renders."""
    for note in translation.notes if translation else ():
        yield Note(note)
