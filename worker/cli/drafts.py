"""The command drafts: what waits for people in Lexware; and its two decisions."""

from typing import Any

import click

from outbox.ids import PracticeId
from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, document_number, for_practice, practice_id, recorded
from worker.cli.output import show_json, show_table
from worker.messages import drafts as words
from worker.messages.glossary import CONTACT_STATES, DIFFERS
from worker.operations import drafts as operations
from worker.operations.drafts import Decision, Waiting

#: Of a long table, so many are shown; --json has all.
_SHOWN = 50


@main.group(invoke_without_command=True)
@click.option("--practice", callback=practice_id, metavar="ID", help="Only of this practice.")
@click.option(
    "--older-than", type=click.IntRange(min=0), default=0, metavar="DAYS", help="Only drafts older than this."
)
@as_json
@click.pass_context
@in_language
def drafts(context: click.Context, /, *, practice: int | None, older_than: int, as_json: bool, say: Voice) -> None:
    """List what waits in Lexware: drafts by age, pairs, changed, deleted and missing documents, orphans, contacts."""
    if context.invoked_subcommand is not None:
        return
    config = settings("database")
    with database() as connection:
        waiting = operations.read(connection, config.app_url, practice, older_than_days=older_than)
    if as_json:
        show_json(waiting.to_json())
    else:
        _show(waiting, say)


@drafts.command()
@document_number
@for_practice
@recorded
@as_json
@in_language
def accept(*, number: str, practice: int, by: str, why: str | None, as_json: bool, say: Voice) -> None:
    """Accept that a document is changed, back to draft, deleted or missing in Lexware."""
    _decide(number, practice, "accept", by=by, why=why, as_json=as_json, say=say)


@drafts.command(name="send-again")
@document_number
@for_practice
@recorded
@as_json
@in_language
def send_again(*, number: str, practice: int, by: str, why: str | None, as_json: bool, say: Voice) -> None:
    """Send a document again whose draft was deleted in Lexware; it is looked for first."""
    _decide(number, practice, "send_again", by=by, why=why, as_json=as_json, say=say)


def _decide(
    number: str, practice: int, decision: Decision, *, by: str, why: str | None, as_json: bool, say: Voice
) -> None:
    with database() as connection:
        known = operations.decide(connection, PracticeId(practice), number, decision, by=by, why=why)
    if as_json:
        show_json({"number": number, "event_id": known["event_id"], "decision": decision, "state": known["state"]})
    else:
        say((words.ACCEPTED if decision == "accept" else words.SENT_AGAIN)(number=number))


def _show(waiting: Waiting, say: Voice) -> None:
    if waiting.is_empty:
        say(words.NOTHING())
    for name, title in words.TITLES.items():
        rows = getattr(waiting, name)
        if rows:
            say(title())
            columns = words.COLUMNS[name]
            cells = [[_cell(column, row, say) for column in columns] for row in rows[:_SHOWN]]
            show_table([say.words(label()) for label in columns.values()], cells)
            if len(rows) > _SHOWN:
                say(words.MORE(count=len(rows) - _SHOWN))
            click.echo()


def _cell(column: str, row: dict[str, Any], say: Voice) -> object:
    value = row[column]
    if column == "differs":
        return ", ".join(say.words(DIFFERS[one]()) for one in value)
    return say.words(CONTACT_STATES[value]()) if column == "state" else say.value(value)
