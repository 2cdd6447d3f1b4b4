"""What a call of a witness is, and one that the real Lexware refuses."""

from collections.abc import Callable, Iterator
from typing import Any

Calls = Iterator[tuple[str, Callable[[], Any]]]
"""The name of a call, and how it is made; what it returns is of no matter, what it raises is."""


def refused(call: Callable[[], Any], named: str) -> None:
    """Make a call that must end in an error of this name; an answer, or another error, is a disagreement."""
    try:
        call()
    except Exception as error:
        if type(error).__name__ != named:
            raise
    else:
        raise AssertionError(f"answered, where the witness has {named}")
