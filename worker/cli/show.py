"""The command show: the whole story of one document."""

import re

import click

from outbox.ids import PracticeId
from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, document_number, practice_id
from worker.cli.output import show_json
from worker.cli.show_page import show_story
from worker.messages import story as words
from worker.operations import story

#: As the database can hold it.
_EVENT_ID = re.compile(r"[0-9]{1,18}")


@main.command()
@document_number
@click.option(
    "--practice",
    callback=practice_id,
    metavar="ID",
    help="The host's id of the practice; without it NUMBER is an event's id.",
)
@as_json
@in_language
def show(*, number: str, practice: int | None, as_json: bool, say: Voice) -> None:
    """Tell the whole story of one document, by its NUMBER or its event's id: what was tried, where it is, what happens next
    and when.
    """
    if practice is None and not _EVENT_ID.fullmatch(number):
        raise click.UsageError(say.words(words.PRACTICE_NEEDED()))
    config = settings("database")
    with database() as connection:
        if practice is None:
            found = story.read_event(connection, config, int(number))
        else:
            found = story.read(connection, config, PracticeId(practice), number)
    if as_json:
        show_json(found.to_json())
    else:
        show_story(found, say)
