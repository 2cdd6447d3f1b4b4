"""Commands `lexrelay secrets …`: the keys under which API keys are stored."""

import click

from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import recorded
from worker.cli.output import Failure
from worker.keys import KeyVault, new_secret_key
from worker.messages import connect as words
from worker.practice import connect as connecting


@main.group()
def secrets() -> None:
    """Make and change the keys in LEXRELAY_SECRET_KEYS."""


@secrets.command()
def new() -> None:
    """Print a new key for LEXRELAY_SECRET_KEYS; it is stored nowhere."""
    click.echo(new_secret_key())


@secrets.command()
@recorded
@in_language
def rotate(*, by: str, why: str | None, say: Voice) -> None:
    """Encrypt every stored API key anew with the first of LEXRELAY_SECRET_KEYS."""
    vault = KeyVault(settings("database", "secrets").secret_keys)
    with database() as connection:
        rotated, unreadable = connecting.rotate(connection, vault, by=by, why=why)
    say(words.ROTATED(count=rotated))
    if unreadable:
        raise Failure(say.words(words.UNREADABLE(practices=unreadable)))
