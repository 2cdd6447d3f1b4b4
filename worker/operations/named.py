"""A document in Lexware that an operator names by its id: it is looked up before it is believed. Reads only."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from outbox.db import Connection
from outbox.dead_letters import DeadLetter
from outbox.sql import query
from worker.config import Config
from worker.delivery.errors import CallError
from worker.lexware.api.answers import SalesDocument
from worker.lexware.api.client import Lexware
from worker.lexware.api.errors import NotFound
from worker.lexware.command_client import CommandClient, Waiting
from worker.lexware.evidence import is_ours
from worker.lexware.explain import explain
from worker.lexware.translate.marker import find_codes
from worker.messages import Declined
from worker.messages import dead_letters as words
from worker.messages.glossary import KINDS

_READ: dict[str, Callable[[Lexware, UUID], SalesDocument]] = {
    "invoice": Lexware.invoice,
    "cancellation": Lexware.credit_note,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the one letter is said to be, and the way to ask."""

    lexware_id: UUID
    config: Config
    waiting: Waiting

    def look_up(self, connection: Connection, letter: DeadLetter) -> None:
        """Raise Declined unless the practice's own company has a document of the letter's kind with this id, which carries
        no other document's marker; also when Lexware does not say (lexware-api 3.5: a 404 is the same for a wrong kind).
        """
        lexware = CommandClient(connection, self.config, letter.practice_id, waiting=self.waiting).lexware()
        stored = connection.execute(query("connection.key"), {"practice_id": letter.practice_id}).fetchone()
        try:
            if stored is None or lexware.profile().organisation_id != stored["organisation_id"]:
                raise Declined(words.OTHER_COMPANY(practice=letter.practice_id))
            document = self._read(lexware, letter)
        except CallError as error:
            raise Declined(words.NOT_LOOKED_UP(why=explain(error))) from None
        if not is_ours(document, letter.marker_code) and find_codes(f"{document.remark}\n{document.introduction}"):
            raise Declined(words.OTHER_MARKER(lexware_id=self.lexware_id))

    def _read(self, lexware: Lexware, letter: DeadLetter) -> SalesDocument:
        of = {"lexware_id": self.lexware_id, "kind": KINDS[letter.kind]()}
        try:
            return _READ[letter.kind](lexware, self.lexware_id)
        except NotFound:
            other = "cancellation" if letter.kind == "invoice" else "invoice"
        try:
            _READ[other](lexware, self.lexware_id)
        except NotFound:
            raise Declined(words.NOT_THERE(**of)) from None
        raise Declined(words.OTHER_KIND(other=KINDS[other](), **of))
