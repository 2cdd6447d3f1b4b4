"""The command run: poller and workers in the foreground."""

import sys

import click

from worker.cli import main
from worker.cli.alarms import alarms_are_sent
from worker.cli.database import settings
from worker.cli.language import Voice, in_language
from worker.cli.start import look_around
from worker.service import supervisor


@main.command()
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")
@click.option("--threads", type=click.IntRange(1, 256), default=8, show_default=True, help="Threads in each of them.")
@in_language
def run(*, processes: int, threads: int, say: Voice) -> None:
    """Run poller and workers until SIGTERM or Ctrl-C; a half that died is started again."""
    config = settings("database", "redis", "secrets")
    look_around(config, say)
    with alarms_are_sent(config):
        code = supervisor.run(processes, threads, config.pace.http_timeout_seconds)
    sys.exit(code)
