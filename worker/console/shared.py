"""One answer for all who have a page open, so that pages which ask again and again take little of the database.

Guarantee: finding such answers takes at most a hundredth of the time, however many pages are open and however slow the
database is. Whoever loads a page anew gets an answer that was begun after they asked.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

T = TypeVar("T")
#: An answer is kept for so many times as long as it took to find.
_TIMES = 100


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """An answer, and of when it is; `begun` and `until` are of the clock that decides how long it is kept."""

    answer: T
    at: datetime
    begun: float
    until: float


class Shared:
    """The latest answers of this process, by what was asked. They are the same for everybody who may ask."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._found: dict[str, Found[Any]] = {}

    def get(self, what: str, find: Callable[[], T], *, is_live: bool) -> Found[T]:
        """The answer. One asker finds it while others wait; a page that refreshes itself (`is_live`) takes a kept one."""
        asked = self._clock()
        with self._lock:
            turn = self._turns.setdefault(what, threading.Lock())
        with turn:
            kept = self._found.get(what)
            if kept and (kept.begun >= asked or (is_live and asked < kept.until)):
                return kept
            begun, at = self._clock(), datetime.now(UTC)
            answer, ended = find(), self._clock()
            found = Found(answer, at, begun, ended + _TIMES * (ended - begun))
            self._found[what] = found
            return found
