"""Presence: a process is alive while its session holds an advisory lock.

The lock is held on a direct connection; when the process dies, PostgreSQL frees it within milliseconds, and the poller
takes back what was begun. A process that lost its session begins nothing until it has a new one (and a new id), and gets
none in a database that was restored or cloned meanwhile, or has grown out of this release. On a server that was promoted
nobody begins anything before what is unsettled is known to be looked for first.
"""

import os
import socket
import threading
from typing import Literal

import psycopg
import structlog

from outbox import outage_log
from outbox.db import Connection, connect
from outbox.errors import SchemaMismatch
from outbox.migrate import require_schema
from outbox.restore import follow_timeline, require_home
from outbox.sql import query

log = structlog.get_logger()
_PING_SECONDS = 1.0
_HEARTBEAT_PINGS = 10


class SessionLock:
    """Keeps one process registered. `start` returns at once; `process_id` is None while there is no session."""

    def __init__(self, url: str, kind: Literal["worker", "poller"], threads: int = 0) -> None:
        self._url, self._kind, self._threads = url, kind, threads
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)
        self.process_id: int | None = None

    def start(self) -> None:
        """Begin to register, in a thread of its own, again and again while PostgreSQL is away."""
        self._thread.start()

    def stop(self) -> None:
        """Give the lock back. Safe to call twice."""
        self._stop.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with connect(self._url) as connection:
                    self._hold(connection)
            except psycopg.Error as error:
                outage_log.database.failed(self._kind, error)
            except SchemaMismatch as error:
                log.error("session_lock.refused", kind=self._kind, what=str(error))  # noqa: TRY400 (known)
            finally:
                self.process_id = None
            self._stop.wait(_PING_SECONDS)

    def _hold(self, connection: Connection) -> None:
        require_schema(connection)
        require_home(connection)
        follow_timeline(connection)
        name = {"kind": self._kind, "host": socket.gethostname(), "pid": os.getpid(), "threads": self._threads}
        with connection.transaction():
            row = connection.execute(query("process.register"), name).fetchone()
            assert row is not None  # noqa: S101 (an insert returning always returns)
            mine = {"process_id": row["process_id"]}
            connection.execute(query("process.hold"), mine)
        self.process_id = row["process_id"]
        outage_log.database.works()
        log.info("session_lock.held", kind=self._kind, process_id=self.process_id)
        pings = 0
        while not self._stop.wait(_PING_SECONDS):
            pings += 1
            beats = self._kind == "worker" and pings % _HEARTBEAT_PINGS == 0  # a poller's good rounds are its heartbeat
            connection.execute(query("process.heartbeat"), mine) if beats else connection.execute("")
        connection.execute(query("process.leave"), mine)
