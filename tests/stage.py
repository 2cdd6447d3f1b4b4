"""The chain in one process, step by step: real PostgreSQL, real HTTP, the real poller and attempts, no Redis between.

What is handed out is delivered at once, so a test sees every attempt in order and waits for nothing but settle times.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import practice
import psycopg
from polling import until
from psycopg.rows import dict_row

from outbox.db import connect
from outbox.pace import Pace
from outbox.poller import HandOut, Poller
from worker import config
from worker.delivery.deliver import deliver
from worker.lab.sandbox.control import Tenant
from worker.lab.sandbox.server import Sandbox
from worker.lexware.work import Work
from worker.runtime import Runtime


class HastyPace(Pace):
    """Short times to wait, but for what a busy machine may be late with: the bytes after their intent."""

    __slots__ = ()

    @property
    def window_seconds(self) -> float:
        """As the product's, at least so long that only a test which means to is too late."""
        return max(super().window_seconds, 0.3)


PACE = HastyPace(
    rate_per_second=1000,
    http_timeout_seconds=1,
    settle_seconds=0.3,
    recheck_seconds=0.2,
    lease_seconds=3,
    poll_seconds=0.02,
    retry_delays=(0.05, 0.1, 0.2),
)

_ALIVE = """
select 1 from pg_locks join pg_database d on d.oid = database and d.datname = current_database()
where locktype = 'advisory' and classid = 5462898 and objid = %s
"""


class Stage:
    """One practice, its organisation in the sandbox, and the chain between them."""

    def __init__(
        self, db: psycopg.Connection, database_url: str, sandbox: Sandbox, pace: Pace = PACE, **settings: Any
    ) -> None:
        self.db, self.sandbox, self.control, self.pace = db, sandbox, sandbox.control, pace
        self.control.set_switches(rate_per_second=0)
        tax = {name: settings[name] for name in ("tax_type", "small_business") if name in settings}
        self.tenant: Tenant = self.control.add_organisation(**tax)
        self.practice = practice.Practice(db)
        self.practice.switch_on(self.tenant.id, self.tenant.key, **settings)
        self.handed: list[HandOut] = []
        self._url = database_url
        self._connection = connect(database_url)
        self._poller = Poller(database_url, pace, self.handed.extend)
        self.runtime = self.open_runtime()

    def open_runtime(self) -> Runtime:
        """A worker process's runtime, in this process."""
        given = {
            "DATABASE_URL": self._url,
            "LEXRELAY_SECRET_KEYS": practice.SECRET_KEY,
            "LEXWARE_API_URL": self.sandbox.url,
        }
        settings = config.read(environment=given)
        settings = _with_pace(settings, self.pace)
        runtime = Runtime(settings, threads=100, work=Work(settings))
        runtime.open()
        until(lambda: runtime.ledger._session_lock.process_id is not None)
        return runtime

    def close(self) -> None:
        """Leave."""
        self.runtime.close()
        self._connection.close()

    def reconnect(self) -> None:
        """PostgreSQL was away: its connections are made again, the process makes its own by itself."""
        self.db = self.practice.db = psycopg.connect(self._url, autocommit=True)
        self._connection = connect(self._url)
        until(lambda: self._is_registered(self.runtime))

    def _is_registered(self, runtime: Runtime) -> bool:
        process = runtime.ledger._session_lock.process_id
        return process is not None and self.db.execute(_ALIVE, (process,)).fetchone() is not None

    def end_session(self, runtime: Runtime) -> None:
        """Let a worker process die, as far as PostgreSQL can tell; returns when it can."""
        process = runtime.ledger._session_lock.process_id
        runtime._session_lock.stop()
        until(lambda: self.db.execute(_ALIVE, (process,)).fetchone() is None)

    def hand_out(self) -> Sequence[HandOut]:
        """One round of the poller; what it hands out is not delivered yet."""
        if self._connection.closed:
            self._connection = connect(self._url)
        self._poller.tidy(self._connection)
        self._poller.run_once(self._connection)
        handed, self.handed[:] = list(self.handed), []
        return handed

    def turn(self) -> int:
        """One round, delivered."""
        handed = self.hand_out()
        for each in handed:
            deliver(self.runtime, each.event_id, each.epoch)
        return len(handed)

    def run(self) -> None:
        """Rounds until every event is settled and nothing is due."""
        until(lambda: self.turn() == 0 and not self.unsettled(), every=0.03)

    def unsettled(self) -> int:
        """Events that still have something to do."""
        row = self.db.execute("select count(*) from outbox.event where due_at is not null").fetchone()
        return int(row[0]) if row else 0

    def event(self, document_id: int) -> dict[str, Any]:
        """The event of a document."""
        with self.db.cursor(row_factory=dict_row) as cursor:
            row = cursor.execute("select * from outbox.event where document_id = %s", (document_id,)).fetchone()
        assert row is not None
        return row

    def outcome(self, document_id: int) -> tuple[str, str | None]:
        """State and reason."""
        event = self.event(document_id)
        return event["state"], event["reason"]

    def documents(self) -> list[dict[str, Any]]:
        """What is in Lexware."""
        return [document for document in self.control.documents(self.tenant.id) if not document["deleted_at"]]

    def contacts(self) -> list[dict[str, Any]]:
        """Who is in Lexware."""
        return self.control.contacts(self.tenant.id)

    def lexware_id(self, document_id: int) -> str:
        """The id of a delivered document."""
        row = self.db.execute(
            "select lexware_id from lexware.document_link where document_id = %s", (document_id,)
        ).fetchone()
        assert row is not None
        return str(row[0])

    def posts(self) -> int:
        """How many POSTs arrived in Lexware."""
        return sum(1 for call in self.control.requests(self.tenant.id) if call["method"] == "POST")


@contextmanager
def stage(db: psycopg.Connection, database_url: str, pace: Pace = PACE, **settings: Any) -> Iterator[Stage]:
    """A stage of its own sandbox, closed at the end."""
    with Sandbox() as sandbox:
        one = Stage(db, database_url, sandbox, pace, **settings)
        try:
            yield one
        finally:
            one.close()


def _with_pace(settings: config.Config, pace: Pace) -> config.Config:
    from dataclasses import replace

    return replace(settings, pace=pace)
