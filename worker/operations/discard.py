"""Dead letters closed for good, as they are or as the document in Lexware that an operator says they have become."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from outbox import replay
from outbox.db import Connection
from outbox.dead_letters import DeadLetter
from outbox.replay import discard_as
from outbox.sql import query
from worker.lexware.api.answers import VoucherKind
from worker.lexware.api.links import voucher_url
from worker.messages import Declined
from worker.messages import dead_letters as words


@dataclass(frozen=True, slots=True, kw_only=True)
class Discarded:
    """What became of a letter."""

    letter: DeadLetter
    is_closed: bool
    """False: it was not dead any more, and nothing has changed."""
    remote_id: UUID | None

    def to_json(self) -> dict[str, Any]:
        """As `discard --json` has it."""
        result = "discarded" if self.is_closed else "unchanged"
        return {"event_id": self.letter.event_id, "number": self.letter.number, "result": result}

    def url(self, app_url: str) -> str | None:
        """Where a user sees in Lexware what it has become."""
        kind: VoucherKind = "invoice" if self.letter.kind == "invoice" else "credit_note"
        return voucher_url(app_url, kind, self.remote_id) if self.remote_id else None


def discard(
    connection: Connection, letters: Sequence[DeadLetter], remote_id: UUID | None, *, by: str, why: str
) -> list[Discarded]:
    """Close them, all in one commit; with `remote_id` the one letter as that document. Raises Declined, see `close_as`."""
    if remote_id is None:
        closed = set(replay.discard(connection, letters, by=by, why=why))
    else:
        closed = {one.event_id for one in letters if close_as(connection, one, remote_id, by=by, why=why)}
    return [Discarded(letter=one, is_closed=one.event_id in closed, remote_id=remote_id) for one in letters]


def close_as(connection: Connection, letter: DeadLetter, lexware_id: UUID, *, by: str, why: str) -> bool:
    """Discard a letter and link its document with `lexware_id`, whatever was believed before; Lexware is not asked.

    False: it was not dead any more. Raises Declined, and changes nothing, when another document of the practice is that
    one, or the practice is connected with nobody.
    """

    def link(connection: Connection) -> None:
        document = {"practice_id": letter.practice_id, "document_id": letter.document_id, "lexware_id": lexware_id}
        other = connection.execute(query("document_link.other_document"), document).fetchone()
        if other is not None:
            raise Declined(words.OTHER_DOCUMENT(lexware_id=lexware_id, number=other["number"]))
        if connection.execute(query("document_link.link_by_hand"), document | {"kind": letter.kind}).fetchone() is None:
            raise Declined(words.NOT_CONNECTED(practice=letter.practice_id))

    return discard_as(connection, letter, lexware_id, link, by=by, why=why)
