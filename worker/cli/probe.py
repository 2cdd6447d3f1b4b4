"""The command probe: have Lexware's answers changed."""

from collections.abc import Iterator

import click

from outbox.ids import PracticeId
from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, for_practice
from worker.cli.output import show_json
from worker.lexware.command_client import CommandClient
from worker.messages import Sentence
from worker.messages import probe as words
from worker.operations import probe as operations
from worker.operations.probe import Change, Probe
from worker.practice import practices


@main.command()
@for_practice
@as_json
@click.pass_context
@in_language
def probe(context: click.Context, /, *, practice: int, as_json: bool, say: Voice) -> None:
    """Compare the shape of Lexware's answers with the last time: some ten reading calls, names and types, no values."""
    config = settings("database", "secrets")
    with database() as connection:
        practices.find(connection, practice)
        lexware = CommandClient(connection, config, practice, waiting=say.waiting).lexware()
        found = operations.probe(connection, lexware, PracticeId(practice))
    if as_json:
        show_json(found.to_json())
    else:
        say(*_said(found))
    context.exit(1 if found.is_bad else 0)


def _said(found: Probe) -> Iterator[Sentence]:
    if found.is_first:
        yield words.FIRST(practice=found.practice_id)
    for one in found.answers:
        yield from _of(one)


def _of(one: Change) -> Iterator[Sentence]:
    of = {"answer": one.answer}
    if one.is_quiet:
        yield words.AS_IT_WAS(**of)
    if one.refused:
        yield words.REFUSED(status=one.refused, **of)
    for text, fields in ((words.NEW, one.new), (words.GONE, one.gone), (words.LACKING, one.lacking)):
        if fields:
            yield text(fields=fields, **of)
    for change in one.changed:
        yield words.CHANGED(field=change["field"], was=change["was"], now=change["is"], **of)
    for change in one.new_words:
        yield words.WORDS(field=change["field"], words=change["words"], **of)
