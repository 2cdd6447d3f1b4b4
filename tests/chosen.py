"""Which rows of a table run in the default suite; the others are proofs (`pytest -m proof`)."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from _pytest.mark import ParameterSet


def a_few_of(rows: Iterable[Any], *, every: int = 12, ids: Callable[[Any], str] = str) -> list[ParameterSet]:
    """Every row as a parameter with its name: the first, and one in so many, for every run, the rest as proofs.

    A tuple fills as many parameters. A few rows show that the way is open, all of them are a proof.
    """
    return [
        pytest.param(
            *(row if isinstance(row, tuple) else (row,)),
            id=ids(row),
            marks=[] if place % every == 0 else [pytest.mark.proof],
        )
        for place, row in enumerate(rows)
    ]
