"""The command status: how many events stand where, which practices are held and why, and who is alive."""

import time
from contextlib import suppress

import click

from outbox.db import Connection
from worker.cli import main
from worker.cli.database import database
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json
from worker.cli.output import show_json
from worker.cli.status_page import show_status
from worker.messages import usage
from worker.operations import status as overview

_REFRESH_SECONDS = 2.0


@main.command()
@as_json
@click.option("--watch", is_flag=True, help="Refresh until Ctrl-C.")
@in_language
def status(*, as_json: bool, watch: bool, say: Voice) -> None:
    """How many events stand where, which practices are held and why, and who is alive."""
    if as_json and watch:
        raise click.UsageError(say.words(usage.JSON_OR_WATCH()))
    with database() as connection:
        if as_json:
            show_json(overview.read(connection).to_json(say.lang))
        else:
            show_status(overview.read(connection), say)
        if watch:
            _watch(connection, say)


def _watch(connection: Connection, say: Voice) -> None:
    with suppress(KeyboardInterrupt):
        while True:
            time.sleep(_REFRESH_SECONDS)
            now = overview.read(connection)
            click.clear()
            show_status(now, say)
