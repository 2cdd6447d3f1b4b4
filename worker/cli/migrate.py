"""The command migrate: create or update the schemas, and apply the host's description."""

from pathlib import Path

import click

from outbox.restore import hold_copy, may_work
from worker.cli import main
from worker.cli.database import settings
from worker.cli.language import Voice, in_language
from worker.cli.options import recorded
from worker.host import folder
from worker.host.apply import migrate as bring_up_to_date
from worker.messages import host as words


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
@recorded
@in_language
def migrate(
    *, say: Voice, host: Path | None, reference_practice: bool, after_restore: bool, by: str, why: str | None
) -> None:
    """Create or update our schemas and apply the host's description: a new one, or again the one that is stored."""
    if host and reference_practice:
        raise click.UsageError("Choose one of --host and --reference-practice.")
    url = settings("database").database_url
    described = folder.read(host) if host else None
    applied = bring_up_to_date(url, host=described, reference_practice=reference_practice, by=by)
    click.echo("\n".join(f"applied {name}" for name in applied) or say.words(words.UP_TO_DATE()))
    if after_restore:
        done = hold_copy(url, by=by, why=why)
        click.echo(
            f"Paused {done['practices']} practices; {done['events']} events will be looked for in Lexware before they are "
            "sent. `lexrelay practice resume --practice ID` lets a practice go on."
        )
    may_work(url)
