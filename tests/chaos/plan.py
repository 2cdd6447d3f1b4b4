"""What to run: for how long, from which seed, how dense."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.chaos import cables, database, messages, processes, remote
from tests.chaos.nemesis import Fault
from tests.chaos.pace import QUIET_SECONDS, SWEEP_SECONDS

#: Between two faults of a lane, on average: the relay gets no rest, but time to do something.
_PAUSE_SECONDS = {"processes": 6.0, "stores": 6.0, "remote": 2.5, "cables": 5.0}


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run."""

    minutes: float
    seed: int
    practices: int
    lag_seconds: float | None
    documents_per_second: float

    @property
    def swept(self) -> bool:
        """Whether there is time for what only the safety net heals, which looks once a minute."""
        return self.minutes >= 1

    @property
    def lanes(self) -> dict[str, Sequence[Fault]]:
        """The faults by kind; one of each kind may be under way at a time."""
        swept = database.HEALED_BY_SWEEP if self.swept else ()
        return {
            "processes": processes.FAULTS,
            "stores": (*database.FAULTS, *messages.FAULTS, *swept),
            "remote": remote.FAULTS,
            "cables": cables.FAULTS,
        }

    @property
    def pause_seconds(self) -> dict[str, float]:
        """Between two faults of a lane, on average; a short run is a dense one."""
        share = 0.4 if self.minutes < 1 else 1.0
        return {lane: share * seconds for lane, seconds in _PAUSE_SECONDS.items()}

    @property
    def quiet_seconds(self) -> float:
        """Within this all is settled after the last fault."""
        return QUIET_SECONDS + (SWEEP_SECONDS if self.swept else 0)
