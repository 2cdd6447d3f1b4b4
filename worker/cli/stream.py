"""What a command's stdout is while it runs: it shows nothing that a terminal would obey, and takes no notice of its end.

The last net under `visible`: what a page prints without it passes here. Only the colours of our own pages get through.
"""

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from worker.messages.visible import visible

_COLOUR = re.compile(r"(\x1b\[[0-9;]*m)")


class _Guarded(io.TextIOWrapper):
    """Replaces what cannot be seen, and letters that the encoding does not have."""

    def write(self, text: str) -> int:
        pieces = _COLOUR.split(text)
        return super().write("".join(piece if place % 2 else visible(piece) for place, piece in enumerate(pieces)))


@contextmanager
def guarded_stdout() -> Iterator[None]:
    """Guard stdout for as long as a command runs. Raises OSError when what was written cannot be put out."""
    plain = sys.stdout
    if not isinstance(plain, io.TextIOWrapper):
        yield
        return
    plain.flush()
    guarded = _Guarded(plain.buffer, plain.encoding, "replace", line_buffering=plain.line_buffering)
    sys.stdout = guarded
    try:
        yield
    finally:
        sys.stdout = plain
        try:
            guarded.flush()
        finally:
            with suppress(OSError):
                guarded.detach()


def drop_stdout() -> None:
    """Let what is still to be written go nowhere: the other end is gone, and Python would complain at its exit."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.__stdout__.fileno() if sys.__stdout__ else 1)
        os.close(nowhere)
