"""One call over a wire: its deadline, the last word before its first byte, and whether anything of it has left."""

from collections.abc import Callable
from time import monotonic

MaySend = Callable[[], None]


class Call:
    """One call: when it must be over, who may still forbid it, and whether anything of it has left."""

    def __init__(self, timeout_seconds: float, may_send: MaySend) -> None:
        self._ends_at = monotonic() + timeout_seconds
        self._may_send = may_send
        self.sent = False

    def remaining_seconds(self) -> float:
        """What is left of the deadline, always positive; raises TimeoutError when nothing is."""
        left = self._ends_at - monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def release(self) -> None:
        """Ask `may_send`, whose exception keeps the request here, and note that from now on bytes may have left."""
        self._may_send()
        self.sent = True
