"""The practice's own numbers: circles of numbers that count up, and what is missing in them. Pure.

A number is what stands before its counting digits, these digits, and what follows them: `RE-2026-0042`, `0042/2026`, `42`.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

Taken = Callable[[Sequence[str]], Collection[str]]
"""Which of these numbers the practice has given to any document, of whatever month and status."""

_DIGITS = re.compile(r"\d{1,18}", re.ASCII)
#: More numbers missing in a row than this are named by the first and the last one.
_LONGEST_NAMED = 50
#: Numbers of a gap that are looked for one by one; a longer gap is taken as it is.
_LONGEST_LOOKED_FOR = 5000
#: A circle of which fewer than this share is there does not count up: it is made of times or by chance.
_DENSE, SURELY = 0.1, 1000


class Circle(NamedTuple):
    """The parts of a number that stay the same."""

    before: str
    after: str


@dataclass(slots=True)
class Counted:
    """The counting parts of one circle, and with how many digits each was written."""

    digits: dict[int, int] = field(default_factory=dict)

    def counts_up(self) -> bool:
        """Whether a number that is missing means anything."""
        span = max(self.digits) - min(self.digits) + 1
        return span <= SURELY or len(self.digits) >= span * _DENSE


def split(number: str, year: int) -> tuple[Circle, str] | None:
    """The circle of a number and its counting digits: the last ones that are not the year; None when it has none."""
    runs = list(_DIGITS.finditer(number))
    years = _years(year)
    run = next((run for run in reversed(runs) if run[0] not in years), runs[-1] if runs else None)
    if run is None:
        return None
    return Circle(number[: run.start()], number[run.end() :]), run[0]


@cache
def _years(year: int) -> frozenset[str]:
    """How the year of a document may be written in its number, and its neighbours'."""
    return frozenset((str(year), f"{year % 100:02d}", str(year - 1), str(year + 1)))


def missing(circles: Mapping[Circle, Counted], taken: Taken) -> list[str]:
    """The numbers that are missing between the lowest and the highest of each circle that counts up.

    Of many in a row the first and the last, as `RE-0007 … RE-0999`.
    """
    found: list[str] = []
    for circle, counted in sorted(circles.items()):
        if counted.counts_up():
            for lower, upper in pairwise(sorted(counted.digits)):
                if upper > lower + 1:
                    found += _between(circle, range(lower + 1, upper), counted.digits[lower], taken)
    return found


def _between(circle: Circle, numbers: range, width: int, taken: Taken) -> list[str]:
    """What is missing among these; a gap too long to be looked through is named by its ends."""

    def written(number: int) -> str:
        return f"{circle.before}{number:0{width}d}{circle.after}"

    if len(numbers) > _LONGEST_LOOKED_FOR:
        return [_from_to(written(numbers[0]), written(numbers[-1]))]
    there = set(taken([written(number) for number in numbers]))
    runs: list[list[str]] = [[]]
    for number in numbers:
        if (name := written(number)) in there:
            runs.append([])
        else:
            runs[-1].append(name)
    return [name for run in runs for name in (run if len(run) <= _LONGEST_NAMED else [_from_to(run[0], run[-1])])]


def _from_to(first: str, last: str) -> str:
    return f"{first} … {last}"
