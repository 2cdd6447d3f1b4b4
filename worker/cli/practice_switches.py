"""Commands `lexrelay practice enable|disable|pause|resume`: whether and how a practice transfers."""

from datetime import date

import click

from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import day, for_practice, recorded
from worker.cli.practice import practice
from worker.lexware.translate.documents import Matching, PrivacyMode
from worker.messages import host_check as words
from worker.practice import switches
from worker.practice.standing import standing


@practice.command()
@for_practice
@click.option(
    "--avv-date", type=day, help="Date of the processing agreement (AVV) with Lexware; needed the first time."
)
@click.option("--lines", type=click.Choice(["neutral", "itemised"]), help="What goes over of the services.")
@click.option(
    "--match-contacts",
    "matching",
    type=click.Choice(["exact", "never", "none"]),
    help="Use equal contacts of Lexware, always make a new one, or make none.",
)
@click.option(
    "--from",
    "first",
    type=day,
    help="First invoice date that goes over; not before the order. Default: all from now on.",
)
@click.option("--force", is_flag=True, help="Although the rehearsal of the host fails; needs --why.")
@recorded
@in_language
def enable(
    *,
    practice: int,
    avv_date: date | None,
    lines: PrivacyMode | None,
    matching: Matching | None,
    first: date | None,
    force: bool,
    by: str,
    why: str | None,
    say: Voice,
) -> None:
    """Switch the transfer on from now; called again, change its settings."""
    if force and not why:
        raise click.UsageError(say.words(words.FORCE_NEEDS_WHY()))
    config = settings("database")
    with database() as connection:
        said = switches.enable(
            connection, practice, avv_date, lines, matching, first=first, force=force, by=by, why=why
        )
        say(*said, *standing(connection, config, practice))


@practice.command()
@for_practice
@recorded
@in_language
def disable(*, practice: int, by: str, why: str | None, say: Voice) -> None:
    """Switch the transfer off; what is pending is held."""
    with database() as connection:
        say(*switches.disable(connection, practice, by=by, why=why))


@practice.command()
@for_practice
@recorded
@in_language
def pause(*, practice: int, by: str, why: str | None, say: Voice) -> None:
    """Hold everything of a practice, and wait until nothing is on the wire any more."""
    config = settings("database")
    with database() as connection:
        say(*switches.pause(connection, practice, by=by, why=why))
        say(switches.wait_for_the_wire(connection, practice, config.pace, say.aside))


@practice.command()
@for_practice
@recorded
@in_language
def resume(*, practice: int, by: str, why: str | None, say: Voice) -> None:
    """Lift a pause, whatever its reason; the Lexware profile is read again."""
    config = settings("database")
    with database() as connection:
        said = switches.resume(connection, practice, by=by, why=why)
        say(*said, *standing(connection, config, practice))
