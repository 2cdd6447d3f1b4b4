"""Time that passes for what is stored, here and in the simulated Lexware: all of it is moved so far into the past.

So the schedule is the product's own, with its real periods, and a week takes as long as its calls.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from psycopg import sql
from stage import Stage
from watching import Watcher

#: Everything by which it is decided what is due, and from which day on changes are asked for.
_MOMENTS = (
    ("outbox", "job", "due_at"), ("outbox", "job", "started_at"), ("outbox", "lane", "cool_until"),
    ("lexware", "watch_runs", "started_at"), ("lexware", "document_link", "linked_at"), ("lexware", "absences", "first_at"),
)  # fmt: skip


def pass_time(stage: Stage, seconds: float) -> None:
    """So much later nothing else has happened."""
    for schema, table, column in _MOMENTS:
        moment = sql.Identifier(column)
        shift = sql.SQL("update {} set {} = {} - make_interval(secs => %s) where isfinite({})")
        stage.db.execute(shift.format(sql.Identifier(schema, table), moment, moment, moment), (seconds,))
    organisation = stage.sandbox._world.organisations[stage.tenant.id]
    for records in (organisation.documents, organisation.contacts):
        _age(records, timedelta(seconds=seconds))


def work_through(watcher: Watcher, seconds: float) -> None:
    """Let so much time pass; every job that falls due in it is worked off at its moment."""
    passed = 0.0
    while passed < seconds:
        [[due]] = watcher.stage.db.execute("select extract(epoch from min(due_at) - clock_timestamp()) from outbox.job")
        step = min(max(0.0, float(due)), seconds - passed)
        pass_time(watcher.stage, step)
        passed += step
        watcher.settle()


def _age(records: dict[str, Any], by: timedelta) -> None:
    for name, record in records.items():
        records[name] = replace(record, created=record.created - by, updated=record.updated - by)
