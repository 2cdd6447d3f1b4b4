"""Memory of a worker process: few arenas for its many threads.

glibc gives threads up to eight arenas per core, and each keeps what its busiest moment took, so that a process grows in
steps for hours, the more the more cores there are. Python's threads allocate one after another: two arenas do.
"""

import ctypes
import sys
from contextlib import suppress

_M_ARENA_MAX, _ARENAS = -8, 2


def share_arenas() -> None:
    """Before the threads start. Without effect where the C library has no such thing (musl, macOS); safe to call twice."""
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
