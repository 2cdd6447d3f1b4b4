"""The command preview: what would leave for Lexware for one document. It shows persons, so it is recorded."""

import click

from outbox.ids import PracticeId
from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, document_number, for_practice, recorded
from worker.cli.output import show_json
from worker.cli.preview_page import show_preview
from worker.messages.lexware import WAITING
from worker.operations.preview_reveal import reveal, to_json


@main.command(name="preview")
@document_number
@for_practice
@recorded
@as_json
@in_language
@click.pass_context
def preview_command(
    context: click.Context, /, *, number: str, practice: int, by: str, why: str | None, as_json: bool, say: Voice
) -> None:
    """Show what would leave the house for the document NUMBER; sends nothing. Exit code 1 when something is in the way."""
    config = settings("database")
    with database() as connection:
        seen = reveal(
            connection, config, PracticeId(practice), number, by=by, why=why,
            waiting=lambda seconds: say.aside(WAITING(seconds=round(seconds))),
        )  # fmt: skip
    if as_json:
        show_json(to_json(seen, say.lang))
    else:
        show_preview(seen, say)
    context.exit(1 if seen.is_stopped else 0)
