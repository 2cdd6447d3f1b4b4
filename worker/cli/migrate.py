"""Commands that prepare and run the relay: migrate, run, poller."""

import signal
import sys
from functools import partial

import click
import structlog

from outbox.migrate import migrate as bring_up_to_date
from outbox.poller import Poller
from outbox.restore import hold_copy, may_work
from worker import logs
from worker.actors import enqueue, make_broker
from worker.cli import main
from worker.cli.output import recorded, settings
from worker.service import http as exposition
from worker.service import supervisor as running
from worker.service.liveness import Liveness

log = structlog.get_logger()
#: Longer than it takes to find out that PostgreSQL is away.
_STUCK_SECONDS = 10.0


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


@main.command()
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")
@click.option("--threads", type=click.IntRange(1, 256), default=8, show_default=True, help="Threads in each of them.")
def run(*, processes: int, threads: int) -> None:
    """Run poller and workers until SIGTERM or Ctrl-C; a half that died is started again."""
    config = settings("database", "redis", "secrets")
    logs.configure(config.log_format)
    _look_at_database(config.database_url)
    sys.exit(running.run(processes, threads, config.pace.http_timeout_seconds))


def _look_at_database(url: str) -> None:
    """Refuse one that this program does not fit, or that was restored or cloned; one that is away is waited for."""
    if not may_work(url):
        log.warning("run.database_away")


@main.command()
@click.option(
    "--metrics-address", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help="Where LEXRELAY_METRICS_PORT is served: /metrics, /livez, /readyz.",
)  # fmt: skip
def poller(*, metrics_address: str) -> None:
    """Find due events and hand them to the workers; any number may run."""
    config = settings("database", "redis")
    logs.configure(config.log_format)
    _look_at_database(config.database_url)
    liveness = Liveness(_STUCK_SECONDS + config.pace.poll_seconds)
    loop = Poller(config.database_url, config.pace, partial(enqueue, make_broker(config.redis_url)), liveness)
    if config.metrics_port:
        exposition.serve(metrics_address, config.metrics_port, config.database_url, liveness)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.stop())
    loop.run()
