"""Which rows of a table run in the default suite; the others are proofs (`pytest -m proof`)."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from _pytest.mark import ParameterSet


def a_few_of(rows: Iterable[Any], *, every: int = 12, ids: Callable[[Any], str] = str) -> list[ParameterSet]:
    """Each row as a parameter with its name: the first, and one in so many, for every run, the rest as proofs.

    A tuple fills as many parameters, a `pytest.param` keeps its id. A few rows show that the way is open, all of them are
    a proof.
    """
    named = [_named(row, ids) for row in rows]
    return [row if place % every == 0 else _as_proof(row) for place, row in enumerate(named)]


def _named(row: Any, ids: Callable[[Any], str]) -> ParameterSet:
    if isinstance(row, ParameterSet):
        return row
    return pytest.param(*(row if isinstance(row, tuple) else (row,)), id=ids(row))


def _as_proof(row: ParameterSet) -> ParameterSet:
    return pytest.param(*row.values, id=row.id, marks=[*row.marks, pytest.mark.proof])
