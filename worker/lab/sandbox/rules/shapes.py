"""Where a body departs from its documented shape, and how; the shapes themselves are in `schema`."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeAlias, Union

Leaf = Literal["text", "number", "whole", "flag", "any"]
Shape: TypeAlias = Union[Leaf, dict[str, "Shape"], list["Shape"]]  # noqa: UP007 - recursive, and Python is 3.11


_LARGEST = 10**12
"""No number of a document comes near it; beyond, arithmetic would take for ever."""


class Departure(NamedTuple):
    """A place where a body is not as documented: a field nobody knows, or a value of another type."""

    path: str
    unknown: bool


def departures(value: Any, shape: Shape, path: str = "") -> Iterator[Departure]:
    """Walk a body along its shape. `null` fits everywhere: it means "not given"."""
    if value is None or shape == "any":
        return
    if isinstance(shape, str):
        if not _fits(value, shape):
            yield Departure(path, unknown=False)
    elif isinstance(shape, list):
        yield from _in_list(value, shape[0], path)
    else:
        yield from _in_object(value, shape, path)


def _in_list(value: Any, shape: Shape, path: str) -> Iterator[Departure]:
    if not isinstance(value, list):
        yield Departure(path, unknown=False)
        return
    for position, entry in enumerate(value):
        if entry is None:
            yield Departure(f"{path}[{position}]", unknown=False)
        yield from departures(entry, shape, f"{path}[{position}]")


def _in_object(value: Any, shape: dict[str, Shape], path: str) -> Iterator[Departure]:
    if not isinstance(value, dict):
        yield Departure(path, unknown=False)
        return
    for name, entry in value.items():
        where = f"{path}.{name}" if path else name
        if name in shape:
            yield from departures(entry, shape[name], where)
        else:
            yield Departure(where, unknown=True)


def _fits(value: Any, leaf: str) -> bool:
    if leaf == "text":
        return isinstance(value, str)
    if leaf == "flag" or isinstance(value, bool):
        return leaf == "flag" and isinstance(value, bool)
    is_number = isinstance(value, int) or (leaf == "number" and isinstance(value, Decimal))
    return is_number and bool(abs(value) < _LARGEST)
