"""The command show: the whole story of one document."""

from outbox.ids import PracticeId
from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, document_number, for_practice
from worker.cli.output import show_json
from worker.cli.show_page import show_story
from worker.operations import story


@main.command()
@document_number
@for_practice
@as_json
@in_language
def show(*, number: str, practice: int, as_json: bool, say: Voice) -> None:
    """Tell the whole story of one document, by its NUMBER: what was tried, where it is, what happens next and when."""
    config = settings("database")
    with database() as connection:
        found = story.read(connection, config, PracticeId(practice), number)
    if as_json:
        show_json(found.to_json())
    else:
        show_story(found, say)
