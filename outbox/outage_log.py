"""A server that is away, in the log of one process: a line when it is noticed, then one a minute with the count, and its end.

Several threads notice the same outage; they share the line.
"""

import threading
import time

import psycopg
import structlog

from outbox.trouble import trouble

log = structlog.get_logger()
_EVERY_SECONDS = 60.0


class OutageLog:
    """What a process says of one server. Safe to use from several threads."""

    def __init__(self, lost: str, found: str, every_seconds: float = _EVERY_SECONDS) -> None:
        """`lost` and `found` are the names of the two lines."""
        self._lost, self._found, self._every_seconds = lost, found, every_seconds
        self._lock = threading.Lock()
        self._count, self._said = 0, float("-inf")

    def failed(self, kind: str, error: Exception) -> None:
        """Somebody could not reach it, or lost it."""
        with self._lock:
            self._count += 1
            if time.monotonic() - self._said < self._every_seconds:
                return
            self._said = time.monotonic()
            count = self._count
        reason = trouble(error) if isinstance(error, psycopg.Error) else None
        log.warning(self._lost, kind=kind, error=type(error).__name__, reason=reason, times=count)

    def works(self) -> None:
        """It answers somebody."""
        with self._lock:
            count, self._count, self._said = self._count, 0, float("-inf")
        if count:
            log.info(self._found, times=count)


#: Of PostgreSQL and of Redis, for this process.
database = OutageLog("database.lost", "database.found")
queue = OutageLog("poller.queue_lost", "poller.queue_found")
