"""The command `lexrelay host check`: the rehearsal of a host's description."""

import textwrap
from datetime import date
from decimal import Decimal
from pathlib import Path

import click

from outbox.db import connect
from outbox.migrate import require_schema, schema_version
from worker.cli.database import settings
from worker.cli.host import host
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, day
from worker.cli.output import console, show_json, show_table
from worker.host import folder as folders
from worker.host import stored
from worker.messages import host_check as words
from worker.messages.times import Month
from worker.operations.host_check import to_json
from worker.rehearsal.findings import Finding
from worker.rehearsal.rehearse import Rehearsal, of_applied, of_folder
from worker.rehearsal.scope import DOCUMENTS, Scope
from worker.rehearsal.translation import Outcome

_COLOURS = {"failure": "red", "warning": "yellow"}
#: Blanks before what hangs under a finding, and before the reasons of a mode.
_HANGING, _REASONS = 9, 2
_LARGEST = 10_000_000


@host.command()
@click.argument("path", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--documents",
    type=click.IntRange(1, _LARGEST),
    default=DOCUMENTS,
    metavar="N",
    help=f"Look at the newest N of every practice (default {DOCUMENTS}).",
)
@click.option("--since", type=day, help="Look at those completed on or after this day.")
@as_json
@click.pass_context
@in_language
def check(
    context: click.Context, /, *, path: Path | None, documents: int, since: date | None, as_json: bool, say: Voice
) -> None:
    """Try a host's description on its own documents: changes nothing, sends nothing. Without DIR the applied one.

    All of it is one transaction that is rolled back, prepare.sql included: while it would make an index, the host cannot write
    to that table. Make new indexes by hand before (create index concurrently), or rehearse on a copy.
    """
    rehearsal = _rehearse(path, Scope(documents, since), say)
    if as_json:
        show_json(to_json(rehearsal, say.lang))
    else:
        _show(rehearsal, say)
    context.exit(1 if rehearsal.failures else 0)


def _rehearse(path: Path | None, scope: Scope, say: Voice) -> Rehearsal:
    folder = folders.read(path) if path is not None else None
    with connect(settings("database").direct_database_url, as_worker=False) as connection:
        if folder is None or schema_version(connection):  # a database without our schema is good enough for a folder
            require_schema(connection)
        if folder is None:
            return of_applied(connection, stored.folder(connection), scope, say.progress)
        return of_folder(connection, folder, scope, say.progress)


def _show(rehearsal: Rehearsal, say: Voice) -> None:
    done = rehearsal.translation
    if done.documents:
        _wrap(say.words(words.DESCRIPTION(host=rehearsal.host, documents=done.there, first=done.first, last=done.last)))
    else:
        _wrap(say.words(words.NO_DOCUMENTS(host=rehearsal.host)))
    for finding in rehearsal.findings:
        _finding(finding, say)
    if not rehearsal.findings:
        _wrap(say.words(words.NOTHING_FOUND()))
    if done.documents:
        _documents(rehearsal, say)


def _finding(finding: Finding, say: Voice) -> None:
    level = click.style(f"{say.words(words.LEVELS[finding.level]()):{_HANGING}}", fg=_COLOURS[finding.level])
    click.echo(f"\n{level}{finding.code}" + (f" ({finding.view}.sql)" if finding.view else ""))
    _wrap(say.words(finding.message), _HANGING)
    _wrap(say.words(finding.remedy), _HANGING)
    if finding.examples:
        _wrap(say.words(words.EXAMPLES(examples=finding.examples)), _HANGING)


def _documents(rehearsal: Rehearsal, say: Voice) -> None:
    done = rehearsal.translation
    click.echo()
    if done.documents < done.there:
        _wrap(say.words(words.NOT_ALL(documents=done.documents, there=done.there)))
    for mode, outcome in done.modes.items():
        _wrap(say.words(words.WOULD_GO[mode](count=outcome.would_go, documents=done.documents)))
        _reasons(outcome, say)
    click.echo()
    _wrap(say.words(words.MONTHS()))
    columns = [say.words(text()) for text in words.MONTH_COLUMNS.values()]
    show_table(
        columns,
        [[_cell(name, getattr(month, name), say) for name in words.MONTH_COLUMNS] for month in rehearsal.months],
    )
    if speed := rehearsal.speed:
        click.echo()
        told = {"document": speed.document_ms, "sweep": speed.sweep_ms, "trigger": speed.trigger_ms}
        _wrap(say.words(words.SPEED(**{name: Decimal(str(ms)) for name, ms in told.items()})))


def _cell(name: str, value: object, say: Voice) -> str:
    """A month or an amount as the language writes it."""
    return say.words(words.CELL(value=Month(date.fromisoformat(f"{value}-01")) if name == "month" else value))


def _reasons(outcome: Outcome, say: Voice) -> None:
    for reason, deaths in sorted(outcome.reasons.items(), key=lambda item: -item[1].count):
        told = words.WOULD_NOT(reason=reason, count=deaths.count, examples=deaths.examples)
        _wrap(say.words(told), _REASONS)


def _wrap(text: str, indent: int = 0) -> None:
    """On as many lines as the terminal needs, hanging; ids are never broken."""
    blanks = " " * indent
    lines = textwrap.wrap(
        text,
        console().width,
        initial_indent=blanks,
        subsequent_indent=blanks,
        break_long_words=False,
        break_on_hyphens=False,
    )
    click.echo("\n".join(lines))
