"""The request log: every API call in the order it arrived, and how dense the arrivals were.

Keys stand in it as fingerprints only. The oldest entries give way when it is full; arrivals are counted for ever.
"""

from array import array
from collections import deque
from dataclasses import dataclass, field, fields
from typing import Any

from worker.lab.sandbox.rules.berlin import now
from worker.lab.sandbox.wire import Json

_KEPT = 100_000


@dataclass(slots=True, kw_only=True)
class Arrival:
    """One arrival; what is known only later is filled in while the call goes on."""

    number: int
    arrived: float
    """Monotonic seconds of the server."""
    at: str
    """Wall clock, ISO 8601, UTC."""
    organisation: str | None
    key: str | None
    method: str
    path: str
    query: dict[str, str]
    body: Any = None
    unknown_fields: list[str] = field(default_factory=list)
    fault: str | None = None
    status: int | None = None
    """None while it is worked on, or when no answer was given."""
    answered: float | None = None
    committed_id: str | None = None


def arrival_json(arrival: Arrival) -> Json:
    """An arrival as the control side shows it."""
    return {entry.name: getattr(arrival, entry.name) for entry in fields(Arrival)}


class Traffic:
    """All calls to the API; those to `/_sandbox/` are not its business."""

    def __init__(self) -> None:
        self._calls: deque[Arrival] = deque(maxlen=_KEPT)
        self._arrivals: dict[str | None, array[float]] = {}
        self._count = 0

    def arrived(
        self,
        moment: float,
        *,
        organisation: str | None,
        key: str | None,
        method: str,
        path: str,
        query: dict[str, str],
    ) -> Arrival:
        """Record a call before anything else is done with it."""
        self._count += 1
        self._arrivals.setdefault(organisation, array("d")).append(moment)
        arrival = Arrival(
            number=self._count,
            arrived=moment,
            at=now().isoformat(),
            organisation=organisation,
            key=key,
            method=method,
            path=path,
            query=query,
        )
        self._calls.append(arrival)
        return arrival

    def calls(self, organisation: str | None, since: int) -> list[Arrival]:
        """Calls after number `since`, oldest first; of one organisation or of all."""
        return [it for it in self._calls if it.number > since and organisation in (None, it.organisation)]

    def densest_second(self, organisation: str) -> int:
        """The most calls of an organisation that arrived within any second."""
        return densest(self._arrivals.get(organisation, array("d")), 1.0)

    @property
    def count(self) -> int:
        """How many calls ever arrived."""
        return self._count


def densest(moments: "array[float]", window_seconds: float) -> int:
    """The most of these ascending moments that lie less than a window apart."""
    most = first = 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= window_seconds:
            first += 1
        most = max(most, last - first + 1)
    return most
