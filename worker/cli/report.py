"""The command report: the proof of a month, its signature, and whether the chain is whole. It renders what is stored."""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import cast, get_args

import click

from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, for_practice, practice_id, recorded
from worker.cli.options import month as month_of_year
from worker.cli.output import Failure, show_json
from worker.messages import report as words
from worker.messages.times import Month
from worker.operations.report import chain
from worker.operations.report.chain import Link
from worker.operations.report.formats.render import Form, pdf_maker, rendered
from worker.operations.report.make import make


@main.group(invoke_without_command=True)
@click.option("--practice", callback=practice_id, metavar="ID", help="The host's id of the practice.")
@click.option("--month", type=month_of_year, metavar="YYYY-MM", help="By invoice date.")
@click.option(
    "--format", "form", type=click.Choice(get_args(Form)), default="text", show_default=True,
    help="csv is for a spreadsheet, csv-machine a value a line.",
)  # fmt: skip
@as_json
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it here instead of on stdout.")
@in_language
@click.pass_context
def report(
    context: click.Context,
    /,
    *,
    practice: int | None,
    month: date | None,
    form: str,
    as_json: bool,
    out: Path | None,
    say: Voice,
) -> None:
    """The proof of a month: what the practice completed, what went over, what lies in Lexware now.

    Asks Lexware and keeps the report. Exit code 1 when not everything is proven. A signed report is shown as it was signed.
    """
    if context.invoked_subcommand is not None:
        return
    if practice is None or month is None:
        raise click.UsageError(f"Missing option '--{'practice' if practice is None else 'month'}'.")
    form = "json" if as_json else form
    if form == "pdf" and out is None and sys.stdout.isatty():
        raise click.UsageError(say.words(words.NEEDS_FILE()))
    if form == "pdf":
        pdf_maker()  # before Lexware is asked in vain
    config = settings("database")
    with database() as connection:
        made = make(connection, config, practice, month, waiting=say.waiting)
        _put(rendered(connection, made, cast("Form", form), say.lang), out, say)
    context.exit(0 if made.complete else 1)


@report.command()
@for_practice
@click.option("--month", type=month_of_year, required=True, metavar="YYYY-MM", help="The month to be closed.")
@recorded
@in_language
def sign(*, practice: int, month: date, by: str, why: str | None, say: Voice) -> None:
    """Close the report of a month, in the name of whoever has checked it. What changes later stands in the next one."""
    with database() as connection:
        signed = chain.sign(connection, practice, month, by=by, why=why)
    say(words.CLOSED(month=Month(month), by=by, hash=signed.sha256))
    if not signed.complete:
        say(words.CLOSED_INCOMPLETE())


@report.command()
@for_practice
@as_json
@in_language
@click.pass_context
def verify(context: click.Context, /, *, practice: int, as_json: bool, say: Voice) -> None:
    """Whether every report of a practice is as it was made and signed. Exit code 1 when one is not."""
    with database() as connection:
        links = list(chain.verify(connection, practice))
    faulty = any(link.fault for link in links)
    if as_json:
        show_json({"practice_id": practice, "ok": not faulty, "reports": [link.to_json() for link in links]})
    else:
        _tell(links, say)
    context.exit(1 if faulty else 0)


def _tell(links: list[Link], say: Voice) -> None:
    if not links:
        say(words.NO_REPORTS())
    for link in links:
        verdict = words.FAULTS[link.fault or "none"]()
        signed = words.SIGNED_LINK(verdict=verdict, by=link.signed_by) if link.signed_at else verdict
        say(words.LINK(sequence=link.sequence, month=Month(link.month), verdict=signed))


def _put(content: Iterable[bytes], out: Path | None, say: Voice) -> None:
    if out is None:
        sys.stdout.flush()
        for piece in content:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    try:
        with out.open("wb") as file:
            file.writelines(content)
    except OSError as error:
        raise Failure(say.words(words.NOT_WRITABLE(file=out, problem=error.strerror))) from None
    say.aside(words.KEPT(file=out))
