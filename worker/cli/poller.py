"""The command poller: finds due events; any number of them, over machines."""

import click

from worker.cli import main
from worker.cli.alarms import alarms_are_sent
from worker.cli.database import settings
from worker.cli.language import Voice, in_language
from worker.cli.start import look_around
from worker.service import poller as service


@main.command()
@click.option(
    "--metrics-address", default=service.METRICS_ADDRESS, show_default=True, metavar="ADDRESS",
    help="Where LEXRELAY_METRICS_PORT is served: /metrics, /livez, /readyz.",
)  # fmt: skip
@in_language
def poller(*, metrics_address: str, say: Voice) -> None:
    """Find due events and hand them to the workers; any number may run."""
    config = settings("database", "redis")
    look_around(config, say)
    with alarms_are_sent(config):
        service.run(config, metrics_address)
