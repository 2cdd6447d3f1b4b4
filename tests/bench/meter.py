"""CPU of whole process trees, those counted too that came and went meanwhile."""

from collections.abc import Mapping

import psutil


def cpu_seconds(root: int) -> float:
    """What a process and all its descendants have used so far; ended ones are in their parent's account."""
    return sum(sum(process.cpu_times()[:4]) for process in family(root))


def family(root: int) -> list[psutil.Process]:
    """A process and its living descendants."""
    first = psutil.Process(root)
    return [first, *first.children(recursive=True)]


class Meter:
    """How much CPU each role has used since it was made; a role is one or more process trees."""

    def __init__(self, roles: Mapping[str, list[int]]) -> None:
        self._roles = roles
        self._before, self._all_before = self._read(), _busy_seconds()

    def used_seconds(self) -> dict[str, float]:
        """CPU seconds of each role; "others" is all else on this machine: large, and the figures are worth little."""
        everybody = _busy_seconds() - self._all_before
        used = {role: now - self._before[role] for role, now in self._read().items()}
        return used | {"others": max(0.0, everybody - sum(used.values()))}

    def _read(self) -> dict[str, float]:
        return {role: sum(cpu_seconds(root) for root in roots) for role, roots in self._roles.items()}


def _busy_seconds() -> float:
    """CPU seconds of the whole machine that were not idle, stolen ones included."""
    times = psutil.cpu_times()
    return sum(times[:-2]) - times.idle - times.iowait  # the last two are guests', counted in user time already
