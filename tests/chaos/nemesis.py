"""Draws faults from a seeded schedule, several at a time, and keeps the log of what struck whom, and when.

Each lane draws from its own kind of faults with its own generator, so that the sequence of a seed stays the same
however long a fault takes. A fault is a context manager: it breaks something, says for how long, and mends it.
"""

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from tests.chaos.town import Database, Town


class NotNow(Exception):
    """There is nothing to strike at the moment."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Whom a fault strikes (None: everybody), and for how many seconds."""

    seconds: float = 0.0
    practices: frozenset[int] | None = None
    kills: int = 0


Fault = Callable[[Town, random.Random], AbstractContextManager[Aim]]


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault that has struck; it was over at `ended`."""

    kind: str
    began: datetime
    ended: datetime
    practices: frozenset[int] | None
    kills: int


class Nemesis:
    """Strikes from `start` to `stop`, which returns when everything is mended."""

    def __init__(
        self, town: Town, seed: int, lanes: dict[str, Sequence[Fault]], pause_seconds: dict[str, float]
    ) -> None:
        self._town = town
        self._over = threading.Event()
        self.strikes: list[Strike] = []
        self.failures: list[str] = []
        self._threads = [
            threading.Thread(
                target=self._strike_on,
                args=(random.Random(f"{seed} {lane}"), faults, pause_seconds[lane]),
                name=lane,
                daemon=True,
            )
            for lane, faults in lanes.items()
        ]

    def start(self) -> None:
        """Let loose."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Mend, and return when all is mended."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _strike_on(self, rng: random.Random, faults: Sequence[Fault], pause_seconds: float) -> None:
        while not self._over.wait(rng.expovariate(1 / pause_seconds)):
            fault = rng.choice(faults)
            # Each strike gets a generator of its own: what it draws does not move the schedule.
            self._strike(fault, random.Random(rng.getrandbits(64)))

    def _strike(self, fault: Fault, rng: random.Random) -> None:
        began = datetime.now(UTC)
        try:
            with fault(self._town, rng) as aim:
                self._over.wait(aim.seconds)
        except NotNow:
            return
        except Exception as error:  # noqa: BLE001 (a nemesis that dies would make a soak look good)
            self.failures.append(f"{_name(fault)}: {type(error).__name__}: {error}")
            return
        self.strikes.append(Strike(_name(fault), began, datetime.now(UTC), aim.practices, aim.kills))


@contextmanager
def database_of(town: Town) -> Iterator[Database]:
    """For faults that need the database to be there, with a place for them. Raises NotNow."""
    try:
        db = town.database()
    except psycopg.OperationalError:
        raise NotNow from None
    with db:
        yield db


def _name(fault: Fault) -> str:
    return getattr(fault, "__name__", type(fault).__name__)
