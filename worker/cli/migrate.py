"""The command migrate: create or update the schemas."""

import click

from outbox.migrate import migrate as bring_up_to_date
from outbox.restore import hold_copy, may_work
from worker.cli import main
from worker.cli.database import settings
from worker.cli.options import recorded


@main.command()
@click.option("--reference-practice", is_flag=True, help="Also create schema practice, to try lexrelay out.")
@click.option(
    "--after-restore", is_flag=True,
    help="This database is a backup or a copy: pause every practice, and look in Lexware before anything old is sent.",
)  # fmt: skip
@recorded
def migrate(*, reference_practice: bool, after_restore: bool, by: str, why: str | None) -> None:
    """Create or update the schemas outbox, lexware and contract. Safe to run twice and from several machines."""
    url = settings("database").database_url
    applied = bring_up_to_date(url, reference_practice=reference_practice)
    click.echo("\n".join(f"applied {name}" for name in applied) or "The schema is up to date.")
    if after_restore:
        done = hold_copy(url, by=by, why=why)
        click.echo(
            f"Paused {done['practices']} practices; {done['events']} events will be looked for in Lexware before they are "
            "sent. `lexrelay practice resume --practice ID` lets a practice go on."
        )
    may_work(url)
