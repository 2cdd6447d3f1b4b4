"""What pages that refresh themselves share: how long an answer is kept, and for whom."""

import threading
from itertools import count

from polling import until

from worker.console.shared import Shared


class Time:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """What time it is."""
        return self.now


def test_an_answer_is_kept_a_hundred_times_as_long_as_it_took() -> None:
    """So finding it takes a hundredth of the time at most, whatever it costs."""
    time, numbers = Time(), count(1)

    def slow() -> int:
        time.now += 0.5
        return next(numbers)

    shared = Shared(time)
    seen = []
    for _ in range(102):
        seen.append(shared.get("morning", slow, is_live=True).answer)
        time.now += 0.5

    assert seen == [1] * 100 + [2] * 2


def test_whoever_loads_a_page_sees_what_is_new() -> None:
    """Only a page that refreshes itself takes what was found before; it gets what others have found since."""
    time, numbers = Time(), count(1)
    shared = Shared(time)

    def get(what: str = "morning", *, is_live: bool) -> int:
        time.now += 1
        return shared.get(what, lambda: [next(numbers), setattr(time, "now", time.now + 1)][0], is_live=is_live).answer

    assert [get(is_live=False), get(is_live=False), get(is_live=True), get("system", is_live=True)] == [1, 2, 2, 3]


def test_those_who_ask_together_are_answered_together() -> None:
    """Whoever came while an answer was being found takes the next one, and only one of them finds it."""
    found, go, answers, times = count(1), threading.Event(), [], []

    def clock() -> float:
        times.append(len(times))
        return float(len(times))

    def find() -> int:
        number = next(found)
        go.wait(10)
        return number

    shared = Shared(clock)
    askers = [
        threading.Thread(target=lambda: answers.append(shared.get("morning", find, is_live=False).answer))
        for _ in range(8)
    ]
    askers[0].start()
    until(lambda: len(times) == 2)  # it has asked, and begun
    for asker in askers[1:]:
        asker.start()
    until(lambda: len(times) == 9)  # the others have asked
    go.set()
    for asker in askers:
        asker.join()

    assert sorted(answers) == [1] + [2] * 7
