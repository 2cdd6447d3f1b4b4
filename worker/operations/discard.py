"""Dead letters closed for good, as they are or as the document in Lexware that an operator says they have become.

Guarantee: what an operator names is looked up first. A slip of the hand would be believed for ever: the cancellation of
that document would ask for the wrong one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from outbox import replay
from outbox.db import Connection
from outbox.dead_letters import DeadLetter
from outbox.replay import discard_as
from outbox.sql import query
from worker.lexware.api.answers import voucher_kind
from worker.lexware.api.links import voucher_url
from worker.messages import Declined
from worker.messages import dead_letters as words
from worker.operations.named import Named


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
        return voucher_url(app_url, voucher_kind(self.letter.kind), self.remote_id) if self.remote_id else None


def discard(
    connection: Connection, letters: Sequence[DeadLetter], named: Named | None, *, by: str, why: str
) -> list[Discarded]:
    """Close them, all in one commit; the one letter as the document that was `named`. Raises Declined, see `close_as`."""
    if named is None:
        closed = set(replay.discard(connection, letters, by=by, why=why))
    else:
        closed = {one.event_id for one in letters if close_as(connection, one, named, by=by, why=why)}
    remote_id = named.lexware_id if named else None
    return [Discarded(letter=one, is_closed=one.event_id in closed, remote_id=remote_id) for one in letters]


def close_as(connection: Connection, letter: DeadLetter, named: Named, *, by: str, why: str) -> bool:
    """Discard a letter and link its document with what was named, whatever was believed before.

    False: it was not dead any more. Raises Declined, and changes nothing, when Lexware has no such document in the
    practice's company or cannot be asked, when it is another document's, or the practice is connected with nobody.
    """
    _is_no_others(connection, letter, named.lexware_id)
    named.look_up(connection, letter)

    def link(connection: Connection) -> None:
        _is_no_others(connection, letter, named.lexware_id)
        document = {
            "practice_id": letter.practice_id,
            "document_id": letter.document_id,
            "lexware_id": named.lexware_id,
        }
        if connection.execute(query("document_link.link_by_hand"), document | {"kind": letter.kind}).fetchone() is None:
            raise Declined(words.NOT_CONNECTED(practice=letter.practice_id))

    return discard_as(connection, letter, named.lexware_id, link, by=by, why=why)


def _is_no_others(connection: Connection, letter: DeadLetter, lexware_id: UUID) -> None:
    document = {"practice_id": letter.practice_id, "document_id": letter.document_id, "lexware_id": lexware_id}
    other = connection.execute(query("document_link.other_document"), document).fetchone()
    if other is not None:
        raise Declined(words.OTHER_DOCUMENT(lexware_id=lexware_id, number=other["number"]))
