"""The watch in one process: its jobs run to their end when a test says so, through the real hand-out and real steps."""

from polling import until
from stage import Stage

from outbox.db import connect
from outbox.job_dispatch import JobDispatch, JobHandOut
from worker.lexware.watch.run import Watch


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
        self.stage.db.execute(
            "insert into outbox.job as j (practice_id, kind, due_at) values (%s, %s, now()) "
            "on conflict (practice_id, kind) do update set due_at = now()",
            (self.stage.practice.practice_id, kind),
        )
        self.stage.db.execute("update outbox.job set due_at = 'infinity' where kind <> %s", (kind,))
        until(lambda: self.turn() >= 0 and self._runs(kind) > before, every=0.005)
        row = self.stage.db.execute(
            "select complete, why_not from lexware.watch_runs where kind = %s order by id desc limit 1", (kind,)
        ).fetchone()
        assert row is not None
        return row[0], row[1]

    def turn(self) -> int:
        """One round of the poller's part; what it hands out is worked off at once."""
        living = [self.stage.runtime.ledger._session_lock.process_id or 0]
        self.dispatch.tend(self._connection, living)
        handed, self.handed[:] = list(self.handed), []
        for each in handed:
            self.watch(self.stage.runtime, each.job_id, each.epoch)
        return len(handed)

    def state(self, document_id: int) -> str | None:
        """What was seen of a document last."""
        row = self.stage.db.execute(
            "select state from lexware.document_now where document_id = %s", (document_id,)
        ).fetchone()
        return str(row[0]) if row else None

    def close(self) -> None:
        """Leave."""
        self._connection.close()

    def _runs(self, kind: str) -> int:
        row = self.stage.db.execute(
            "select count(*) from lexware.watch_runs where kind = %s and ended_at is not null", (kind,)
        ).fetchone()
        return int(row[0]) if row else 0
