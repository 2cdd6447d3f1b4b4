"""One dead letter: what was tried, sent and seen, what to do, and what a replay would do.

Holds ids, codes and times; the payer's name only when it is revealed, which is recorded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from outbox import dead_letters as letters
from outbox import story
from outbox.db import Connection, Row
from outbox.dead_letters import DeadLetter
from outbox.replay import Plan
from outbox.sql import query
from worker.lexware.api.answers import voucher_kind
from worker.lexware.api.links import contact_url, voucher_url
from worker.messages import Lang, reasons
from worker.operations import dead_letters
from worker.operations.knowledge import known
from worker.operations.replay_plan import plan
from worker.operations.reveal import payer_name


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDetail:
    """A letter with all attempts and intents of its event."""

    letter: DeadLetter
    plan: Plan
    attempts: list[Row]
    intents: list[Row]
    contact_id: UUID | None
    """The contact that its customer is linked with."""
    app_url: str
    revealed: bool = False
    payer: str | None = None
    """The payer's name; only of a letter that is revealed."""

    def to_json(self, lang: Lang) -> dict[str, Any]:
        """As `dead show --json` has it (design section 3)."""
        letter, entry = self.letter, reasons.entry(self.letter.reason, known(self.letter))
        told = dead_letters.to_json(letter, self.attempts, lang) | {
            "who": entry.who,
            "replay": entry.replay,
            "detail": letter.detail,
            "customer_id": letter.payer_id,
            "urls": list(dict.fromkeys(self._urls())),
            "intents": self.intents,
            "plan": self.plan,
            "contact_url": contact_url(self.app_url, self.contact_id) if self.contact_id else None,
        }
        return told | {"payer": self.payer} if self.revealed else told

    def _urls(self) -> Iterator[str]:
        """Where to look in Lexware: whatever id the letter, its intents or their looks name."""
        kind = voucher_kind(self.letter.kind)
        for found in self.letter.detail.get("lexware_ids", ()):
            yield voucher_url(self.app_url, kind, UUID(found))
        for found in self.letter.detail.get("contact_ids", ()):
            yield contact_url(self.app_url, UUID(found))
        for intent in self.intents:
            seen = [UUID(one) for look in intent["looks"] for one in look["evidence"].get("lexware_ids", ())]
            for found in filter(None, (intent["lexware_id"], intent["late_lexware_id"], *seen)):
                is_contact = intent["effect"] == "contact"
                yield contact_url(self.app_url, found) if is_contact else voucher_url(self.app_url, kind, found)


def read(connection: Connection, event_id: int, app_url: str) -> LetterDetail:
    """The letter of an event. Raises Declined when it is not dead, or not there."""
    letter = dead_letters.one(connection, event_id)
    [item] = plan(connection, [letter], unlinked=False)
    of = {name: getattr(letter, name) for name in ("practice_id", "document_id", "payer_id")}
    link = connection.execute(query("document_link.of_document"), of).fetchone()
    return LetterDetail(
        letter=letter,
        plan=item.plan,
        attempts=story.attempts(connection, [event_id])[event_id],
        intents=letters.intents(connection, event_id),
        contact_id=link["contact_id"] if link else None,
        app_url=app_url,
    )


def reveal(connection: Connection, detail: LetterDetail, *, by: str, why: str | None) -> LetterDetail:
    """The same with the payer's name, after it was kept who asked for it."""
    letter = detail.letter
    payer = payer_name(connection, letter.practice_id, letter.event_id, letter.payer_id, by=by, why=why)
    return replace(detail, revealed=True, payer=payer)
