"""Waiting for what will be true in a moment, without guessing how long it takes on this machine."""

import os
import time
from collections.abc import Callable

PATIENCE_VARIABLE = "LEXRELAY_TEST_PATIENCE_SECONDS"
#: Far more than anything needs on an idle machine: how fast a machine is decides no test.
PATIENCE_SECONDS = float(os.environ.get(PATIENCE_VARIABLE, "300"))


def until(condition: Callable[[], object], *, seconds: float = PATIENCE_SECONDS, every: float = 0.02) -> None:
    """Return as soon as the condition holds. Raises AssertionError when it does not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(every)
