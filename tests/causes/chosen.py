"""Which rows of a table run in the default suite; the others are proofs (`pytest -m proof`)."""

from collections.abc import Iterable
from typing import TypeVar

import pytest
from _pytest.mark import ParameterSet

Row = TypeVar("Row")

#: Each row is lived through from the failure to the repair: a few show that the way is open, all of them are a proof.
_EVERY = 12


def a_few_of(rows: Iterable[Row]) -> list[ParameterSet]:
    """Every row as a parameter with its name as id: one in twelve for every run, the rest as proofs."""
    return [
        pytest.param(row, id=str(row), marks=[] if place % _EVERY == 0 else [pytest.mark.proof])
        for place, row in enumerate(rows)
    ]
