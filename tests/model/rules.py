"""The pace, and the guards that stand in SQL, each by the name under which a test takes it away."""

from dataclasses import dataclass
from typing import Literal

from outbox.pace import Pace

Guard = Literal[
    "epoch", "one begin", "one in flight", "original first", "contact first", "intent's fence", "one open intent",
    "nothing known", "settlement's fence", "answer without fence", "settle time", "second absence", "sender alive",
    "open intents seen", "look again", "unbegun come back", "orphans come back", "expired come back", "deadline",
]  # fmt: skip

#: Whole numbers, so that equal situations are equal states; three counted tries.
PACE = Pace(rate_per_second=1, lease_seconds=45, retry_delays=(30, 120, 600))


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds in one model."""

    without: frozenset[Guard] = frozenset()
    pace: Pace = PACE

    def guard(self, name: Guard, *, holds: bool) -> bool:
        """Whether the guard lets it pass, or is not there."""
        return holds or name in self.without

    def has(self, name: Guard) -> bool:
        """Whether the guard is there."""
        return name not in self.without
