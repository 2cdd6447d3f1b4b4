"""Documents from before the switch-on get their events: what would be written, what will become of it, and the writing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from outbox import actions, backfill
from outbox.backfill import Plan
from outbox.db import Connection
from outbox.ids import PracticeId
from outbox.sql import query
from worker.messages import Declined
from worker.messages import backfill as words
from worker.practice import practices


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """The documents without events, and whether their practice transfers now: else the events will be held."""

    plan: Plan
    connection: str
    pause_reason: str | None

    def to_json(self, *, dry_run: bool, written: int) -> dict[str, Any]:
        """As `backfill --json` has it; `written` is how many events were new."""
        plan = self.plan
        return {
            "practice_id": plan.practice_id,
            "from": plan.first,
            "to": plan.last,
            "dry_run": dry_run,
            **{f"{kind}s": sums for kind, sums in plan.sums().items()},
            "cancellations_without_invoice": plan.alone(),
            "events": written,
        }


def read(connection: Connection, practice_id: PracticeId, first: date, last: date) -> Backfill:
    """What a backfill would write now. Raises Declined when there is no such practice, or it ordered nothing."""
    practices.find(connection, practice_id)
    lane = connection.execute(query("backfill.lane"), {"practice_id": practice_id}).fetchone()
    if lane is None:
        raise Declined(words.NO_LANE(practice=practice_id))
    plan = backfill.plan(connection, practice_id, first, last)
    return Backfill(plan=plan, connection=lane["connection"], pause_reason=lane["pause_reason"])


def write(connection: Connection, plan: Plan, *, by: str, why: str | None) -> Iterator[int]:
    """Record it and write the events, batch by batch; after each, how many were new. Called twice it adds none."""
    detail = {"from": plan.first.isoformat(), "to": plan.last.isoformat(), "documents": len(plan.documents)}
    actions.record(connection, "backfill", by=by, why=why, practice_id=plan.practice_id, detail=detail)
    yield from backfill.write(connection, plan)


def left(connection: Connection, plan: Plan) -> int:
    """How many of the range have no event after all: they can have none."""
    return len(backfill.plan(connection, plan.practice_id, plan.first, plan.last).documents)
