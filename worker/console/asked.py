"""What a handler is given, and what it may answer: a page, or another page to go to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from outbox.db import Connection
from worker.config import Config
from worker.console.forms import Fields
from worker.console.jobs import Jobs
from worker.console.shared import Shared
from worker.console.visitor import Visitor
from worker.messages import Lang, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, taken apart. `places` are the numbers in its path, by name; `is_live`: an open page refreshes itself;
    `is_sent_elsewhere`: another site has sent the browser here.
    """

    connection: Connection
    config: Config
    jobs: Jobs
    shared: Shared
    visitor: Visitor
    lang: Lang
    path: str
    is_live: bool
    is_sent_elsewhere: bool
    places: Mapping[str, int]
    query: Fields
    form: Fields

    @property
    def practice_id(self) -> int:
        """The practice whose page it is."""
        return self.places["practice"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered; what was said, and what did not work, stands at its top."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    said: Sequence[Sentence] = ()
    problem: Sentence | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """The page to show after a change, with what is to be said there once."""

    to: str
    said: Sequence[Sentence] = ()


@dataclass(frozen=True, slots=True)
class File:
    """Something to keep, under a name."""

    content: bytes
    kind: str
    name: str


Answer = Page | Moved | File
