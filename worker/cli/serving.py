"""Commands that prepare and run the relay: migrate, run, poller."""

import signal
import sys
from functools import partial

import click
import psycopg
import structlog

from outbox.migrate import migrate as bring_up_to_date
from outbox.poller import Poller
from worker import exposition, logs, running
from worker.actors import enqueue, make_broker
from worker.cli import main
from worker.cli.manners import database, settings
from worker.pulse import Pulse

log = structlog.get_logger()
#: Longer than it takes to find out that PostgreSQL is away.
_STUCK_SECONDS = 10.0


@main.command()
@click.option("--reference-practice", is_flag=True, help="Also create schema practice, to try lexrelay out.")
def migrate(*, reference_practice: bool) -> None:
    """Create or update the schemas outbox, lexware and contract. Safe to run twice and from several machines."""
    applied = bring_up_to_date(settings("database").database_url, reference_practice=reference_practice)
    click.echo("\n".join(f"applied {name}" for name in applied) or "The schema is up to date.")


@main.command()
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")
@click.option("--threads", type=click.IntRange(1, 256), default=8, show_default=True, help="Threads in each of them.")
def run(*, processes: int, threads: int) -> None:
    """Run poller and workers until SIGTERM or Ctrl-C; a half that died is started again."""
    config = settings("database", "redis", "secrets")
    logs.configure(config.log_format)
    _look_at_schema()
    sys.exit(running.run(processes, threads, config.pace.http_timeout_seconds))


def _look_at_schema() -> None:
    """Refuse a database that this program does not fit; one that is away is waited for by the halves."""
    try:
        with database():
            pass
    except psycopg.OperationalError as error:
        log.warning("run.database_away", error=type(error).__name__)


@main.command()
@click.option(
    "--metrics-address", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help="Where LEXRELAY_METRICS_PORT is served: /metrics, /livez, /readyz.",
)  # fmt: skip
def poller(*, metrics_address: str) -> None:
    """Find due events and hand them to the workers; any number may run."""
    config = settings("database", "redis")
    logs.configure(config.log_format)
    pulse = Pulse(_STUCK_SECONDS + config.pace.poll_seconds)
    loop = Poller(config.database_url, config.pace, partial(enqueue, make_broker(config.redis_url)), pulse)
    if config.metrics_port:
        exposition.serve(metrics_address, config.metrics_port, config.database_url, pulse)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.stop())
    loop.run()
