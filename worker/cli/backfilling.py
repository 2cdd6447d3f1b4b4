"""The command backfill: documents from before the switch-on get their events."""

import sys
from datetime import date

import click

from outbox import actions, backfill
from outbox.backfill import Plan
from outbox.db import Connection, Row
from outbox.ids import PracticeId
from outbox.sql import query
from worker import practices
from worker.cli import main
from worker.cli.days import day
from worker.cli.manners import Failure, agree, as_json, database, for_practice, recorded, show_json, show_table
from worker.words import Declined

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
def backfill_command(
    *, practice: int, first: date, last: date, dry_run: bool, yes: bool, by: str, why: str | None, as_json: bool
) -> None:
    """Write events for completed or cancelled documents that have none, by invoice date; safe to repeat."""
    if first > last:
        raise click.UsageError(f"--from {first} is after --to {last}.")
    with database() as connection:
        lane = _lane(connection, practice)
        plan = backfill.plan(connection, PracticeId(practice), first, last)
        if not as_json:
            _show(plan, lane)
        written = 0 if dry_run else _write(connection, plan, by=by, why=why, yes=yes)
    if as_json:
        show_json(_as_json(plan, dry_run=dry_run, written=written))
    else:
        click.echo("Dry run: nothing was written." if dry_run else f"{written} events were written.")


def _lane(connection: Connection, practice: int) -> Row:
    try:
        practices.find(connection, practice)
    except Declined as refusal:
        raise Failure(str(refusal)) from None
    lane = connection.execute(query("backfill.lane"), {"practice_id": practice}).fetchone()
    if lane is None:
        raise Failure(f"Practice {practice} has not ordered the transfer: `lexrelay practice book` comes first.")
    return lane


def _show(plan: Plan, lane: Row) -> None:
    rows: list[list[object]] = [[kind, *figures.values()] for kind, figures in plan.sums().items()]
    show_table(["kind", "documents", "total"], rows, title=f"Without an event, {plan.first} to {plan.last}")
    if alone := plan.alone():
        click.echo(
            f"Cancellations whose invoice is not in this range and never went over: {alone}. They will end as dead "
            "letters (original_not_transferred); begin earlier to bring their invoices along."
        )
    if lane["connection"] != "active":
        state = lane["pause_reason"] or lane["connection"]
        click.echo(f"The practice may not transfer now ({state}): its events are held until it may.")


def _write(connection: Connection, plan: Plan, *, by: str, why: str | None, yes: bool) -> int:
    documents = len(plan.documents)
    if not documents:
        return 0
    if documents > _MANY:
        agree(f"Write {documents} events?", yes=yes)
    detail = {"from": plan.first.isoformat(), "to": plan.last.isoformat(), "documents": documents}
    actions.record(connection, "backfill", by=by, why=why, practice_id=plan.practice_id, detail=detail)
    with click.progressbar(length=documents, label="Writing", file=sys.stderr) as bar:
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
        **{f"{kind}s": figures for kind, figures in plan.sums().items()},
        "cancellations_without_invoice": plan.alone(),
        "events": written,
    }
