"""Which rows of a table run in the default suite, which are proofs (`-m proof`), and which take too long even for these (`-m long`)."""

from collections.abc import Iterable
from typing import Any

import pytest
from _pytest.mark import ParameterSet


def a_few_of(rows: Iterable[Any], *, every: int = 12) -> list[ParameterSet]:
    """Each row as a parameter with its name: the first, and one in so many, for every run, the rest as proofs.

    A tuple fills as many parameters, a `pytest.param` keeps its id. A few rows show that the way is open, all of them are
    a proof.
    """
    named = [row if isinstance(row, ParameterSet) else _named(row) for row in rows]
    return [row if place % every == 0 else _marked(row, pytest.mark.proof) for place, row in enumerate(named)]


def proofs_of(rows: Iterable[ParameterSet], *, every: int) -> list[ParameterSet]:
    """Each row as a parameter: the first, and one in so many, as a proof, the rest for a command of its own."""
    return [_marked(row, pytest.mark.long if place % every else pytest.mark.proof) for place, row in enumerate(rows)]


def _named(row: Any) -> ParameterSet:
    values = row if isinstance(row, tuple) else (row,)
    return pytest.param(*values, id="-".join(map(_name, values)))


def _name(value: Any) -> str:
    """The same in every process: a row's or a function's own name, not where it lies in memory."""
    return str(getattr(value, "name", getattr(value, "__name__", value)))


def _marked(row: ParameterSet, mark: pytest.MarkDecorator) -> ParameterSet:
    return pytest.param(*row.values, id=row.id, marks=[*row.marks, mark])
