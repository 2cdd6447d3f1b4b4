"""The command probe: have Lexware's answers changed, and what is not known about them for certain."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from outbox.ids import PracticeId
from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json, for_practice, recorded
from worker.cli.output import Failure, show_json
from worker.cli.probe_page import probed, tried
from worker.lexware.command_client import CommandClient
from worker.messages import probe as words
from worker.messages import report as file_words
from worker.messages import trial as trial_words
from worker.operations import probe as operations
from worker.operations import trial as trials
from worker.practice import practices


@main.command()
@for_practice
@click.option("--weekly", type=click.Choice(["on", "off"]), help="Have it asked every week by itself, or no longer.")
@click.option(
    "--trial", is_flag=True, help="Settle open questions in a trial account: makes contacts and documents there."
)
@click.option("--consent", metavar="ORGANISATION_ID", help="The trial account's organisation id: it may be written to.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the trial's report here as well, as JSON."
)
@as_json
@recorded
@click.pass_context
@in_language
def probe(
    context: click.Context,
    /,
    *,
    practice: int,
    weekly: str | None,
    trial: bool,
    consent: str | None,
    out: Path | None,
    as_json: bool,
    by: str,
    why: str | None,
    say: Voice,
) -> None:
    """Compare the shape of Lexware's answers with the last time: some ten reading calls, names and types, no values."""
    if trial:
        _try(practice, consent, out, by=by, why=why, as_json=as_json, say=say)
        return
    if consent or out:
        raise click.UsageError(say.words(trial_words.ONLY_WITH_TRIAL()))
    if weekly is not None:
        _switch_weekly(practice, on=weekly == "on", by=by, why=why, as_json=as_json, say=say)
        return
    config = settings("database", "secrets")
    with database() as connection:
        practices.find(connection, practice)
        lexware = CommandClient(connection, config, practice, waiting=say.waiting).lexware()
        found = operations.probe(connection, lexware, PracticeId(practice))
    if as_json:
        show_json(found.to_json())
    else:
        say(*probed(found))
    context.exit(1 if found.is_bad else 0)


def _switch_weekly(practice: int, *, on: bool, by: str, why: str | None, as_json: bool, say: Voice) -> None:
    with database() as connection:
        operations.switch_weekly(connection, practice, on=on, by=by, why=why)
    if as_json:
        show_json({"practice_id": practice, "weekly": on})
    else:
        say(words.WEEKLY[on](practice=practice))


def _try(
    practice: int, consent: str | None, out: Path | None, *, by: str, why: str | None, as_json: bool, say: Voice
) -> None:
    """A trial, with the consent that was given or is typed now."""
    config = settings("database", "secrets")
    if consent is None and not sys.stdin.isatty():
        raise click.UsageError(say.words(trial_words.NO_CONSENT()))
    agreed = consent or str(click.prompt(say.words(trial_words.ASK()), err=True))
    with database() as connection:
        practices.find(connection, practice)
        say.aside(trial_words.BEGINS())
        report = trials.trial(connection, config, practice, agreed, by=by, why=why, waiting=say.waiting)
    if out is not None:
        _write(out, report.to_json(), say)
    if as_json:
        show_json(report.to_json())
    else:
        say(*tried(report))


def _write(out: Path, content: dict[str, Any], say: Voice) -> None:
    try:
        out.write_text(json.dumps(content, default=datetime.isoformat, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise Failure(say.words(file_words.NOT_WRITABLE(file=out, problem=error.strerror))) from None
    say.aside(file_words.KEPT(file=out))
