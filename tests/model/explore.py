"""Every world that can be reached, by every way; and the way to one that must not be."""

from collections import deque
from dataclasses import dataclass, field

from model.delivery import taken_away
from model.invariants import ENDLESS, wrongs
from model.steps import Model
from model.world import World

NEVER_ENDS = "it never ends"


@dataclass
class Explored:
    """What was found."""

    worlds: int = 0
    settled: list[World] = field(default_factory=list)
    wrong: str | None = None
    way: list[str] = field(default_factory=list)
    """From the start to what is wrong, step by step."""

    @property
    def ends(self) -> set[tuple[tuple[str, str | None], ...]]:
        """State and reason of every event, in every settled world."""
        return {tuple((event.state, event.reason) for event in world.tables.events) for world in self.settled}


def explore(model: Model, start: World, *, looking_for: str | None = None) -> Explored:
    """Go every way there is, until something is wrong, or this one thing.

    A world from which no faultless way leads to an end is wrong, too.
    """
    with taken_away():
        return _Exploration(model, looking_for).run(start)


class _Exploration:
    def __init__(self, model: Model, looking_for: str | None) -> None:
        self._model, self._looking_for = model, looking_for
        self._came_by: dict[World, tuple[World, str] | None] = {}
        self._faultless_from: dict[World, list[World]] = {}
        self._settled: list[World] = []

    def run(self, start: World) -> Explored:
        waiting = deque([start])
        self._came_by[start] = None
        while waiting:
            world = waiting.popleft()
            found = wrongs(world)
            if found and self._looking_for in (None, *found):
                return self._wrong(self._looking_for or found[0], world)
            if world.settled:
                self._settled.append(world)
            if ENDLESS in found:
                continue
            for step in self._model.steps(world):
                if step.world not in self._came_by:
                    self._came_by[step.world] = world, step.name
                    waiting.append(step.world)
                if not step.fault:
                    self._faultless_from.setdefault(step.world, []).append(world)
        stuck = self._came_by.keys() - self._ending()
        if stuck and self._looking_for in (None, NEVER_ENDS):
            return self._wrong(NEVER_ENDS, min(stuck, key=lambda world: len(self._way(world))))
        return Explored(len(self._came_by), self._settled)

    def _ending(self) -> set[World]:
        """The worlds from which an end can be reached without any further fault."""
        ending, waiting = set(self._settled), list(self._settled)
        while waiting:
            for before in self._faultless_from.get(waiting.pop(), ()):
                if before not in ending:
                    ending.add(before)
                    waiting.append(before)
        return ending

    def _wrong(self, what: str, world: World) -> Explored:
        return Explored(len(self._came_by), self._settled, what, self._way(world))

    def _way(self, world: World) -> list[str]:
        names = []
        while (came := self._came_by[world]) is not None:
            world, name = came
            names.append(name)
        return names[::-1]
