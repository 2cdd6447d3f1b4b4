"""Which rows of the tables of causes run in the default suite; the others are proofs (`pytest -m proof`)."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

import pytest
from _pytest.mark import ParameterSet

Row = TypeVar("Row")


def one_of_each(rows: Iterable[Row], kind: Callable[[Row], Hashable]) -> list[ParameterSet]:
    """Every row as a parameter with its name as id: the first of its kind for every run, the rest as proofs."""
    seen: set[Hashable] = set()
    parameters = []
    for row in rows:
        marks = [pytest.mark.proof] if kind(row) in seen else []
        parameters.append(pytest.param(row, id=str(row), marks=marks))
        seen.add(kind(row))
    return parameters
