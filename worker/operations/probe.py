"""How Lexware's answers have changed since the last time, asked for now; and whether it is asked every week.

Holds names of fields and words of Lexware, no values; needs no person and shows none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb

from outbox import actions, jobs
from outbox.db import Connection
from outbox.ids import PracticeId
from outbox.sql import query
from worker.lexware.api.client import Lexware
from worker.lexware.explain import explained
from worker.lexware.probe import asked, shape
from worker.lexware.shapes import Change, compared, kept, refused
from worker.messages import Declined, Sentence
from worker.messages import connect as connect_words
from worker.messages import probe as words
from worker.practice import practices


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One probe of a practice; `is_first`: there was nothing to compare it with but what lexrelay needs."""

    practice_id: int
    is_first: bool
    answers: list[Change]

    @property
    def is_bad(self) -> bool:
        """An answer has become worse."""
        return any(one.is_bad for one in self.answers)

    def to_json(self) -> dict[str, Any]:
        """As `probe --json` has it."""
        return {
            "practice_id": self.practice_id,
            "first": self.is_first,
            "ok": not self.is_bad,
            "answers": [one.to_json() for one in self.answers],
        }


def probe(connection: Connection, lexware: Lexware, practice_id: PracticeId) -> Probe:
    """Ask, compare with the last time, and take what is there now as known. Raises Declined when Lexware does not answer."""
    of = {"practice_id": practice_id}
    known = {row["answer"]: row["shape"] for row in connection.execute(query("probe.shapes"), of)}
    examples = connection.execute(query("probe.examples"), of).fetchone() or {}
    with explained():
        seen = [(answer, shape(lexware, answer, example)) for answer, example in asked(examples)]
    changes = []
    for answer, found in seen:
        if isinstance(found, int):
            changes.append(refused(answer, found))
            connection.execute(query("probe.known"), of | {"answer": answer})
            continue
        changes.append(compared(answer, found, known.get(answer)))
        keeps = of | {"answer": answer, "shape": Jsonb(kept(found, known.get(answer)))}
        connection.execute(query("probe.keep"), keeps)
    return Probe(practice_id=practice_id, is_first=not known, answers=changes)


def switch_weekly(connection: Connection, practice_id: int, *, on: bool, by: str, why: str | None) -> None:
    """Have the daemon probe the practice's Lexware every week, or no longer. Twice the same: nothing changes, it is recorded.

    Raises Declined for a practice that is unknown or was never connected.
    """
    practices.find(connection, practice_id)
    with connection.transaction():
        if not jobs.switch(connection, PracticeId(practice_id), "probe", on=on):
            raise Declined(connect_words.NOT_CONNECTED(practice=practice_id))
        actions.record(connection, "probe.weekly", by=by, why=why, practice_id=practice_id, detail={"on": on})


def told(one: Change) -> Iterator[Sentence]:
    """What is different in one answer, a sentence each."""
    of = {"answer": one.answer}
    if one.is_quiet:
        yield words.AS_IT_WAS(**of)
    if one.refused:
        yield words.REFUSED(status=one.refused, **of)
    for text, fields in ((words.NEW, one.new), (words.GONE, one.gone), (words.LACKING, one.lacking)):
        if fields:
            yield text(fields=fields, **of)
    for change in one.changed:
        yield words.CHANGED(field=change["field"], was=change["was"], now=change["is"], **of)
    for change in one.new_words:
        yield words.WORDS(field=change["field"], words=change["words"], **of)
