"""Commands that look on: status, show, history. They read the ledger and say what it says."""

import time

import click

from outbox import story
from outbox.ids import EventId, PracticeId
from worker import account, overview
from worker.cli import main
from worker.cli.manners import Failure, as_json, database, for_practice, settings, show_json, show_table
from worker.cli.status_page import show_status
from worker.cli.story_page import show_account, why_no_event
from worker.times import to_the_second

_REFRESH_SECONDS = 2.0


@main.command()
@as_json
@click.option("--watch", is_flag=True, help="Refresh until Ctrl-C.")
def status(*, as_json: bool, watch: bool) -> None:
    """How many events stand where, which practices are held and why, and who is alive."""
    if as_json and watch:
        raise click.UsageError("--json and --watch exclude each other.")
    with database() as connection:
        if as_json:
            show_json(overview.read(connection).contract())
            return
        show_status(overview.read(connection))
        while watch:
            time.sleep(_REFRESH_SECONDS)
            now = overview.read(connection)
            click.clear()
            show_status(now)


@main.command()
@click.argument("number")
@for_practice
@as_json
def show(*, number: str, practice: int, as_json: bool) -> None:
    """Tell the whole story of one document, by its NUMBER: what was tried, where it is, what happens next and when."""
    config = settings("database")
    with database() as connection:
        try:
            found = account.read(connection, config, PracticeId(practice), number)
        except account.NoEvent as nothing:
            raise Failure(why_no_event(nothing.document, practice=practice, number=number)) from None
    if as_json:
        show_json(found.contract())
    else:
        show_account(found)


@main.command()
@click.option("--practice", type=int, metavar="ID", help="Only of this practice.")
@click.option("--event", type=int, metavar="ID", help="Only of this event.")
@as_json
def history(*, practice: int | None, event: int | None, as_json: bool) -> None:
    """List what operators did: who, when, what, why."""
    with database() as connection:
        if event is not None and not story.exists(connection, EventId(event)):
            raise Failure(f"There is no event {event}.")
        done = story.actions(
            connection,
            practice_id=None if practice is None else PracticeId(practice),
            event_id=None if event is None else EventId(event),
        )
    if as_json:
        show_json(done)
        return
    show_table(
        ["when", "who", "what", "practice", "event", "why", "detail"],
        [
            [to_the_second(row["at"]), row["by"], row["action"], row["practice_id"], row["event_id"], row["why"],
             ", ".join(f"{name}={value}" for name, value in row["detail"].items())]
            for row in done
        ],
    )  # fmt: skip
