"""The command history: what operators did."""

from typing import Any

import click

from worker.cli import main
from worker.cli.database import database
from worker.cli.language import Voice, in_language
from worker.cli.options import HOST_ID, as_json, practice_id
from worker.cli.output import show_json, show_table
from worker.messages.story import HISTORY
from worker.messages.times import to_the_second
from worker.operations import history as operations


@main.command()
@click.option("--practice", callback=practice_id, metavar="ID", help="Only of this practice.")
@click.option("--event", type=HOST_ID, metavar="ID", help="Only about this event.")
@as_json
@in_language
def history(*, practice: int | None, event: int | None, as_json: bool, say: Voice) -> None:
    """List what operators did, the oldest first: who, when, what, why."""
    with database() as connection:
        done = operations.read(connection, practice_id=practice, event_id=event)
    if as_json:
        show_json(operations.to_json(done))
        return
    show_table(
        [say.words(label()) for label in HISTORY.values()],
        [[_cell(name, row[name]) for name in HISTORY] for row in done],
    )


def _cell(name: str, value: Any) -> object:
    return to_the_second(value) if name == "at" else _in_a_row(value)


def _in_a_row(value: Any) -> object:
    """What was recorded with an action, without the brackets of a program."""
    match value:
        case dict():
            return ", ".join(f"{key} {_in_a_row(part)}" for key, part in value.items())
        case list():
            return " ".join(map(str, value))
        case _:
            return value
