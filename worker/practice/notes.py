"""Exemption notes in words of the practice's own: found in its documents, shown, and confirmed once.

What is confirmed is kept as a keyed hash, so no text of a document lies in a table of ours. A wording in which the checks
of health data find something is neither shown nor can it be confirmed.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import psycopg

from outbox import actions, dead_letters
from outbox.db import Connection, Row
from outbox.replay import replay
from outbox.sql import query
from worker.lexware.host_data import is_of_data
from worker.lexware.translate import fold, notes
from worker.lexware.translate.host_texts import HostText
from worker.lexware.translate.privacy import is_secret
from worker.messages import Declined, Sentence
from worker.messages import notes as words
from worker.practice import practices

#: More wordings than a human would read are no wordings: something of each document stands in them.
MOST_SHOWN = 20
_MOST_READ = 2000
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Wording:
    """A note that is made of more than usual words; `event_ids` are the dead letters that wait for it."""

    text: str
    fingerprint: str
    documents: int
    event_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The wordings that may go over from now on, and the dead letters that are on their way again."""

    wordings: list[Wording]
    event_ids: list[int]


def confirm_found(connection: Connection, practice_id: int, *, by: str) -> list[Sentence]:
    """With the switch-on: show and confirm the wordings of the practice's documents, in the transaction of the caller.

    A host whose select fails has none; the rehearsal tells it why.
    """
    found = _unconfirmed(connection, practice_id, _read(connection, "note.of_documents", practice_id))
    shown, more = found[:MOST_SHOWN], len(found) - MOST_SHOWN
    _keep(connection, practice_id, shown, by=by)
    connection.execute(query("note.looked_through"), {"practice_id": practice_id})
    said = [words.CONFIRMED_WITH_THIS(), *map(said_of, shown)] if shown else []
    return [*said, *([words.TOO_MANY(count=more)] if more > 0 else [])]


def adopt(connection: Connection) -> int:
    """Confirm what has gone over already for practices that were switched on before anybody asked. Safe to call twice."""
    count = 0
    with connection.transaction():
        for row in connection.execute(query("note.never_looked_through")).fetchall():
            practice_id = row["practice_id"]
            found = _unconfirmed(connection, practice_id, _read(connection, "note.of_delivered", practice_id))
            _keep(connection, practice_id, found, by="migrate")
            connection.execute(query("note.looked_through"), {"practice_id": practice_id})
            count += len(found)
    return count


def waiting(connection: Connection, practice_id: int) -> list[Wording]:
    """The wordings that dead letters wait for, those that may be confirmed; the one with most letters first.

    Raises Declined when the host has no such practice.
    """
    practices.require(connection, practice_id)
    rows = connection.execute(query("note.of_waiting"), {"practice_id": practice_id}).fetchall()
    by_print: dict[str, tuple[Row, list[int]]] = {}
    for row in filter(_may_be_confirmed, rows):
        by_print.setdefault(_fingerprint(row, practice_id), (row, []))[1].append(row["event_id"])
    found = [
        Wording(_text(row), fingerprint, len(event_ids), tuple(event_ids))
        for fingerprint, (row, event_ids) in by_print.items()
    ]
    return sorted(found, key=lambda one: -one.documents)


def confirm(
    connection: Connection,
    practice_id: int,
    event_ids: Sequence[int],
    *,
    seen: str | None = None,
    by: str,
    why: str | None,
) -> Confirmed:
    """Confirm the wordings of these dead letters, and send all on their way that wait for one of them: one commit.

    Raises Declined when one of them waits for no wording, or for another than the one that was `seen` (its fingerprint; None: any). Called
    twice, the second changes nothing and says so.
    """
    with practices.changing(connection, practice_id):
        wordings = waiting(connection, practice_id)
        known = {event_id for one in wordings for event_id in one.event_ids}
        if strangers := sorted(set(event_ids) - known):
            raise Declined(words.NOT_WAITING(events=strangers))
        chosen = [one for one in wordings if set(one.event_ids) & set(event_ids)]
        if seen is not None and [one.fingerprint for one in chosen] != [seen]:
            raise Declined(words.ANOTHER_NOW())
        _keep(connection, practice_id, chosen, by=by)
        detail = {"wordings": [one.fingerprint for one in chosen], "events": sorted(set(event_ids))}
        actions.record(connection, "practice.confirm_note", by=by, why=why, practice_id=practice_id, detail=detail)
        letters = dead_letters.named(connection, [each for one in chosen for each in one.event_ids])
        back = replay(connection, letters, by=by, why=why)
    return Confirmed(chosen, sorted(back))


def said_of(wording: Wording) -> Sentence:
    """The wording, for people."""
    return words.WORDING(text=wording.text, documents=wording.documents)


def _read(connection: Connection, name: str, practice_id: int) -> list[Row]:
    with suppress(_OfTheHost), connection.transaction():
        try:
            return connection.execute(query(name), {"practice_id": practice_id, "limit": _MOST_READ}).fetchall()
        except psycopg.DatabaseError as error:
            if is_of_data(error):
                raise _OfTheHost from None
            raise
    return []


class _OfTheHost(Exception):
    """The host's select fails."""


def _unconfirmed(connection: Connection, practice_id: int, rows: Iterable[Row]) -> list[Wording]:
    of = {"practice_id": practice_id}
    known = {row["fingerprint"] for row in connection.execute(query("note.confirmed"), of)}
    found: dict[str, Wording] = {}
    for row in filter(_may_be_confirmed, rows):
        fingerprint = _fingerprint(row, practice_id)
        before = found.get(fingerprint)
        if fingerprint not in known:
            count = row["documents"] + (before.documents if before else 0)
            found[fingerprint] = Wording(before.text if before else _text(row), fingerprint, count)
    return list(found.values())


def _may_be_confirmed(row: Row) -> bool:
    note = row["note"]
    return not notes.is_usual(note) and not is_secret(HostText(notes.FIELD, note, "prose", leaves=True, limit=None))


def _keep(connection: Connection, practice_id: int, wordings: Iterable[Wording], *, by: str) -> None:
    for one in wordings:
        of = {"practice_id": practice_id, "fingerprint": one.fingerprint, "by": by}
        connection.execute(query("note.confirm"), of)


def _fingerprint(row: Row, practice_id: int) -> str:
    return notes.fingerprint(row["note"], practice_id, row["salt"])


def _text(row: Row) -> str:
    text = fold.line(row["note"]) or ""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
