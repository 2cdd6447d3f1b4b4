"""The two ways out of the dead letters: replay, a fresh start, and discard, the end. Both are recorded (G8).

Guarantee: only letters as they were read are changed; one that another operator has replayed or closed meanwhile, or
that has died again since, stays what it is. Replay deletes nothing and forgets nothing (R8): intents stay, and those
that were ever in doubt are looked for before anything is sent. Knows nothing of documents or Lexware.
"""

from collections.abc import Callable, Collection
from typing import Literal
from uuid import UUID

from outbox import actions
from outbox.db import Connection, Row
from outbox.dead_letters import DeadLetter
from outbox.ids import EventId
from outbox.sql import query

Plan = Literal["send", "look_first", "wait", "human"]
#: What is known to be there already must never be sent again; a contact that is there twice is no document.
NEVER_AGAIN = frozenset({"duplicate_found"})
Link = Callable[[Connection], None]


def plan_of(letter: DeadLetter) -> Plan:
    """What a replay would do, as far as the ledger knows: the worst obstacle first."""
    if may_not(letter):
        return "human"
    if letter.doubted:
        return "look_first"
    return "wait" if letter.held or letter.blocked else "send"


def may_not(letter: DeadLetter) -> bool:
    """True when a replay is refused: it is there already, or somebody may still be sending it."""
    return (letter.reason in NEVER_AGAIN and not letter.about_contact) or letter.frozen_sender is not None


def replay(
    connection: Connection, letters: Collection[DeadLetter], *, by: str, why: str | None, unlinked: bool = False
) -> set[EventId]:
    """Back to pending, all of them in one commit; returns those that changed. Called twice, the second changes nothing."""
    allowed = [letter for letter in letters if not may_not(letter)]
    with connection.transaction():
        rows = connection.execute(query("replay.replay"), _named(allowed) | {"unlinked": unlinked}).fetchall()
        for row in rows:
            was = {key: row[key] for key in ("reason", "group", "http_status", "detail") if row[key]}
            _record(connection, "replay", row, by=by, why=why, detail=was | ({"unlinked": True} if unlinked else {}))
        connection.execute(query("poller.wake"))
    return {row["event_id"] for row in rows}


def discard(connection: Connection, letters: Collection[DeadLetter], *, by: str, why: str) -> set[EventId]:
    """Close dead letters, all in one commit; returns those that were still dead.

    An open intent stays open: it holds no other event back any more, and still forbids a second POST.
    """
    with connection.transaction():
        return _close(connection, letters, by=by, why=why, by_hand=None)


def discard_as(connection: Connection, letter: DeadLetter, remote_id: UUID, link: Link, *, by: str, why: str) -> bool:
    """Close a dead letter whose document is `remote_id` over there; `link` keeps that, in the same commit.

    Its open intent is resolved with it. False: it was not dead any more, and nothing has changed.
    """
    with connection.transaction():
        if not _close(connection, [letter], by=by, why=why, by_hand=remote_id):
            return False
        connection.execute(query("replay.resolve_intent"), {"event_id": letter.event_id, "remote_id": remote_id})
        link(connection)
        return True


def _close(
    connection: Connection, letters: Collection[DeadLetter], *, by: str, why: str, by_hand: UUID | None
) -> set[EventId]:
    rows = connection.execute(query("replay.discard"), _named(letters) | {"by_hand": by_hand}).fetchall()
    for row in rows:
        stated = {"by_hand": str(by_hand)} if by_hand else {}
        _record(connection, "discard", row, by=by, why=why, detail={"reason": row["reason"]} | stated)
    connection.execute(query("poller.wake"))
    return {row["event_id"] for row in rows}


def _named(letters: Collection[DeadLetter]) -> Row:
    return {"event_ids": [one.event_id for one in letters], "died_at": [one.died_at for one in letters]}


def _record(connection: Connection, action: str, row: Row, *, by: str, why: str | None, detail: Row) -> None:
    event = {"practice_id": row["practice_id"], "event_id": row["event_id"]}
    actions.record(connection, action, by=by, why=why, detail=detail, **event)
