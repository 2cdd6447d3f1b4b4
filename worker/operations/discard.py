"""Done by hand: an operator states which document in Lexware a dead letter has become, and closes it with that."""

from uuid import UUID

from outbox.db import Connection
from outbox.dead_letters import DeadLetter
from outbox.replay import discard_as
from outbox.sql import query
from worker.messages import Declined
from worker.messages import letters as words


def close_as(connection: Connection, letter: DeadLetter, lexware_id: UUID, *, by: str, why: str) -> bool:
    """Discard a letter and link its document with `lexware_id`, whatever was believed before; Lexware is not asked.

    False: it was not dead any more. Raises Declined, and changes nothing, when another document of the practice is that
    one, or the practice is connected with nobody.
    """

    def link(connection: Connection) -> None:
        document = {"practice_id": letter.practice_id, "document_id": letter.document_id, "lexware_id": lexware_id}
        other = connection.execute(query("replay.other_document"), document).fetchone()
        if other is not None:
            raise Declined(words.OTHER_DOCUMENT(lexware_id=lexware_id, number=other["number"]))
        if connection.execute(query("replay.link_by_hand"), document | {"kind": letter.kind}).fetchone() is None:
            raise Declined(words.NOT_CONNECTED(practice=letter.practice_id))

    return discard_as(connection, letter, lexware_id, link, by=by, why=why)
