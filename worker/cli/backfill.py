"""The command backfill: documents from before the switch-on get their events."""

import sys
from datetime import date

import click

from outbox import actions, backfill
from outbox.backfill import Plan
from outbox.db import Connection, Row
from outbox.ids import PracticeId
from outbox.sql import query
from worker.cli import main
from worker.cli.days import day
from worker.cli.fields import fact
from worker.cli.language import Voice, in_language
from worker.cli.output import agree, as_json, database, for_practice, recorded, show_json, show_table
from worker.messages import Declined
from worker.messages import backfill as words
from worker.messages.practice import STATES
from worker.practice import practices

#: So many events are written without a question.
_MANY = 20


@main.command(name="backfill")
@for_practice
@click.option("--from", "first", type=day, required=True, help="First invoice date, inclusive.")
@click.option("--to", "last", type=day, required=True, help="Last invoice date, inclusive.")
@click.option("--dry-run", is_flag=True, help="Count documents and sums; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@recorded
@as_json
@in_language
def backfill_command(
    *, practice: int, first: date, last: date, dry_run: bool, yes: bool, by: str, why: str | None, as_json: bool,
    say: Voice,
) -> None:  # fmt: skip
    """Write events for completed or cancelled documents that have none, by invoice date; safe to repeat."""
    if first > last:
        raise click.UsageError(f"--from {first} is after --to {last}.")
    with database() as connection:
        lane = _lane(connection, practice)
        plan = backfill.plan(connection, PracticeId(practice), first, last)
        if not as_json:
            _show(plan, lane, say)
        documents = len(plan.documents)
        if documents > _MANY and not dry_run:
            agree(say.words(words.AGREE(count=documents)), yes=yes)
        written = _write(connection, plan, say, by=by, why=why) if documents and not dry_run else 0
    if as_json:
        show_json(_as_json(plan, dry_run=dry_run, written=written))
    else:
        say(words.DRY_RUN() if dry_run else words.WRITTEN(count=written))


def _lane(connection: Connection, practice: int) -> Row:
    practices.find(connection, practice)
    lane = connection.execute(query("backfill.lane"), {"practice_id": practice}).fetchone()
    if lane is None:
        raise Declined(words.NO_LANE(practice=practice))
    return lane


def _show(plan: Plan, lane: Row, say: Voice) -> None:
    say(words.TITLE(first=plan.first, last=plan.last))
    rows: list[list[object]] = [
        [say.words(words.KINDS[kind]()), *(fact(name, value, say) for name, value in sums.items())]
        for kind, sums in plan.sums().items()
    ]
    show_table([say.words(column()) for column in words.COLUMNS], rows)
    if alone := plan.alone():
        say(words.ALONE(count=alone))
    if lane["connection"] != "active":
        say(words.HELD(state=lane["pause_reason"] or STATES[lane["connection"]]()))


def _write(connection: Connection, plan: Plan, say: Voice, *, by: str, why: str | None) -> int:
    documents = len(plan.documents)
    detail = {"from": plan.first.isoformat(), "to": plan.last.isoformat(), "documents": documents}
    actions.record(connection, "backfill", by=by, why=why, practice_id=plan.practice_id, detail=detail)
    with click.progressbar(length=documents, label=say.words(words.WRITING()), file=sys.stderr) as bar:
        written = 0
        for events in backfill.write(connection, plan):
            written += events
            bar.update(min(backfill.BATCH, documents - bar.pos))
    return written


def _as_json(plan: Plan, *, dry_run: bool, written: int) -> dict[str, object]:
    return {
        "practice_id": plan.practice_id,
        "from": plan.first,
        "to": plan.last,
        "dry_run": dry_run,
        **{f"{kind}s": sums for kind, sums in plan.sums().items()},
        "cancellations_without_invoice": plan.alone(),
        "events": written,
    }
