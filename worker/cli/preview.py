"""The command preview: what would leave the house for one document. It shows persons, so it is recorded."""

import click

from outbox import actions
from outbox.ids import PracticeId
from worker.cli import main
from worker.cli.language import Voice, in_language
from worker.cli.naming import document_number
from worker.cli.output import as_json, database, for_practice, recorded, settings, show_json
from worker.cli.preview_page import as_contract, show_preview
from worker.messages import Declined
from worker.messages import preview as words
from worker.operations.preview import NoDocument, preview
from worker.practice import practices


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
        practices.find(connection, practice)
        try:
            seen = preview(
                connection, config, PracticeId(practice), number,
                waiting=lambda seconds: say.aside(words.WAITING(seconds=round(seconds))),
            )  # fmt: skip
        except NoDocument:
            raise Declined(words.NO_DOCUMENT(practice=practice, number=number)) from None
        detail = {"document_id": seen.snapshot.document.document_id}
        actions.record(
            connection, "preview", by=by, why=why, practice_id=practice, event_id=seen.event_id, detail=detail
        )
    if as_json:
        show_json(as_contract(seen, say.lang))
    else:
        show_preview(seen, say)
    context.exit(1 if seen.is_stopped else 0)
