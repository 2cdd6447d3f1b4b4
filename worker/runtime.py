"""What one process shares among its attempts: pool, session lock, ledger, and the work that an attempt does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from outbox.db import HASTY, HASTY_READING, Connection, pool
from outbox.ledger import Ledger
from outbox.rows import Connections
from outbox.session_lock import SessionLock
from worker.config import Config
from worker.delivery.attempt import Work

#: Few, kept busy, so that what they have prepared stays at hand: for what is not asked together, which is little.
_CONNECTIONS, _THREADS_EACH = 4, 16


class Runtime:
    """Built once per process, after the fork. `work` is what a claim does in the remote system."""

    def __init__(self, config: Config, threads: int, work: Work) -> None:
        self.config, self.pace, self.work = config, config.pace, work
        self.draining = threading.Event()
        size = min(threads + 1, max(_CONNECTIONS, threads // _THREADS_EACH))
        pooled = partial(pool, config.database_url, transactions_only=config.direct_database_url != config.database_url)
        self._pool, writing, reading = pooled(size), pooled(1, limits=HASTY), pooled(1, limits=HASTY_READING)
        self._pools = (self._pool, writing, reading)
        self._session_lock = SessionLock(config.direct_database_url, "worker", threads)
        self.reading = Connections(self.connecting, reading.connection)
        self.ledger = Ledger(Connections(self.connecting, writing.connection), config.pace, self._session_lock)

    def open(self) -> None:
        """Register this process; from now on the poller counts on its threads."""
        self._session_lock.start()

    def drain(self) -> None:
        """Begin nothing and send nothing any more; what is on the wire is finished."""
        self.draining.set()

    def close(self) -> None:
        """Leave. Safe to call twice."""
        self.drain()
        self._session_lock.stop()
        for each in self._pools:
            each.close()

    @contextmanager
    def connecting(self) -> Iterator[Connection]:
        """A connection for a short while. Raises psycopg's errors when PostgreSQL is away."""
        with self._pool.connection() as connection:
            yield connection
