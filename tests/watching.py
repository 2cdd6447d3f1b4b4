"""The watch in one process: its jobs run to their end when a test says so, through the real hand-out and real steps."""

from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any, NoReturn
from unittest.mock import patch

from polling import until
from stage import Stage

from outbox.db import LOST_DATABASE, connect
from outbox.job_dispatch import JobDispatch, JobHandOut
from worker.lab.embedded import EmbeddedPostgres
from worker.lexware.watch.run import Watch


class _Killed(BaseException):
    """As little of it is recorded as when the process is gone."""


def _die() -> NoReturn:
    raise _Killed


class Watcher:
    """The watch of a stage's practice."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.watch = Watch(stage.runtime.config, stage.runtime.work.transport)
        self.handed: list[JobHandOut] = []
        self.dispatch = JobDispatch(stage.pace, self.handed.extend)
        self._connection = connect(stage._url)

    def run(self, kind: str) -> tuple[bool, str | None]:
        """One run from its beginning to its end: complete, and why not."""
        before = self._runs(kind)
        self._is_due(kind)
        until(lambda: self.turn() >= 0 and self._runs(kind) > before, every=0.005)
        row = self.stage.db.execute(
            "select complete, why_not from lexware.watch_runs where kind = %s order by id desc limit 1", (kind,)
        ).fetchone()
        assert row is not None
        return row[0], row[1]

    def die_within(self, kind: str, calls: int) -> bool:
        """Such a run is begun, and after so many calls its process dies, if it has not ended; another takes its place."""
        self._strike(kind, calls, _die)
        self.stage.end_session(self.stage.runtime)
        self.stage.runtime.close()
        self.stage.runtime = self.stage.open_runtime()
        self.watch = Watch(self.stage.runtime.config, self.stage.runtime.work.transport)
        return self._is_left_behind()

    def lose_database_within(self, kind: str, calls: int, postgres: EmbeddedPostgres) -> bool:
        """Such a run is begun, and after so many calls PostgreSQL is killed and started again; the process lives on."""
        begun = postgres.pid
        self._strike(kind, calls, lambda: postgres.restart(immediate=True))
        if postgres.pid == begun:
            return False
        self.stage.reconnect()
        self._connection = connect(self.stage._url)
        return self._is_left_behind()

    def turn(self) -> int:
        """One round of the poller's part; what it hands out is worked off at once."""
        living = [self.stage.runtime.ledger._session_lock.process_id or 0]
        self.dispatch.tend(self._connection, living)
        handed, self.handed[:] = list(self.handed), []
        for each in handed:
            self.watch(self.stage.runtime, each.job_id, each.epoch)
        return len(handed)

    def settle(self) -> None:
        """Rounds until no job is due."""
        due = "select 1 from outbox.job where due_at <= clock_timestamp() or handed_at is not null"
        until(lambda: self.turn() >= 0 and self.stage.db.execute(due).fetchone() is None, every=0.002)

    def state(self, document_id: int) -> str | None:
        """What was seen of a document last."""
        row = self.stage.db.execute(
            "select state from lexware.document_now where document_id = %s", (document_id,)
        ).fetchone()
        return str(row[0]) if row else None

    def close(self) -> None:
        """Leave."""
        self._connection.close()

    def _strike(self, kind: str, calls: int, blow: Callable[[], object]) -> None:
        """Let such a run work until it ends, or until the blow that comes before its call of that number ends it."""
        before, number = self._runs(kind), count()
        self._is_due(kind)
        exchange = self.watch._transport.exchange

        def struck(*asked: Any, **more: Any) -> Any:
            if next(number) == calls:
                blow()
            return exchange(*asked, **more)

        with suppress(_Killed, *LOST_DATABASE), patch.object(self.watch._transport, "exchange", struck):
            until(lambda: self.turn() >= 0 and self._runs(kind) > before, every=0.005)

    def _is_left_behind(self) -> bool:
        """Whether a job is held by nobody any more; it is taken back at once."""
        held = self.stage.db.execute("update outbox.job set lease_until = now() where handed_at is not null")
        return held.rowcount > 0

    def _is_due(self, kind: str) -> None:
        self.stage.db.execute(
            "insert into outbox.job as j (practice_id, kind, due_at) values (%s, %s, now()) "
            "on conflict (practice_id, kind) do update set due_at = now()",
            (self.stage.practice.practice_id, kind),
        )
        self.stage.db.execute("update outbox.job set due_at = 'infinity' where kind <> %s", (kind,))

    def _runs(self, kind: str) -> int:
        row = self.stage.db.execute(
            "select count(*) from lexware.watch_runs where kind = %s and ended_at is not null", (kind,)
        ).fetchone()
        return int(row[0]) if row else 0
