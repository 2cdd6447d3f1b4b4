"""Commands `lexrelay practice …`: what a practice has connected and switched on. Booking stands in `practice_booking`."""

import sys
from datetime import date
from pathlib import Path

import click

from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.fields import field
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, day, for_practice, recorded
from worker.cli.output import show_json, show_table
from worker.keys import KeyVault
from worker.lexware.command_client import CommandClient
from worker.lexware.translate.documents import Matching, PrivacyMode
from worker.messages import connecting as key_words
from worker.messages import practice as words
from worker.practice import connect as connecting
from worker.practice import practices, switches
from worker.practice.practices import Practice

#: Longer than any key; what is longer is some other file.
_LONGEST_KEY = 4096
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
    show_table(columns, [[each.practice_id, *(_fields(each, say)[name] for name in _LISTED)] for each in everyone])
    for each in everyone:
        say.aside(*practices.expiring(each))
    return None


@practice.command()
@for_practice
@as_json
@in_language
def show(*, practice: int, as_json: bool, say: Voice) -> None:
    """One practice: settings, booking, key, and what is missing for the transfer to run."""
    with database() as connection:
        found = practices.find(connection, practice)
    if as_json:
        return show_json(found.to_json())
    fields = _fields(found, say)
    show_table(
        ["ID", str(practice)], [[say.words(words.FACTS[name]()), value] for name, value in fields.items() if value]
    )
    say(*practices.standing(found))
    say.aside(*practices.expiring(found))
    return None


@practice.command(context_settings={"allow_extra_args": True})
@click.pass_context
@for_practice
@click.option("--key-file", type=click.Path(path_type=Path), help="Read the key from here.")
@click.option("--new-organisation", is_flag=True, help="The practice moves to another Lexware organisation.")
@click.option("--renewed", is_flag=True, help="The same key was renewed in Lexware: its 24 months begin anew.")
@recorded
@in_language
def connect(
    ctx: click.Context,
    *,
    practice: int,
    key_file: Path | None,
    new_organisation: bool,
    renewed: bool,
    by: str,
    why: str | None,
    say: Voice,
) -> None:
    """Store the practice's Lexware API key, read from standard input or a file, after trying it out."""
    if ctx.args:  # click's own complaint would repeat them, and one of them may be the key
        raise click.UsageError(say.words(key_words.NO_ARGUMENT()))
    config = settings("database", "secrets")
    with database() as connection:
        practices.find(connection, practice)
        api_key = connecting.read_key(_given_key(key_file, say))
        profile = connecting.try_out(CommandClient(connection, config, practice, waiting=say.waiting), api_key)
        said = connecting.connect(
            connection,
            practice,
            api_key,
            profile,
            KeyVault(config.secret_keys),
            new_organisation=new_organisation,
            renewed=renewed,
            by=by,
            why=why,
        )
        say(*said, *practices.standing(practices.find(connection, practice)))


@practice.command()
@for_practice
@click.option(
    "--avv-date", type=day, help="Date of the processing agreement (AVV) with Lexware; needed the first time."
)
@click.option("--lines", type=click.Choice(["neutral", "itemised"]), help="What goes over of the services.")
@click.option(
    "--match-contacts", "matching", type=click.Choice(["exact", "never"]), help="Use equal contacts of Lexware."
)
@recorded
@in_language
def enable(
    *,
    practice: int,
    avv_date: date | None,
    lines: PrivacyMode | None,
    matching: Matching | None,
    by: str,
    why: str | None,
    say: Voice,
) -> None:
    """Switch the transfer on from now; called again, change its settings."""
    with database() as connection:
        said = switches.enable(connection, practice, avv_date, lines, matching, by=by, why=why)
        say(*said, *practices.standing(practices.find(connection, practice)))


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
    with database() as connection:
        said = switches.resume(connection, practice, by=by, why=why)
        say(*said, *practices.standing(practices.find(connection, practice)))


def _given_key(key_file: Path | None, say: Voice) -> bytes:
    if key_file is None and sys.stdin.isatty():
        typed = str(click.prompt(say.words(key_words.ASK_FOR_KEY()), hide_input=True, err=True))
        return typed.encode(errors="replace")
    try:
        given = key_file.read_bytes() if key_file else sys.stdin.buffer.read(_LONGEST_KEY)
    except OSError:  # click's own complaint would repeat the path, and it may be the key
        raise click.UsageError(say.words(key_words.NO_FILE())) from None
    return given[:_LONGEST_KEY]


def _fields(practice: Practice, say: Voice) -> dict[str, str]:
    """What is known of a practice, by the names of `words.FACTS`."""
    row = practice.to_json()
    row |= row["booking"] or {}
    return {name: field(name, row.get(name), say) for name in words.FACTS}
