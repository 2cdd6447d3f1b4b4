"""Waiting for what will be true in a moment, without guessing how long it takes."""

import time
from collections.abc import Callable


def eventually(claim: Callable[[], object], *, within_seconds: float = 10.0) -> None:
    """Return as soon as the claim holds; fail when it does not in time."""
    deadline = time.monotonic() + within_seconds
    while not claim():
        assert time.monotonic() < deadline, f"not within {within_seconds} seconds"
        time.sleep(0.02)
