"""The pulse of the poller's work loop: felt by its health endpoints and by systemd's watchdog.

It is given by the loop itself at every turn, so a loop that hangs has none, whatever other threads do. A database that
is away does not stop it: then the loop turns, and is alive but not ready.
"""

import time
from collections.abc import Callable

from worker.service.systemd import notify

_WATCHDOG_EVERY_SECONDS = 1.0
_AWAY = "PostgreSQL is away; trying again."
_WELL = "Looking for due events."


class Liveness:
    """Call it once per turn. It may be asked from any thread; nothing is locked, for a float is read whole."""

    def __init__(self, quiet_seconds: float, tell: Callable[..., object] = notify) -> None:
        """`quiet_seconds`: for how long a turn may take before the loop is held to be stuck."""
        self._quiet_seconds, self._tell = quiet_seconds, tell
        self._turned = self._told = time.monotonic()
        self._well = float("-inf")
        self._said = ""

    def __call__(self, well: bool) -> None:
        """The loop has turned; `well`: PostgreSQL answered. The first good turn makes the service ready."""
        self._turned = time.monotonic()
        first, self._well = self._well < 0 and well, self._turned if well else self._well
        status = _WELL if well else _AWAY
        if first:
            self._tell("READY=1", f"STATUS={status}")
        elif status != self._said:
            self._tell(f"STATUS={status}")
        self._said = status
        if self._turned - self._told >= _WATCHDOG_EVERY_SECONDS:
            self._told = self._turned
            self._tell("WATCHDOG=1")

    @property
    def is_live(self) -> bool:
        """The loop turns."""
        return time.monotonic() - self._turned < self._quiet_seconds

    @property
    def is_ready(self) -> bool:
        """The loop turns and PostgreSQL answers it."""
        return time.monotonic() - self._well < self._quiet_seconds
