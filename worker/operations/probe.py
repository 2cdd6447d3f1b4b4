"""How Lexware's answers have changed since the last time: fields that are new, gone or of another type, and new words.

Holds names of fields and words of Lexware, no values; needs no person and shows none.
"""

from dataclasses import dataclass, field
from typing import Any

from psycopg.types.json import Jsonb

from outbox.db import Connection
from outbox.ids import PracticeId
from outbox.sql import query
from worker.lexware.api.client import Lexware
from worker.lexware.api.shape import Shape
from worker.lexware.explain import explained
from worker.lexware.probe import KNOWN_STATUSES, NEEDED, answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is different in one answer; `lacking` are fields that lexrelay cannot do without."""

    answer: str
    refused: int | None = None
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    new_words: list[dict[str, Any]] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        """All is as it was."""
        return not (self.refused or self.new or self.gone or self.changed or self.new_words or self.lacking)

    def to_json(self) -> dict[str, Any]:
        """As `probe --json` has it."""
        return {name: getattr(self, name) for name in Change.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One probe of a practice; `is_first`: there was nothing to compare it with but what lexrelay needs."""

    practice_id: int
    is_first: bool
    answers: list[Change]

    @property
    def is_bad(self) -> bool:
        """Something that was there is gone, of another type, or refused; what is new harms nobody."""
        return any(one.gone or one.changed or one.lacking or one.refused == 403 for one in self.answers)

    def to_json(self) -> dict[str, Any]:
        """As `probe --json` has it."""
        return {
            "practice_id": self.practice_id,
            "first": self.is_first,
            "ok": not self.is_bad,
            "answers": [one.to_json() for one in self.answers],
        }


def probe(connection: Connection, lexware: Lexware, practice_id: PracticeId) -> Probe:
    """Ask, compare with the last time, and keep the shapes for the next. Raises Declined when Lexware does not answer."""
    of = {"practice_id": practice_id}
    known = {row["answer"]: row["shape"] for row in connection.execute(query("probe.shapes"), of)}
    linked = connection.execute(query("probe.examples"), of).fetchone() or {}
    with explained():
        seen = list(answers(lexware, linked.get("invoice"), linked.get("credit_note")))
    changes = []
    for answer, shape in seen:
        if isinstance(shape, int):
            expected = answer == "payments" and shape == 406  # a draft has none
            changes.append(Change(answer=answer, refused=None if expected else shape))
            continue
        changes.append(_compared(answer, shape, known.get(answer)))
        kept = {"types": shape.types, "words": _merged(shape.words, (known.get(answer) or {}).get("words", {}))}
        connection.execute(query("probe.keep"), of | {"answer": answer, "shape": Jsonb(kept)})
    return Probe(practice_id=practice_id, is_first=not known, answers=changes)


def _compared(answer: str, shape: Shape, known: dict[str, Any] | None) -> Change:
    lacking = [path for path in NEEDED.get(answer, ()) if path not in shape.types and not _is_empty(path, shape)]
    words = (known or {}).get("words", {})
    new_words = [
        {"field": path, "words": sorted(fresh)}
        for path, seen in shape.words.items()
        if (fresh := set(seen) - set(words.get(path, ())) - KNOWN_STATUSES) and (known or "voucherStatus" in path)
    ]
    if known is None:
        return Change(answer=answer, lacking=lacking, new_words=new_words)
    was = known["types"]
    return Change(
        answer=answer,
        new=sorted(shape.types.keys() - was.keys()),
        gone=sorted(path for path in was.keys() - shape.types.keys() if not _is_empty(path, shape)),
        changed=[
            {"field": path, "was": was[path], "is": seen}
            for path, seen in shape.types.items()
            if path in was and not set(seen) - {"null"} <= set(was[path]) | {"null"} and set(was[path]) != {"null"}
        ],
        new_words=new_words,
        lacking=lacking,
    )


def _is_empty(path: str, shape: Shape) -> bool:
    """The list that a field stands in is empty this time, or an object above it is absent as a whole."""
    parts = path.split("[]")
    return any("[]".join(parts[:place]) in shape.types for place in range(1, len(parts)))


def _merged(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
    return {path: sorted({*one.get(path, ()), *other.get(path, ())}) for path in one.keys() | other.keys()}
