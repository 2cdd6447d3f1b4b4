"""The command history: what operators did."""

from datetime import datetime, timedelta
from typing import Any

import click

from worker.cli import main
from worker.cli.database import database
from worker.cli.fields import field
from worker.cli.language import Voice, in_language
from worker.cli.options import HOST_ID, as_json, limited, practice_id, since
from worker.cli.output import show_json, show_table
from worker.cli.paper import paged
from worker.messages import story as words
from worker.messages.glossary import ACTIONS
from worker.messages.labels import LABELS
from worker.operations import history as operations


@main.command()
@click.option("--practice", callback=practice_id, metavar="ID", help="Only of this practice.")
@click.option("--event", type=HOST_ID, metavar="ID", help="Only about this event.")
@click.option("--since", type=since, metavar="TIME", help="Done since: 2h, 3d, 2026-12-31, 2026-12-31T08:00.")
@limited
@as_json
@in_language
def history(
    *, practice: int | None, event: int | None, since: datetime | timedelta | None, limit: int | None, as_json: bool, say: Voice
) -> None:  # fmt: skip
    """List what operators did, the newest first: who, when, what, why."""
    with database() as connection:
        done = operations.read(connection, practice_id=practice, event_id=event, since=since, limit=limit)
    if as_json:
        return show_json(operations.to_json(done))
    if not done:
        return say(words.NOTHING_DONE())
    with paged():
        return show_table(
            [say.words(label()) for label in words.HISTORY.values()],
            [[_cell(name, row[name], say) for name in words.HISTORY] for row in done],
        )


def _cell(name: str, value: Any, say: Voice) -> str:
    match name:
        case "at":
            return say.second(value)
        case "action":
            return say.words(ACTIONS[value]()) if value in ACTIONS else str(value)
        case _:
            return _in_a_row(name, value, say)


def _in_a_row(name: str, value: Any, say: Voice) -> str:
    """What was recorded with an action, without the brackets of a program."""
    match value:
        case dict():
            return ", ".join(f"{_label(key, say)} {_in_a_row(key, part, say)}" for key, part in value.items())
        case list():
            return " ".join(map(str, value))
        case _:
            return field(name, value, say)


def _label(name: str, say: Voice) -> str:
    return say.words(LABELS[name]()) if name in LABELS else name
