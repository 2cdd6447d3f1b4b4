"""The state of things in one sentence: what stops the transfer or needs a human, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from outbox.figures import Figures
from worker.messages import Lang, Sentence
from worker.messages import status as words
from worker.messages.status import Code
from worker.practice.standing import lacking

_SHOWN_PRACTICES = 5


@dataclass(frozen=True, slots=True)
class Condition:
    """One clause of the sentence, with its facts."""

    code: Code
    count: int | None = None
    since: datetime | None = None
    practice_ids: tuple[int, ...] = ()

    def clause(self) -> Sentence:
        """In words."""
        more = " …" if len(self.practice_ids) > _SHOWN_PRACTICES else ""
        some = ", ".join(map(str, self.practice_ids[:_SHOWN_PRACTICES])) + more
        return words.STATE[self.code](count=self.count, since=self.since, practices=some)

    def to_json(self) -> dict[str, Any]:
        """As `status --json` has it under `state`."""
        return {"code": self.code, "count": self.count, "since": self.since, "practice_ids": list(self.practice_ids)}


@dataclass(frozen=True, slots=True)
class State:
    """All that is to be said now; nothing, when everything is delivered."""

    conditions: tuple[Condition, ...]

    def sentence(self, lang: Lang) -> str:
        """One sentence."""
        clauses = [each.clause() for each in self.conditions] or [words.ALL_WELL()]
        said = reduce(lambda first, then: words.AND_THEN(first=first, then=then), clauses).said_in(lang)
        return f"{said[0].upper()}{said[1:]}."

    def to_json(self, lang: Lang) -> dict[str, Any]:
        """As `status --json` has it."""
        return {"sentence": self.sentence(lang), "conditions": [each.to_json() for each in self.conditions]}


def state(now: Figures) -> State:
    """What these figures say."""
    return State(tuple(_conditions(now)))


def _conditions(now: Figures) -> Iterator[Condition]:
    if now.silent_since:
        yield Condition("lexware_silent", since=now.silent_since)
    for code, _ in lacking(now):
        yield Condition(code, since=now.last_round_at)
    if paused := tuple(row["practice_id"] for row in now.practices if row["connection"] == "paused"):
        yield Condition("practices_paused", len(paused), practice_ids=paused)
    counted: tuple[tuple[Code, int], ...] = (
        ("dead_letters", now.events["dead"]),
        ("in_doubt", now.events["in_doubt"]),
        ("pending", sum(now.events[standing] for standing in ("pending", "in_flight", "blocked"))),
        ("held", now.events["held"]),
    )
    yield from (Condition(code, count) for code, count in counted if count)
