"""What a delivery asks of PostgreSQL and of Lexware, and what it is told; all of it fit to be a part of a state."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb


class Record(tuple[tuple[str, Any], ...]):  # noqa: SLOT001 (its hash is kept beside it)
    """A mapping that can be a part of a state: its items, in order."""

    @cached_property
    def _hash(self) -> int:
        return super().__hash__()

    def __hash__(self) -> int:
        return self._hash

    def __getitem__(self, name: Any) -> Any:
        return next(value for key, value in self if key == name)


class Statement(NamedTuple):
    """A query by name, with its values."""

    name: str
    values: Record


class Commit(NamedTuple):
    """Statements that PostgreSQL carries out together."""

    statements: tuple[Statement, ...]


class Gate(NamedTuple):
    """The connection stands: the last look at the clock before the first byte."""

    path: str


class Send(NamedTuple):
    """The bytes of a POST leave."""

    path: str
    body: str


class Receive(NamedTuple):
    """The answer to a POST arrives, or nothing does."""

    path: str


class Get(NamedTuple):
    """A call that changes nothing, and its answer."""

    target: str


Request = Commit | Gate | Send | Receive | Get


class Heard(NamedTuple):
    """An answer from Lexware; None in its place: nothing was heard."""

    status: int
    body: str = ""


class Reply(NamedTuple):
    """What came back, and when, in seconds since this delivery began."""

    at: float
    value: Any


def record(values: Mapping[str, Any]) -> Record:
    """A mapping as a part of a state."""
    return Record(sorted((name, frozen(each)) for name, each in values.items()))


def frozen(value: Any) -> Any:
    """The same as a part of a state; a mapping becomes a Record."""
    match value:
        case Mapping():
            return record(value)
        case list():
            return tuple(map(frozen, value))
        case Jsonb(obj=inner):
            return frozen(inner)
        case _:
            return value


def thawed(value: Any) -> Any:
    """The same as psycopg would give it."""
    match value:
        case Record():
            return {name: thawed(each) for name, each in value}
        case tuple():
            return [thawed(each) for each in value]
        case _:
            return value
