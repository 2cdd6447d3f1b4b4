"""G1, G2: PostgreSQL and Redis fail over for real while documents are delivered; nothing is lost, nothing comes twice."""

from collections.abc import Callable

import pytest

from tests.failover.__main__ import SORTS
from tests.failover.scene import Passage


@pytest.mark.proof
@pytest.mark.parametrize("fail_over", SORTS.values(), ids=SORTS)
def test_a_failover_loses_and_doubles_nothing(fail_over: Callable[[], Passage]) -> None:
    """By the journal of the simulated Lexware. The gap is far below what a person would notice in their documents."""
    seen = fail_over()

    assert (seen.lost, seen.twice, seen.held) == (0, 0, True)
    assert seen.silence < 30
