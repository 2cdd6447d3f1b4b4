"""The story of one document: what the ledger tells of it, what it is in Lexware, and what happens next and when.

Reads only, and asks Lexware nothing; holds ids, numbers, codes and times, and no person.
"""

from dataclasses import dataclass
from typing import Any

from outbox import event_list, story
from outbox.db import Connection, Row
from outbox.dead_letters import DeadLetter, named
from outbox.ids import EventId, PracticeId
from outbox.sql import query
from outbox.story import Story
from worker.config import Config
from worker.host.keys import in_json, number_of
from worker.lexware.api.answers import voucher_kind
from worker.lexware.api.links import contact_url, voucher_url
from worker.messages import Declined, Sentence
from worker.messages import story as words
from worker.messages.glossary import KINDS
from worker.practice import practices


@dataclass(frozen=True, slots=True)
class DocumentStory:
    """A story, its link into Lexware, and where Lexware's pages are."""

    story: Story
    link: Row
    app_url: str
    letter: DeadLetter | None
    """The dead letter that it is."""
    watched: Row
    """What was seen of it in Lexware last, as `drafts.now` gives it; empty: it was not read back yet."""
    states: list[Row]
    """Everything that was seen of it there, the oldest first."""

    @property
    def reason(self) -> str | None:
        """Why it stands where it stands: of a held event what its practice lacks."""
        return event_list.reason(self.story.event)

    @property
    def url(self) -> str | None:
        """Where a user sees the document in Lexware."""
        return self._page(edit=False)

    @property
    def edit_url(self) -> str | None:
        """Where a user edits it, as long as it is a draft."""
        return self._page(edit=True)

    @property
    def contact_url(self) -> str | None:
        """Where a user sees its contact in Lexware."""
        return contact_url(self.app_url, self.link["contact_id"]) if self.link["contact_id"] else None

    @property
    def lexware_number(self) -> str | None:
        """Lexware's number, which is provisional until somebody has finalised the document (lexware-api 5.9)."""
        number: str | None = self.watched.get("lexware_number")
        return None if self.watched.get("remote_status") == "draft" else number

    @property
    def next(self) -> dict[str, Any] | None:
        """What happens by itself, and when, if that can be said; None: nothing does."""
        event = self.story.event
        match event["state"]:
            case "in_flight":
                return {"what": "finish", "at": event["lease_until"]}
            case "held":
                return {"what": "wait_for_practice", "at": None}
            case "in_doubt":
                return {"what": "look", "at": event["turn_at"]}
            case "blocked" if event["original_state"] in ("pending", "dead"):
                return {"what": "wait_for_original", "at": None}
            case "blocked":
                return {"what": "wait_for_customer", "at": None}
            case "pending":
                return {"what": _actor(event), "at": event["turn_at"]}
            case _ if event["due_at"] is not None:
                return {"what": "verify", "at": event["turn_at"]}
            case _:
                return None

    def to_json(self) -> dict[str, Any]:
        """As the outside contract has it (design section 3)."""
        event = self.story.event
        return {
            "number": event["number"],
            **in_json(event["host_key"]),
            "kind": event["kind"],
            "state": event["state"],
            "reason": self.reason,
            "event_id": event["event_id"],
            "lexware_id": self.link["lexware_id"],
            "contact_id": self.link["contact_id"],
            "url": self.url,
            "linked_invoice_id": self.link["linked_invoice_id"],
            "lexware_status": self.watched.get("lexware_status"),
            "lexware_number": self.lexware_number,
            "open_amount": self.watched.get("open_amount"),
            "paid_on": self.watched.get("paid_on"),
            "differs": self.watched.get("differs") or [],
            "states": self.states,
            "attempts": self.story.attempts,
            "intents": self.story.intents,
            "next": self.next,
        }

    def _page(self, *, edit: bool) -> str | None:
        if self.link["lexware_id"] is None:
            return None
        return voucher_url(self.app_url, voucher_kind(self.story.event["kind"]), self.link["lexware_id"], edit=edit)


def read(connection: Connection, config: Config, practice_id: PracticeId, number: str) -> DocumentStory:
    """The story of a document number, or of the host's own key. Raises Declined, with why, when it has no event or there is no
    such practice.
    """
    own = number_of(connection, practice_id, number)
    told = story.read(connection, practice_id, own, gap_seconds=config.pace.gap_seconds)
    if told is not None:
        return _of(connection, config, told)
    practices.find(connection, practice_id)
    wanted = {"practice_id": practice_id, "number": own}
    document = connection.execute(query("document.without_event"), wanted).fetchone()
    if document is not None and document["event_id"] is not None:
        return read_event(connection, config, document["event_id"])
    raise Declined(_why_no_event(document, practice_id, number))


def read_event(connection: Connection, config: Config, event_id: int) -> DocumentStory:
    """The story of an event, whatever its state. Raises Declined when there is none."""
    told = story.of_event(connection, EventId(event_id), gap_seconds=config.pace.gap_seconds)
    if told is None:
        raise Declined(words.NO_EVENT(event_id=event_id))
    return _of(connection, config, told)


def _of(connection: Connection, config: Config, told: Story) -> DocumentStory:
    of = {name: told.event[name] for name in ("practice_id", "document_id", "payer_id")}
    link = connection.execute(query("document_link.of_document"), of).fetchone()
    assert link is not None  # noqa: S101 (the query always gives one row)
    dead = named(connection, [told.event["event_id"]]) if told.event["state"] == "dead" else []
    watched = connection.execute(query("drafts.now"), of).fetchone() or {}
    states = connection.execute(query("drafts.states"), of).fetchall()
    return DocumentStory(told, link, config.app_url, next(iter(dead), None), watched, states)


def _actor(event: Row) -> str:
    if event["step"] == "contact":
        return "create_contact"
    return "upload_invoice" if event["kind"] == "invoice" else "upload_cancellation"


def _why_no_event(document: Row | None, practice_id: PracticeId, number: str) -> Sentence:
    """Why there is nothing to tell about a number or key, as it was typed, and what to do."""
    if document is None:
        return words.NO_DOCUMENT(practice=practice_id, number=number)
    of = {"kind": KINDS[document["kind"]](), "number": number}
    if document["former_number"] is not None:
        return words.RENUMBERED(former=document["former_number"], practice=practice_id, **of)
    if document["status"] == "draft":
        return words.STILL_A_DRAFT(**of)
    if document["expected"]:
        return words.EXPECTED(**of)
    text = words.LEFT if document["is_left"] else words.SWITCHED_OFF if document["has_lane"] else words.NEVER_ON
    return text(remedy=words.BACKFILL(practice=practice_id), **of)
