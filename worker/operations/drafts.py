"""What waits for people in Lexware: drafts by age, pairs, what is changed or gone there, and documents nobody knows.

Reads what the watch has seen, asks Lexware nothing; holds ids, numbers, sums and times, and no person. What a human
decides about a document is kept with who and why; nothing is ever sent again but by such a decision.
"""

from dataclasses import dataclass
from typing import Any, Literal

from outbox import actions
from outbox.db import Connection, Row
from outbox.ids import PracticeId
from outbox.sql import query
from worker.host.keys import in_json, number_of
from worker.lexware.api.answers import voucher_kind
from worker.lexware.api.links import contact_url, voucher_url
from worker.lexware.watch.absence import gone
from worker.messages import Declined
from worker.messages import drafts as words
from worker.practice import practices

Decision = Literal["accept", "send_again"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """All of it, of one practice or of all."""

    drafts: list[Row]
    pairs: list[Row]
    changed: list[Row]
    back_to_draft: list[Row]
    deleted: list[Row]
    missing: list[Row]
    absent: list[Row]
    """Answered with 404 once: no proof yet."""
    orphans: list[Row]
    contacts: list[Row]
    stopped: list[Row]
    """Practices of which so much was missing at once that nothing was believed."""

    @property
    def is_empty(self) -> bool:
        """Nothing waits for anybody."""
        return not any(getattr(self, name) for name in Waiting.__slots__)

    def to_json(self) -> dict[str, Any]:
        """As `drafts --json` has it (design section 11)."""
        return {name: [_shown(row) for row in getattr(self, name)] for name in Waiting.__slots__}


def read(
    connection: Connection, app_url: str, practice_id: int | None = None, *, older_than_days: int | None = 0
) -> Waiting:
    """What waits now; without the drafts that only wait to be finalised when `older_than_days` is None. Raises Declined for an unknown practice."""
    practices.require(connection, practice_id)

    def rows(name: str, **more: object) -> list[Row]:
        found = connection.execute(query(name), {"practice_id": practice_id, **more}).fetchall()
        return [row | {"url": _url(app_url, row)} for row in found]

    noticed = rows("drafts.noticed")
    pairs = connection.execute(query("document_link.draft_pairs")).fetchall()
    return Waiting(
        drafts=[] if older_than_days is None else rows("drafts.drafts", older_than_days=older_than_days),
        pairs=[row for row in pairs if practice_id in (None, row["practice_id"])],
        changed=[row for row in noticed if row["differs"] and row["state"] not in ("deleted", "missing")],
        back_to_draft=[row for row in noticed if row["state"] == "back_to_draft"],
        deleted=[row for row in noticed if row["state"] == "deleted"],
        missing=[row for row in noticed if row["state"] == "missing"],
        absent=[row for row in noticed if row["absent_since"] is not None],
        orphans=rows("drafts.orphans"),
        contacts=rows("drafts.contacts"),
        stopped=connection.execute(query("drafts.stopped"), {"practice_id": practice_id}).fetchall(),
    )


def decide(
    connection: Connection, practice_id: PracticeId, number: str, decision: Decision, *, by: str, why: str | None
) -> Row:
    """Record what a human decides about a document, and do it; the document as it was.

    Raises Declined, and changes nothing, when there is nothing to decide about it.
    """
    number = number_of(connection, practice_id, number)
    practices.require(connection, practice_id)
    with connection.transaction():
        known = connection.execute(query("drafts.find"), {"practice_id": practice_id, "number": number}).fetchone()
        if known is None:
            raise Declined(words.NOT_LINKED(practice=practice_id, number=number))
        if decision == "accept":
            _accept(connection, known, number)
        else:
            _send_again(connection, known, number)
        chosen = {name: known[name] for name in ("practice_id", "document_id", "remote_id")}
        connection.execute(query("drafts.decide"), chosen | {"decision": decision, "by": by, "why": why})
        detail = {"state": known["state"], "lexware_id": str(known["remote_id"])}
        event = {"practice_id": practice_id, "event_id": known["event_id"]}
        actions.record(connection, _ACTIONS[decision], by=by, why=why, detail=detail, **event)
        if decision == "send_again":
            connection.execute(query("poller.wake"))
    return known


def _accept(connection: Connection, known: Row, number: str) -> None:
    if known["absent"] and known["state"] not in ("deleted", "missing"):  # a human knows what is not proven yet
        connection.execute(query("watch.end_absence"), {name: known[name] for name in ("practice_id", "document_id")})
        last = {name: known[name] for name in ("practice_id", "document_id", "organisation_id", "remote_id", "kind")}
        connection.execute(query("watch.keep_state"), last | gone(known) | {"taxes": None, "source": "human"})
    elif not known["differs"] and known["state"] not in ("deleted", "missing", "back_to_draft"):
        raise Declined(words.NOTHING_TO_ACCEPT(number=number))


def _send_again(connection: Connection, known: Row, number: str) -> None:
    if known["state"] != "deleted":
        raise Declined(words.NOT_DELETED(number=number))
    of = {name: known[name] for name in ("practice_id", "document_id", "organisation_id")}
    row = connection.execute(query("drafts.send_again"), of).fetchone()
    if row is None or row["event_id"] is None:
        raise Declined(words.NOT_DELIVERED(number=number))


def _shown(row: Row) -> dict[str, Any]:
    """A row beside the host's own key, if it has one."""
    return {name: value for name, value in row.items() if name != "host_key"} | in_json(row.get("host_key"))


def _url(app_url: str, row: Row) -> str:
    if "lexware_id" not in row:
        return contact_url(app_url, row["contact_id"])
    return voucher_url(app_url, voucher_kind(row["kind"]), row["lexware_id"])


_ACTIONS = {"accept": "accept", "send_again": "send again"}
