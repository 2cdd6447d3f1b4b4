"""Commands that prepare and run the relay: migrate, run, poller, sandbox."""

import signal
from functools import partial

import click

from outbox.migrate import migrate as bring_up_to_date
from outbox.poller import Poller
from worker import logs
from worker.actors import enqueue, make_broker
from worker.cli import main
from worker.cli.manners import settings


@main.command()
@click.option("--reference-practice", is_flag=True, help="Also create schema practice, to try lexrelay out.")
def migrate(*, reference_practice: bool) -> None:
    """Create or update the schemas outbox, lexware and contract. Safe to run twice and from several machines."""
    applied = bring_up_to_date(settings("database").database_url, reference_practice=reference_practice)
    click.echo("\n".join(f"applied {name}" for name in applied) or "The schema is up to date.")


@main.command()
def poller() -> None:
    """Find due events and hand them to the workers; any number may run."""
    config = settings("database", "redis")
    logs.configure(config.log_format)
    loop = Poller(config.database_url, config.pace, partial(enqueue, make_broker(config.redis_url)))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.stop())
    loop.run()
