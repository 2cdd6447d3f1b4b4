"""The morning of whoever runs lexrelay: one sentence, what needs a human, and the figures. Reads only; no person."""

from collections.abc import Sequence
from dataclasses import dataclass

from outbox.db import Connection, Row
from outbox.dead_letters import Filter
from worker.messages import Sentence
from worker.messages import console_operator as words
from worker.operations import dead_letters, drafts, status
from worker.operations.alarms import Limits, ringing
from worker.operations.checks.finding import Finding
from worker.operations.dead_letters import Group
from worker.operations.status import Overview

#: Dead letters are told by their causes.
_LIMITS = Limits(dead_minutes=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """How things stand, the causes of dead letters, and the alarms that ring."""

    overview: Overview
    groups: Sequence[Group]
    alarms: Sequence[Finding]
    waiting: dict[str, int]
    """What is not in Lexware as it was sent, by the names of `drafts --json`; only what there is."""

    @property
    def held(self) -> list[Row]:
        """The practices that are paused, or whose documents are held."""
        return [row for row in self.overview.figures.practices if status.held_by(row)]

    @property
    def dead(self) -> int:
        """How many letters are dead."""
        return sum(group.count for group in self.groups)

    @property
    def is_well(self) -> bool:
        """No human is needed."""
        return not (self.dead or self.alarms or self.overview.figures.events["in_doubt"])

    def sentence(self) -> Sentence:
        """All of it in one: the worst first."""
        events = self.overview.figures.events
        moving = events["pending"] + events["in_flight"] + events["blocked"]
        if self.dead:
            return words.MORNING_DEAD(count=self.dead, causes=len(self.groups))
        if self.alarms:
            return words.MORNING_ALARM(alarms=len(self.alarms))
        if events["in_doubt"]:
            return words.MORNING_DOUBT(count=events["in_doubt"])
        return words.MORNING_MOVING(count=moving) if moving else words.MORNING_WELL(count=events["delivered"])


def read(connection: Connection, app_url: str) -> Morning:
    """As things stand now."""
    overview = status.read(connection)
    rung = [finding for finding in ringing(connection, _LIMITS, overview.figures) if finding.level != "ok"]
    return Morning(
        waiting=_waiting(connection, app_url),
        overview=overview,
        groups=dead_letters.groups(connection, Filter()),
        alarms=rung,
    )


def _waiting(connection: Connection, app_url: str) -> dict[str, int]:
    """What was noticed in Lexware, counted; drafts that only wait to be finalised are left out."""
    there = drafts.read(connection, app_url, older_than_days=None)
    return {name: len(getattr(there, name)) for name in drafts.Waiting.__slots__ if getattr(there, name)}
