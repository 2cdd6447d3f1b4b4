"""Commands `lexrelay practice book|unbook|charges`: ordering the transfer, and the month's bill."""

from datetime import date

import click

from worker.cli.database import database, settings
from worker.cli.fields import show_fields
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, day, for_practice, month, recorded
from worker.cli.output import show_json
from worker.cli.practice import practice
from worker.messages import booking as words
from worker.messages.times import Month
from worker.practice import orders as ordering
from worker.practice.booking import Billing
from worker.practice.standing import standing


@practice.command()
@for_practice
@click.option(
    "--billing",
    type=click.Choice(["monthly", "yearly"]),
    default="monthly",
    show_default=True,
    help="How it is billed.",
)
@click.option("--trial-until", type=day, help="Last day of the free trial; without it the booking is paid at once.")
@click.option("--decline-by", type=day, help="Last day to decline at no charge; default: the trial's last day.")
@recorded
@in_language
def book(
    *,
    practice: int,
    billing: Billing,
    trial_until: date | None,
    decline_by: date | None,
    by: str,
    why: str | None,
    say: Voice,
) -> None:
    """Order the transfer for a practice, from today."""
    config = settings("database")
    with database() as connection:
        said = ordering.book(connection, practice, billing, trial_until, decline_by, by=by, why=why)
        say(*said, *standing(connection, config, practice))


@practice.command()
@for_practice
@click.option("--undo", is_flag=True, help="Take it back, as long as the order still runs.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@recorded
@in_language
def unbook(*, practice: int, undo: bool, yes: bool, by: str, why: str | None, say: Voice) -> None:
    """End the order: at the end of the trial, or of the period that is paid."""
    with database() as connection:
        if undo:
            return say(*ordering.keep(connection, practice, by=by, why=why))
        if last := ordering.last_day(connection, practice):
            say.agree(words.AGREE_UNBOOK(practice=practice, last=last), yes=yes)
        return say(*ordering.unbook(connection, practice, by=by, why=why))


@practice.command()
@click.option("--month", type=month, required=True, help="The month to be billed.")
@as_json
@in_language
def charges(*, month: date, as_json: bool, say: Voice) -> None:
    """What is to be billed for a month: trials, and the periods that begin in it, by each practice's plan of today."""
    with database() as connection:
        billed = ordering.bill(connection, month)
    rows = [each.to_json() for each in billed]
    if as_json:
        return show_json(rows)
    if not rows:
        return say(words.NOTHING_TO_BILL(month=Month(month)))
    show_fields(words.CHARGES, rows, say)
    return say(words.IN_ALL(amount=sum(each.charge.net_amount for each in billed)))
