"""Commands `lexrelay practice …`: how practices stand. What changes them stands in the modules of that name beside this."""

import click

from outbox import figures
from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.fields import field, id_of
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, for_practice, recorded
from worker.cli.output import show_json, show_table
from worker.messages import practice as words
from worker.messages import usage
from worker.practice import alarm_address, practices
from worker.practice.practices import Practice
from worker.practice.standing import lacking, standing

_LISTED = ("name", "plan", "connection", "pause_reason", "company_name", "ends_on", "key_expires_on")


@main.group()
def practice() -> None:
    """Order, connect, switch on and pause the transfer of a practice."""


@practice.command("list")
@as_json
@in_language
def list_(*, as_json: bool, say: Voice) -> None:
    """All practices of the practice software, and how each stands."""
    with database() as connection:
        everyone = practices.everyone(connection)
    if as_json:
        return show_json([each.to_json() for each in everyone])
    columns = ["ID", *(say.words(words.FACTS[name]()) for name in _LISTED)]
    show_table(
        columns,
        [
            [id_of(each.practice_id, each.host_key), *(_fields(each, say)[name] for name in _LISTED)]
            for each in everyone
        ],
    )
    for each in everyone:
        say.aside(*practices.expiring(each))
    return None


@practice.command()
@for_practice
@as_json
@in_language
def show(*, practice: int, as_json: bool, say: Voice) -> None:
    """One practice: settings, booking, key, and what is missing for the transfer to run."""
    config = settings("database")
    with database() as connection:
        found = practices.find(connection, practice)
        if as_json:
            lacks = [code for code, _ in lacking(figures.read(connection))]
            return show_json(found.to_json() | {"daemon_lacks": lacks})
        stands = standing(connection, config, practice)
    fields = _fields(found, say)
    show_table(
        ["ID", id_of(practice, found.host_key)],
        [[say.words(words.FACTS[name]()), value] for name, value in fields.items() if value],
    )
    say(*stands)
    say.aside(*practices.expiring(found))
    return None


@practice.command()
@for_practice
@click.option("--mail", metavar="ADDRESS", help="Tell this address what the practice must do.")
@click.option("--off", is_flag=True, help="Tell the practice nothing any more.")
@recorded
@in_language
def alarm(*, practice: int, mail: str | None, off: bool, by: str, why: str | None, say: Voice) -> None:
    """Where the daemon tells a practice what it must do itself: in German, ids and numbers only. Without options: show it."""
    if mail and off:
        raise click.UsageError(say.words(usage.MAIL_OR_OFF()))
    with database() as connection:
        if mail or off:
            say(alarm_address.store(connection, practice, None if off else mail, by=by, why=why))
        else:
            say(alarm_address.shown(connection, practice))


def _fields(practice: Practice, say: Voice) -> dict[str, str]:
    """What is known of a practice, by the names of `words.FACTS`."""
    row = practice.to_json()
    row |= row["booking"] or {}
    return {name: field(name, row.get(name), say) for name in words.FACTS}
