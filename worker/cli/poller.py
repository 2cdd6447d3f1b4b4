"""The command poller: finds due events; any number of them, over machines."""

import click

from worker.cli import main
from worker.cli.database import settings
from worker.operations import alarm_round
from worker.service import poller as service


@main.command()
@click.option(
    "--metrics-address", default=service.METRICS_ADDRESS, show_default=True, metavar="ADDRESS",
    help="Where LEXRELAY_METRICS_PORT is served: /metrics, /livez, /readyz.",
)  # fmt: skip
def poller(*, metrics_address: str) -> None:
    """Find due events and hand them to the workers; any number may run."""
    config = settings("database", "redis")
    end = alarm_round.start(config)
    service.run(config, metrics_address)
    end()
