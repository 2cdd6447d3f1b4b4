"""Calls that come together are made together: by one of their threads, for all of them, while the others wait.

Whoever comes first leads: a group of one, at once. What comes while its call is made waits, and the first of those leads
the next group, of all that have come together by then. So nobody waits for company. Sorts of calls that share a lock take
turns on it: the fewer statements at a time, the larger the groups.

Guarantees: an answer is found by the key of its caller, never by its place; no two calls with one key are in a group;
whoever gets no answer from a group, because it failed, left it out, or lost its leader, makes its call alone, in its own
thread, in nobody's way, and with its own error.
"""

import threading
from collections import deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_LARGEST = 64


class _Member(Generic[Argument, Result]):
    """A call that waits, or is being made."""

    __slots__ = ("answers", "argument", "key", "leads", "turn")

    def __init__(self, argument: Argument, key: Hashable) -> None:
        self.argument, self.key, self.leads = argument, key, False
        self.answers: list[Result] = []
        self.turn = threading.Lock()
        self.turn.acquire()


class GroupCall(Generic[Argument, Result]):
    """One sort of call, shared by the threads of a process: `call(argument)` returns its result, or raises its error.

    `together` makes the calls of a group, soon or not at all: it gives the results it has by key, or raises, with the
    effect of none of them. `alone` makes one call, however long it takes; after a group whose end is unknown it may be
    made a second time.
    """

    def __init__(
        self,
        together: Callable[[Sequence[Argument]], Mapping[Hashable, Result]],
        alone: Callable[[Argument], Result],
        key: Callable[[Argument], Hashable],
        largest: int = _LARGEST,
        lock: AbstractContextManager[object] | None = None,
    ) -> None:
        self._together, self._alone, self._key, self._largest = together, alone, key, largest
        self._mutex, self._lock = threading.Lock(), lock or threading.Lock()
        self._waiting: deque[_Member[Argument, Result]] = deque()
        self._led = False

    def __call__(self, argument: Argument) -> Result:
        """Make the call, together with those that are waiting."""
        member = _Member[Argument, Result](argument, self._key(argument))
        self._join(member)
        member.turn.acquire()
        if member.leads:
            self._lead(member)
        return member.answers[0] if member.answers else self._alone(argument)

    def _join(self, member: _Member[Argument, Result]) -> None:
        """Lead at once when nobody does, else wait."""
        with self._mutex:
            if self._led:
                self._waiting.append(member)
                return
            self._led = member.leads = True
        member.turn.release()

    def _lead(self, leader: _Member[Argument, Result]) -> None:
        """Make the calls of all that wait; whatever happens, the next leader and the others go on."""
        group = [leader]
        try:
            with self._lock:
                group = self._gather(leader)
                results = self._together([member.argument for member in group])
            for member in group:
                if member.key in results:
                    member.answers.append(results[member.key])
        except Exception:  # noqa: BLE001, S110 (whose error it is shows when each goes alone)
            pass
        finally:
            self._hand_over()
            for member in group[1:]:
                member.turn.release()

    def _gather(self, leader: _Member[Argument, Result]) -> list[_Member[Argument, Result]]:
        """The leader, and who waits: as many as fit, each key once, in the order of their coming."""
        group, later = {leader.key: leader}, deque[_Member[Argument, Result]]()
        with self._mutex:
            for member in self._waiting:
                if len(group) < self._largest and member.key not in group:
                    group[member.key] = member
                else:
                    later.append(member)
            self._waiting = later
        return list(group.values())

    def _hand_over(self) -> None:
        with self._mutex:
            heir = self._waiting.popleft() if self._waiting else None
            self._led = heir is not None
        if heir is not None:
            heir.leads = True
            heir.turn.release()
