"""Commands that look on: status, show, history. They read the ledger and say what it says."""

import time
from contextlib import suppress
from typing import Any

import click

from outbox import story
from outbox.db import Connection
from outbox.ids import EventId, PracticeId
from worker.cli import main
from worker.cli.language import Voice, in_language
from worker.cli.naming import ID, document_number
from worker.cli.output import as_json, database, for_practice, settings, show_json, show_table
from worker.cli.show_page import show_story, why_no_event
from worker.cli.status_page import show_status
from worker.messages import Declined
from worker.messages.story import HISTORY, NO_EVENT
from worker.messages.times import to_the_second
from worker.operations import status as overview
from worker.operations import story as account
from worker.practice import practices

_REFRESH_SECONDS = 2.0


@main.command()
@as_json
@click.option("--watch", is_flag=True, help="Refresh until Ctrl-C.")
@in_language
def status(*, as_json: bool, watch: bool, say: Voice) -> None:
    """How many events stand where, which practices are held and why, and who is alive."""
    if as_json and watch:
        raise click.UsageError("--json and --watch exclude each other.")
    with database() as connection:
        if as_json:
            show_json(overview.read(connection).contract())
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


@main.command()
@document_number
@for_practice
@as_json
@in_language
def show(*, number: str, practice: int, as_json: bool, say: Voice) -> None:
    """Tell the whole story of one document, by its NUMBER: what was tried, where it is, what happens next and when."""
    config = settings("database")
    with database() as connection:
        practices.find(connection, practice)
        try:
            found = account.read(connection, config, PracticeId(practice), number)
        except account.NoEvent as nothing:
            raise Declined(why_no_event(nothing.document, practice=practice, number=number)) from None
    if as_json:
        show_json(found.contract())
    else:
        show_story(found, say)


@main.command()
@click.option("--practice", type=ID, metavar="ID", help="Only of this practice.")
@click.option("--event", type=ID, metavar="ID", help="Only about this event.")
@as_json
@in_language
def history(*, practice: int | None, event: int | None, as_json: bool, say: Voice) -> None:
    """List what operators did, the oldest first: who, when, what, why."""
    with database() as connection:
        if event is not None and not story.exists(connection, EventId(event)):
            raise Declined(NO_EVENT(event_id=event))
        done = story.actions(connection, practice_id=practice, event_id=event)
    if as_json:
        show_json(done)
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
