"""The command `lexrelay practice connect`: the practice's API key."""

import sys
from pathlib import Path

import click

from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import for_practice, recorded
from worker.cli.practice import practice
from worker.keys import KeyVault
from worker.lexware.command_client import CommandClient
from worker.messages import connect as key_words
from worker.practice import connect as connecting
from worker.practice import practices
from worker.practice.standing import standing

#: Longer than any key; what is longer is some other file.
_LONGEST_KEY = 4096


@practice.command(context_settings={"allow_extra_args": True})
@click.pass_context
@for_practice
@click.option("--key-file", type=click.Path(path_type=Path), help="Read the key from here.")
@click.option("--new-organisation", is_flag=True, help="The practice moves to another Lexware organisation.")
@click.option("--renewed", is_flag=True, help="The same key was renewed in Lexware: its 24 months begin anew.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@recorded
@in_language
def connect(
    ctx: click.Context,
    *,
    practice: int,
    key_file: Path | None,
    new_organisation: bool,
    renewed: bool,
    yes: bool,
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
        if new_organisation:
            say.agree(key_words.AGREE_MOVE(practice=practice), yes=yes)
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
        say(*said, *standing(connection, config, practice, key_works=True))


def _given_key(key_file: Path | None, say: Voice) -> bytes:
    if key_file is None and sys.stdin.isatty():
        typed = str(click.prompt(say.words(key_words.ASK_FOR_KEY()), hide_input=True, err=True))
        return typed.encode(errors="replace")
    try:
        given = key_file.read_bytes() if key_file else sys.stdin.buffer.read(_LONGEST_KEY)
    except OSError:  # click's own complaint would repeat the path, and it may be the key
        raise click.UsageError(say.words(key_words.NO_FILE())) from None
    return given[:_LONGEST_KEY]
