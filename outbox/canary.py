"""A few first: the canaries of a replay, and waiting until each of them has come to its end."""

import time
from collections import Counter
from collections.abc import Callable, Sequence

from outbox.db import Connection
from outbox.dead_letters import DeadLetter, states
from outbox.ids import EventId
from outbox.pace import Pace

_LOOK_AGAIN_SECONDS = 0.2
_PATIENCE_SECONDS = 60.0

Tell = Callable[[int, int], None]
"""Told how many are settled, of how many: first that none is, then whenever that changes."""


def choose(letters: Sequence[DeadLetter], count: int) -> list[DeadLetter]:
    """The first `count`, one of each practice before a second of any."""
    seen: Counter[int] = Counter()
    ranked = []
    for place, letter in enumerate(letters):
        ranked.append((seen[letter.practice_id], place, letter))
        seen[letter.practice_id] += 1
    return [letter for _, _, letter in sorted(ranked, key=lambda one: one[:2])[:count]]


def patience_seconds(pace: Pace) -> float:
    """How long canaries may take: twice what proving an absence and sending again needs, or a minute."""
    return max(_PATIENCE_SECONDS, 2 * (pace.settle_seconds + pace.second_look_seconds + pace.http_timeout_seconds))


def watch(connection: Connection, event_ids: Sequence[EventId], *, seconds: float, tell: Tell) -> dict[EventId, str]:
    """The states of these events once none is pending, or one is dead, or the time is up."""
    deadline, told = time.monotonic() + seconds, 0
    tell(told, len(event_ids))
    while True:
        now = {EventId(event_id): str(row["state"]) for event_id, row in states(connection, event_ids).items()}
        settled = sum(state != "pending" for state in now.values())
        if settled != told:
            tell(settled, len(now))
            told = settled
        if settled == len(now) or "dead" in now.values() or time.monotonic() > deadline:
            return now
        time.sleep(_LOOK_AGAIN_SECONDS)
