"""The command migrate: create or update the schemas, and apply the host's description."""

from pathlib import Path

import click

from outbox import actions
from outbox.db import Connection, connect
from outbox.migrate import forget_private_numbers
from outbox.restore import hold_copy, may_work
from worker.cli import main
from worker.cli.database import settings
from worker.cli.language import Voice, in_language
from worker.cli.options import recorded
from worker.host import folder, stored
from worker.host.apply import migrate as bring_up_to_date
from worker.keys import KeyVault
from worker.messages import connect as key_words
from worker.messages import host as words
from worker.messages import host_check as rehearsal_words
from worker.messages import notes as note_words
from worker.messages import usage
from worker.practice import connect as connecting
from worker.practice import notes
from worker.rehearsal.refusal import before_apply


@main.command()
@click.option(
    "--host", type=click.Path(path_type=Path), metavar="DIR", help="The folder that describes the practice software."
)
@click.option(
    "--reference-practice",
    is_flag=True,
    help="The built-in host `reference`; also create schema practice, to try it out.",
)
@click.option(
    "--after-restore", is_flag=True,
    help="This database is a backup or a copy: pause every practice, and look in Lexware before anything old is sent.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Apply the host although its rehearsal fails; needs --why.")
@recorded
@in_language
def migrate(
    *,
    say: Voice,
    host: Path | None,
    reference_practice: bool,
    after_restore: bool,
    force: bool,
    by: str,
    why: str | None,
) -> None:
    """Create or update our schemas and apply the host's description: a new one, or again the one that is stored."""
    if host and reference_practice:
        raise click.UsageError(say.words(usage.ONE_HOST()))
    url = settings("database").direct_database_url
    if force and not why:
        raise click.UsageError(say.words(rehearsal_words.FORCE_NEEDS_WHY()))
    described = folder.read(host) if host else None
    if described and not force:
        with connect(url, as_worker=False) as connection:
            before_apply(connection, described, say.progress)
    applied = bring_up_to_date(url, host=described, reference_practice=reference_practice, by=by)
    say(*([usage.APPLIED(name=name) for name in applied] or [words.UP_TO_DATE()]))
    with connect(url, as_worker=False) as connection:
        _carry_over(connection, say)
        if force:
            actions.record(connection, "host.force", by=by, why=why)
    if after_restore:
        done = hold_copy(url, by=by, why=why)
        say(usage.HELD_AFTER_RESTORE(practices=done["practices"], events=done["events"]))
    may_work(url)


def _carry_over(connection: Connection, say: Voice) -> None:
    """What rows of an earlier release lack, and only a program can give them."""
    forget_private_numbers(connection)
    if count := notes.adopt(connection):
        say(note_words.ADOPTED(count=count))
    config = settings()
    stored.keep_app_url(connection, config.app_url)
    if config.secret_keys and (bound := connecting.bind(connection, KeyVault(config.secret_keys))):
        say(key_words.BOUND(count=bound))
