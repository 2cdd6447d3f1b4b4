"""Replays that go on while their operator looks at something else, and what is to be said once on the next page.

Both live in this process: whoever ends it stops the replays, and what was not replayed yet stays dead, as after Ctrl-C.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from worker.messages import Sentence

T = TypeVar("T")
_MANY = 500


@dataclass(slots=True)
class Job:
    """One replay; `tally` counts its results once it is over."""

    count: int
    group: str | None
    canaries: int | None
    settled: int = 0
    tally: dict[str, int] = field(default_factory=dict)
    went: bool = True
    problem: Sentence | None = None
    over: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """The replays of this process, and the sentences that wait for their page; the oldest are forgotten."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._said: OrderedDict[str, Sequence[Sentence]] = OrderedDict()

    def start(self, job: Job, work: Callable[[Job], None]) -> str:
        """Do it in a thread of its own; its name."""
        name = self._keep(self._jobs, job)
        threading.Thread(target=work, args=(job,), name=f"replay-{name}", daemon=True).start()
        return name

    def find(self, name: str) -> Job | None:
        """A replay of this process by its name."""
        return self._jobs.get(name)

    def leave_word(self, said: Sequence[Sentence]) -> str:
        """Keep sentences for the next page; the word that it asks for them with."""
        return self._keep(self._said, said)

    def word(self, name: str) -> Sequence[Sentence]:
        """What was left for a page; said once."""
        with self._lock:
            return self._said.pop(name, ())

    def _keep(self, kept: OrderedDict[str, T], one: T) -> str:
        name = secrets.token_urlsafe(9)
        with self._lock:
            kept[name] = one
            while len(kept) > _MANY:
                kept.popitem(last=False)
        return name
