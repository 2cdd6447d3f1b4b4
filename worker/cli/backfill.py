"""The command backfill: documents from before the switch-on get their events."""

import sys
from datetime import date

import click

from outbox.backfill import BATCH, Plan
from outbox.db import Connection
from outbox.ids import PracticeId
from worker.cli import main
from worker.cli.database import database
from worker.cli.fields import field
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, day, for_practice, recorded
from worker.cli.output import show_json, show_table
from worker.messages import backfill as words
from worker.messages import usage
from worker.messages.glossary import CONNECTIONS, KINDS
from worker.operations import backfill
from worker.operations.backfill import Backfill

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
        raise click.UsageError(say.words(usage.WRONG_ORDER(first=first, last=last)))
    with database() as connection:
        found = backfill.read(connection, PracticeId(practice), first, last)
        if not as_json:
            _show(found, say)
        documents = len(found.plan.documents)
        if documents > _MANY and not dry_run:
            say.agree(words.AGREE(count=documents), yes=yes)
        written = _write(connection, found.plan, say, by=by, why=why) if documents and not dry_run else 0
        left = backfill.left(connection, found.plan) if written < documents and not dry_run else 0
    if as_json:
        show_json(found.to_json(dry_run=dry_run, written=written))
        return
    say(words.DRY_RUN() if dry_run else words.WRITTEN(count=written))
    if left:
        say(words.LEFT(count=left))


def _show(found: Backfill, say: Voice) -> None:
    plan = found.plan
    say(words.TITLE(first=plan.first, last=plan.last))
    rows: list[list[object]] = [
        [say.words(KINDS[kind]()), *(field(name, value, say) for name, value in sums.items())]
        for kind, sums in plan.sums().items()
    ]
    show_table([say.words(column()) for column in words.COLUMNS.values()], rows)
    if alone := plan.alone():
        say(words.ALONE(count=alone))
    if found.connection != "active":
        say(words.HELD(state=found.pause_reason or CONNECTIONS[found.connection]()))


def _write(connection: Connection, plan: Plan, say: Voice, *, by: str, why: str | None) -> int:
    documents = len(plan.documents)
    with click.progressbar(length=documents, label=say.words(words.WRITING()), file=sys.stderr) as bar:
        written = 0
        for events in backfill.write(connection, plan, by=by, why=why):
            written += events
            bar.update(min(BATCH, documents - bar.pos))
    return written
