"""Everything at one moment: the tables, Lexware, Redis, two worker processes, and the faults still to come."""

from dataclasses import dataclass, field, replace
from itertools import count
from typing import NamedTuple

from model.delivery import Story
from model.lexware import Lexware
from model.rules import Rules
from model.tables import Event, Tables
from model.talk import Heard


class Budget(NamedTuple):
    """How many faults of each kind are still to come."""

    crashes: int = 0
    freezes: int = 0
    lost_sessions: int = 0
    """The session of a frozen process ends: its lock is free, and it may thaw nevertheless."""
    copies: int = 0
    """A message is taken a second time, at any later moment."""
    late: int = 0
    """A message is not taken in time, perhaps never."""
    mishaps: int = 0
    """A POST comes to something else than `created`, or a GET is not answered."""

    def less(self, kind: str) -> "Budget":
        """One fewer."""
        return self._replace(**{kind: getattr(self, kind) - 1})


class Message(NamedTuple):
    """What Redis holds."""

    event_id: int
    epoch: int


@dataclass(frozen=True, slots=True)
class Process:
    """A worker process with one thread, and the delivery it is at."""

    process_id: int
    story: Story | None = None
    fence: int | None = None
    clock: float = 0
    """Seconds since the delivery began; a process that is not frozen needs none."""
    inbox: Heard | None = None
    frozen: bool = False
    healthy: bool = True
    """It was not frozen during this delivery."""

    def rests(self) -> "Process":
        """Without a delivery."""
        return Process(self.process_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything."""

    tables: Tables
    lexware: Lexware = field(default_factory=Lexware)
    messages: frozenset[Message] = frozenset()
    """Those in Redis: taken before any time passes."""
    old_messages: frozenset[Message] = frozenset()
    """Copies and late ones: taken at any time, or never. Those of earlier hand-outs are all alike: epoch 0."""
    processes: tuple[Process, Process] = (Process(1), Process(2))
    budget: Budget = field(default_factory=Budget)
    wrong: str | None = None
    """What happened that must not."""

    @property
    def living(self) -> frozenset[int]:
        """Processes whose session holds its lock."""
        return frozenset(process.process_id for process in self.processes)

    @property
    def next_process_id(self) -> int:
        """One that nothing remembers."""
        workers = {event.worker for event in self.tables.events} | {intent.worker for intent in self.tables.intents}
        return next(number for number in count(1) if number not in workers | self.living)

    @property
    def settled(self) -> bool:
        """Nothing is due but what waits for a human behind a dead letter, and nobody is at it."""
        idle = all(process.story is None or process.frozen for process in self.processes)
        return idle and all(event.settled or self._waits_for_a_human(event) for event in self.tables.events)

    def _waits_for_a_human(self, event: Event) -> bool:
        in_the_way = {event.original_id, *(i.event_id for i in self.tables.intents if i.open and i.effect == "contact")}
        dead = {other.event_id for other in self.tables.events if other.state == "dead"}
        return event.lease_left is None and bool(dead & in_the_way - {event.event_id})

    def put(self, place: int, process: Process) -> "World":
        """With this process in that place."""
        first, second = self.processes
        return replace(self, processes=(process, second) if place == 0 else (first, process))

    def spend(self, kind: str) -> "World":
        """With one fault fewer to come."""
        return replace(self, budget=self.budget.less(kind))

    def after(self, seconds: float, rules: Rules) -> "World":
        """The same, later; who is frozen has missed it."""
        longest = rules.pace.window_seconds + 1
        first, second = (
            process if process.story is None else replace(process, clock=min(longest, process.clock + seconds))
            for process in self.processes
        )
        tables, lexware = self.tables.after(seconds, rules.pace), self.lexware.after(seconds)
        return replace(self, tables=tables, lexware=lexware, processes=(first, second))
