"""Calls made together: everybody gets an answer, and it is his own."""

import threading
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outbox.group import GroupCall

_PATIENCE_SECONDS = 10


class Gate:
    """A call that a test holds back until others have come."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.alone: list[int] = []
        self._reached, self._go_on = threading.Event(), threading.Event()
        self.together: Callable[[Sequence[int]], Mapping[Hashable, int]] = lambda many: {n: -n for n in many}
        self.call = GroupCall(self._group, self._one, key=abs)

    def _group(self, many: Sequence[int]) -> Mapping[Hashable, int]:
        if list(many) == [0]:
            self._reached.set()
            assert self._go_on.wait(_PATIENCE_SECONDS)
            return {0: 0}
        self.groups.append(list(many))
        return self.together(many)

    def _one(self, number: int) -> int:
        self.alone.append(number)
        return -number

    def meet(self, *numbers: int) -> list["Future[int]"]:
        """Let these calls come, in this order, while the first, 0, is being made."""
        first = _start(self.call, 0)
        assert self._reached.wait(_PATIENCE_SECONDS)
        others = []
        for count, number in enumerate(numbers, 1):
            others.append(_start(self.call, number))
            until = time.monotonic() + _PATIENCE_SECONDS
            while len(self.call._waiting) < count and time.monotonic() < until:
                time.sleep(0.001)
        self._go_on.set()
        assert first.result(_PATIENCE_SECONDS) == 0
        return others


def _start(call: Callable[[Any], int], argument: object) -> "Future[int]":
    """Make a call in a thread that nobody waits for in the end, should it hang."""
    made: Future[int] = Future()

    def run() -> None:
        try:
            made.set_result(call(argument))
        except BaseException as error:  # noqa: BLE001 (the test looks at it)
            made.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return made


def _results(calls: Sequence["Future[int]"]) -> list[int]:
    return [call.result(_PATIENCE_SECONDS) for call in calls]


def test_what_comes_together_is_made_together() -> None:
    """One call at once, the others while it is made: two statements."""
    gate = Gate()

    assert _results(gate.meet(1, 2, 3)) == [-1, -2, -3]
    assert gate.groups == [[1, 2, 3]]
    assert gate.alone == []


def test_an_answer_is_found_by_its_key() -> None:
    """In whatever order the answers come."""
    gate = Gate()
    gate.together = lambda many: {n: -n for n in reversed(many)}

    assert _results(gate.meet(1, 2, 3)) == [-1, -2, -3]


def test_two_calls_with_one_key_are_not_in_one_group() -> None:
    """One message that was doubled: only one of the two may get the claim."""
    gate = Gate()

    assert _results(gate.meet(1, -1, 2)) == [-1, 1, -2]
    assert gate.groups == [[1, 2], [-1]]


def test_whom_the_group_left_out_goes_alone() -> None:
    """Its row could not be written with the others."""
    gate = Gate()
    gate.together = lambda many: {n: -n for n in many if n != 2}

    assert _results(gate.meet(1, 2, 3)) == [-1, -2, -3]
    assert gate.alone == [2]


def test_a_group_that_fails_is_made_one_by_one() -> None:
    """A bad row disturbs nobody but its own caller."""
    gate = Gate()

    def fail(_many: Sequence[int]) -> Mapping[Hashable, int]:
        raise ValueError

    gate.together = fail

    assert _results(gate.meet(1, 2, 3)) == [-1, -2, -3]
    assert sorted(gate.alone) == [1, 2, 3]


def test_a_leader_that_dies_leaves_nobody_waiting() -> None:
    """Its thread was ended in the middle of the statement: the others go on, and so do those that come later."""
    gate = Gate()

    def die(_many: Sequence[int]) -> Mapping[Hashable, int]:
        raise SystemExit

    gate.together = die
    leader, *others = gate.meet(1, 2, 3)

    with pytest.raises(SystemExit):
        leader.result(_PATIENCE_SECONDS)
    assert _results(others) == [-2, -3]
    gate.together = lambda many: {n: -n for n in many}
    assert gate.call(4) == -4


def test_a_call_that_takes_long_is_in_nobodys_way() -> None:
    """Its group gives up soon; then it waits alone, and the others are made meanwhile."""
    go_on = threading.Event()

    def together(many: Sequence[int]) -> Mapping[Hashable, int]:
        if 1 in many:
            raise TimeoutError
        return {n: -n for n in many}

    def alone(number: int) -> int:
        assert number != 1 or go_on.wait(_PATIENCE_SECONDS)
        return -number

    call: GroupCall[int, int] = GroupCall(together, alone, key=abs)
    slow = _start(call, 1)
    assert _start(call, 2).result(_PATIENCE_SECONDS) == -2
    go_on.set()
    assert slow.result(_PATIENCE_SECONDS) == -1


def test_an_error_of_a_lonely_call_is_its_own() -> None:
    """And the next call is led again."""

    def refuse(number: int) -> int:
        raise ValueError(number)

    call: GroupCall[int, int] = GroupCall(lambda _many: {}, refuse, key=abs)
    for number in (1, 2):
        with pytest.raises(ValueError, match=str(number)):
            call(number)


def test_a_group_has_its_limit() -> None:
    """What does not fit is the next group's."""
    gate = Gate()
    gate.call = GroupCall(gate._group, gate._one, key=abs, largest=2)

    assert _results(gate.meet(1, 2, 3, 4, 5)) == [-1, -2, -3, -4, -5]
    assert [len(group) for group in gate.groups] == [2, 2, 1]


@settings(max_examples=25, deadline=None)
@given(
    calls=st.lists(st.integers(min_value=0, max_value=40), min_size=1, max_size=60),
    bad=st.sets(st.integers(min_value=0, max_value=40), max_size=4),
    largest=st.integers(min_value=1, max_value=8),
)
def test_each_gets_its_own_and_once(calls: list[int], bad: set[int], largest: int) -> None:
    """Many threads at once: no answer of another, no key twice in a group, one group at a time, each effect once."""
    mutex, effects, at_once = threading.Lock(), dict.fromkeys(range(len(calls)), 0), []

    def together(many: Sequence[tuple[int, int]]) -> Mapping[Hashable, int]:
        at_once.append(len(many))
        assert len(at_once) == 1
        keys = [key for _, key in many]
        assert len(set(keys)) == len(keys) <= largest
        try:
            if bad & set(keys):
                raise ValueError
            with mutex:
                for caller, _ in many:
                    effects[caller] += 1
            return {key: 1000 * key + caller for caller, key in many}
        finally:
            at_once.pop()

    def alone(one: tuple[int, int]) -> int:
        caller, key = one
        if key in bad:
            raise KeyError(key)
        with mutex:
            effects[caller] += 1
        return 1000 * key + caller

    call = GroupCall(together, alone, key=lambda one: one[1], largest=largest)
    made = [_start(call, (caller, key)) for caller, key in enumerate(calls)]
    for caller, (key, each) in enumerate(zip(calls, made, strict=True)):
        if key in bad:
            with pytest.raises(KeyError):
                each.result(_PATIENCE_SECONDS)
        else:
            assert each.result(_PATIENCE_SECONDS) == 1000 * key + caller
    assert effects == {caller: int(key not in bad) for caller, key in enumerate(calls)}
