"""The command run: poller and workers in the foreground."""

import sys

import click

from worker import logs
from worker.cli import main
from worker.cli.alarms import alarms_are_sent
from worker.cli.database import settings
from worker.service import supervisor
from worker.service.database import look_at_database


@main.command()
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")
@click.option("--threads", type=click.IntRange(1, 256), default=8, show_default=True, help="Threads in each of them.")
def run(*, processes: int, threads: int) -> None:
    """Run poller and workers until SIGTERM or Ctrl-C; a half that died is started again."""
    config = settings("database", "redis", "secrets")
    logs.configure(config.log_format)
    look_at_database(config.direct_database_url)
    with alarms_are_sent(config):
        code = supervisor.run(processes, threads, config.pace.http_timeout_seconds)
    sys.exit(code)
