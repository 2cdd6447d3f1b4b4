"""`replay --look`: one look into Lexware for a dead letter, from a command, outside of any claim.

Guarantee: reads only, within the rate of the practice's lane; nothing is recorded, so an absence seen here proves nothing
to the ledger.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from outbox.db import Connection
from outbox.dead_letters import DeadLetter, Doubt, doubts
from outbox.sql import query
from worker.config import Config
from worker.delivery.looks import Absent, Found, LookAlike, LookResult, Several
from worker.lexware import evidence, lookup
from worker.lexware.api.answers import voucher_kind
from worker.lexware.api.client import Lexware
from worker.lexware.command_client import CommandClient, Waiting
from worker.lexware.explain import explained
from worker.lexware.snapshot import DocumentGone, NotConnected, Snapshot, TooLarge, read
from worker.messages import Declined, Sentence
from worker.messages import dead_letters as words


@dataclass(frozen=True, slots=True)
class Seen:
    """Our document or contact (`found`), two (`several`), a `look_alike`, nothing (`absent`), or the look `failed`."""

    verdict: str
    lexware_ids: tuple[UUID, ...] = ()
    why: Sentence | None = None


def look(connection: Connection, config: Config, letter: DeadLetter, *, waiting: Waiting) -> Seen | None:
    """Ask Lexware now. None: nothing of the event was ever in doubt, so there is nothing to look for."""
    doubted = doubts(connection, letter.event_id)
    if not doubted:
        return None
    try:
        snapshot = read(connection, letter.practice_id, letter.document_id)
        if any(doubt.organisation_id != snapshot.settings.organisation_id for doubt in doubted):
            return Seen("failed", why=words.OTHER_ORGANISATION())
        lexware = CommandClient(connection, config, letter.practice_id, waiting=waiting).lexware()
        with explained():
            return _seen(_look(connection, lexware, letter, snapshot, doubted))
    except Declined as refusal:
        return Seen("failed", why=refusal.sentence)
    except (DocumentGone, NotConnected, TooLarge):
        return Seen("failed", why=words.NOTHING_TO_COMPARE())


def _look(
    connection: Connection, lexware: Lexware, letter: DeadLetter, snapshot: Snapshot, doubted: Sequence[Doubt]
) -> LookResult:
    """For the document if it was ever sent, otherwise for the contact."""
    documents = [doubt for doubt in doubted if doubt.effect != "contact"]
    if not documents:
        payer, lines = snapshot.document.payer, snapshot.settings.lines
        return lookup.contact(
            lexware, payer, snapshot.contact_code, lines=lines, seen=doubted[0].sent_with.get("seen", ())
        )
    since = min(doubt.opened_at for doubt in documents)
    candidates = lookup.documents(
        lexware, voucher_kind(letter.kind), since, lambda ids: _claimed(connection, letter, ids), letter.marker_code
    )
    findings = [evidence.of_documents(candidates, letter.marker_code, doubt.sent_with) for doubt in documents]
    return next((one for one in findings if not isinstance(one, Absent)), Absent())


def _claimed(connection: Connection, letter: DeadLetter, ids: Sequence[UUID]) -> set[UUID]:
    of = {"practice_id": letter.practice_id, "ids": list(ids)}
    return {row["id"] for row in connection.execute(query("reading.claimed_ids"), of).fetchall()}


def _seen(finding: LookResult) -> Seen:
    match finding:
        case Found(remote_id=found):
            return Seen("found", (found,))
        case Several(remote_ids=ids):
            return Seen("several", ids)
        case LookAlike(remote_ids=ids):
            return Seen("look_alike", ids)
        case Absent():
            return Seen("absent")
