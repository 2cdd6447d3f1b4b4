"""Everything that can happen next: what poller, workers, Redis, Lexware and time do, and what goes wrong.

Time passes only when nobody who is not frozen has anything to do: a process that is slow is one that is frozen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from model import poller
from model.delivery import beginning
from model.invariants import broken_rule
from model.lexware import CREATED, OUTCOMES
from model.postgres import commit
from model.rules import Rules
from model.talk import Commit, Gate, Get, Receive, Reply, Send
from model.world import Message, Process, World
from outbox.pace import HOLD_SECONDS


class Step(NamedTuple):
    """Something that can happen, and the world after it. A fault need not: nor a thaw, nor a late message."""

    name: str
    world: World
    fault: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """How a world goes on."""

    rules: Rules = field(default_factory=Rules)
    latest_seconds: float = 0
    """How long after its bytes have left a POST may still be carried out, or be missing in the list."""
    late_bytes: Literal["never", "with a session", "without"] = "never"
    """Whether a process can be frozen between its last look at the clock and its bytes, and lose its session too."""

    def steps(self, world: World) -> Iterator[Step]:
        """Everything that can happen next."""
        polled = list(self._poll(world))
        yield from polled
        yield from self._take(world)
        for place, process in enumerate(world.processes):
            if process.story is not None:
                yield from self._go_on(world, place)
                yield from self._strike(world, place)
        for place, (made, _) in enumerate(world.lexware.coming):
            yield Step(f"Lexware: {made.path} is seen", replace(world, lexware=world.lexware.land(place)))
        at_work = any(process.story and not process.frozen for process in world.processes)
        if not (polled or at_work or world.messages or any(left <= 0 for _, left in world.lexware.coming)):
            yield from self._wait(world)

    # The poller, and what becomes of its messages

    def _poll(self, world: World) -> Iterator[Step]:
        for event in world.tables.events:
            if poller.may_hand_out(self.rules, world.tables, event):
                handed = poller.hand_out(event)
                message = Message(handed.event_id, handed.epoch)
                earlier = frozenset(
                    m if m.event_id != event.event_id else m._replace(epoch=0) for m in world.old_messages
                )
                after = replace(world, tables=world.tables.put_event(handed), old_messages=earlier)
                name = f"poller: event {event.event_id} is handed out, epoch {handed.epoch}"
                yield Step(name, replace(after, messages=world.messages | {message}))
                if world.budget.late:
                    after = replace(after, old_messages=earlier | {message})
                    yield Step(f"{name}; its message is late", after.spend("late"), fault=True)
            freed = poller.take_back(self.rules, world.tables, event, world.living)
            if freed is not None:
                yield Step(f"poller: event {event.event_id} is taken back", replace(world, tables=freed))

    def _take(self, world: World) -> Iterator[Step]:
        place = next((p for p, process in enumerate(world.processes) if process.story is None), None)
        if place is None:
            return
        for message in world.messages | world.old_messages:
            fresh, old = world.messages - {message}, world.old_messages - {message}
            name = f"{_letter(place)}: takes the message of event {message.event_id}, epoch {message.epoch}"
            begun = self._begin(replace(world, messages=fresh, old_messages=old), place, message)
            yield Step(name, begun, fault=message not in world.messages)
            if world.budget.copies:
                copied = replace(world, messages=fresh, old_messages=old | {message}).spend("copies")
                yield Step(f"{name}; a copy stays", self._begin(copied, place, message), fault=True)

    def _begin(self, world: World, place: int, message: Message) -> World:
        story = beginning(self.rules.pace, message.event_id, message.epoch)
        taken = world.put(place, replace(world.processes[place], story=story))
        return next(self._go_on(taken, place)).world

    # The workers

    def _go_on(self, world: World, place: int) -> Iterator[Step]:
        process, letter = world.processes[place], _letter(place)
        if process.frozen:
            yield Step(f"{letter}: thaws", world.put(place, replace(process, frozen=False)), fault=True)
            return
        assert process.story is not None
        match process.story.request:
            case Commit() as request:
                yield self._commit(world, place, request)
            case Gate(path=path):
                at = process.clock if self.rules.has("deadline") else 0
                yield Step(f"{letter}: POST {path} may leave?", _replied(world, place, None, at=at))
            case Send() as request:
                yield from self._send(world, place, request)
            case Receive():
                heard = process.inbox.status if process.inbox else "nothing"
                yield Step(f"{letter}: hears {heard}", _replied(world, place, process.inbox))
                if process.clock > 0:
                    yield Step(f"{letter}: has no time left to hear {heard}", _replied(world, place, None))
            case Get(target=target):
                name = f"{letter}: GET {target.partition('?')[0]}"
                yield Step(name, _replied(world, place, world.lexware.get(target)))
                if world.budget.mishaps:
                    yield Step(f"{name}: no answer", _replied(world.spend("mishaps"), place, None), fault=True)

    def _commit(self, world: World, place: int, request: Commit) -> Step:
        process, names = world.processes[place], [statement.name for statement in request.statements]
        tables, rows = commit(self.rules, world.tables, request.statements, process.process_id, world.living)
        after = replace(world, tables=tables, wrong=broken_rule(world.tables, tables, request, rows))
        if "ledger.begin" in names and rows[0]:
            after = after.put(place, replace(process, fence=rows[0][0]["fence"]))
        return Step(f"{_letter(place)}: {', '.join(names)}", _replied(after, place, rows))

    def _send(self, world: World, place: int, request: Send) -> Iterator[Step]:
        process = world.processes[place]
        licensed = any(i.open and i.fence == process.fence for i in world.tables.intents)
        world = replace(world, wrong=None if licensed else "a POST without an open intent")
        for outcome in OUTCOMES if world.budget.mishaps else (CREATED,):
            lexware, heard = world.lexware.post(request.path, request.body, outcome, self.latest_seconds)
            after = replace(world if outcome is CREATED else world.spend("mishaps"), lexware=lexware)
            after = after.put(place, replace(process, inbox=heard))
            name = f"{_letter(place)}: POST {request.path}: {outcome.name}"
            yield Step(name, _replied(after, place, None), fault=outcome is not CREATED)

    def _strike(self, world: World, place: int) -> Iterator[Step]:
        process, budget, letter = world.processes[place], world.budget, _letter(place)
        if budget.crashes and not _only_reads(process):
            dead = world.spend("crashes").put(place, Process(world.next_process_id))
            yield Step(f"{letter}: dies", dead, fault=True)
        past_the_gate = process.story is not None and isinstance(process.story.request, Send)
        if budget.freezes and not process.frozen and not (past_the_gate and self.late_bytes == "never"):
            stopped = world.spend("freezes").put(place, replace(process, frozen=True, healthy=False))
            yield Step(f"{letter}: freezes", stopped, fault=True)
        if budget.lost_sessions and process.frozen and not (past_the_gate and self.late_bytes != "without"):
            alone = world.spend("lost_sessions").put(place, replace(process, process_id=world.next_process_id))
            yield Step(f"{letter}: loses its session", alone, fault=True)

    # Time

    def _wait(self, world: World) -> Iterator[Step]:
        seconds = min(self._moments(world), default=None)
        if seconds is not None:
            yield Step(f"{seconds:g} s pass", world.after(seconds, self.rules))

    def _moments(self, world: World) -> list[float]:
        """When something will be otherwise, in seconds from now."""
        tables, window = world.tables, self.rules.pace.window_seconds
        moments = [tables.cool_for, *(left for _, left in world.lexware.coming)]
        for event in tables.events:
            moments += [event.due_in or 0, event.lease_left or 0]
            moments += [HOLD_SECONDS - event.handed_age] if event.handed_age is not None and not event.begun else []
        moments += [window - intent.age for intent in tables.intents if intent.open]
        return [moment for moment in moments if moment > 0]


def _replied(world: World, place: int, value: object, *, at: float | None = None) -> World:
    """The world in which a delivery has its reply; without it, if there is nothing more it would ask."""
    process = world.processes[place]
    assert process.story is not None
    story = process.story.then(Reply(process.clock if at is None else at, value))
    return world.put(place, process.rests() if story.request is None else replace(process, story=story))


def _only_reads(process: Process) -> bool:
    """Its next step leaves no trace: to die before it is to die after it."""
    match process.story and process.story.request:
        case Get():
            return True
        case Commit(statements=statements):
            return all(s.name.startswith("reading.") or s.name == "ledger.inspect_intent" for s in statements)
        case _:
            return False


def _letter(place: int) -> str:
    return "AB"[place]
