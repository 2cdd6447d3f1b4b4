"""The command check: is everything there and set as it must be; with --alarms: does anything go unnoticed."""

import os
from collections.abc import Iterator
from typing import Any

import click

from worker.cli import main
from worker.cli.database import database, settings
from worker.cli.language import Voice, in_language
from worker.cli.options import as_json
from worker.cli.output import show_json
from worker.cli.paper import hanging
from worker.messages import checks as words
from worker.messages.visible import visible
from worker.operations import checks
from worker.operations.alarms import Limits, ringing
from worker.operations.checks.finding import Finding, Level

_COLOURS: dict[Level, str] = {"ok": "green", "warning": "yellow", "failure": "red"}
_DEFAULT = Limits()
#: How wide the first two columns are.
_LEVEL, _NAME = 9, 23


@main.command()
@as_json
@click.option("--alarms", is_flag=True, help="Only look for what must not go unnoticed; for cron.")
@click.option(
    "--pending-minutes", type=click.FloatRange(min=0), default=_DEFAULT.pending_minutes, show_default=True,
    help="Alarm: the oldest pending event is older.",
)  # fmt: skip
@click.option(
    "--silent-hours", type=click.IntRange(min=1), default=_DEFAULT.silent_hours, show_default=True,
    help="Alarm: working hours without a delivery, though documents were completed.",
)  # fmt: skip
@click.option(
    "--dead-minutes", type=click.FloatRange(min=0), default=_DEFAULT.dead_minutes, show_default=True,
    help="Alarm: a letter died in the last so many minutes.",
)  # fmt: skip
@click.pass_context
@in_language
def check(context: click.Context, /, *, as_json: bool, alarms: bool, say: Voice, **limits: Any) -> None:
    """Look at every dependency and setting: a line each, with what to do. Exit code 1 when something fails or rings."""
    failed, found = False, []
    for finding in _alarms(Limits(**limits)) if alarms else _everything():
        failed |= finding.level == "failure"
        line = finding.to_json(say.lang)
        found.append(line)
        if not as_json:
            _show(line, say)
    if as_json:
        show_json(found)
    context.exit(1 if failed else 0)


def _everything() -> Iterator[Finding]:
    yield from checks.everything(settings("database", "redis", "secrets"))


def _alarms(limits: Limits) -> Iterator[Finding]:
    with database() as connection:
        yield from ringing(connection, limits)


def _show(line: dict[str, Any], say: Voice) -> None:
    shade = None if os.environ.get("NO_COLOR") else _COLOURS[line["level"]]
    level, name = line["level"], line["check"]
    head = f"{say.words(words.LEVELS[level]()):{_LEVEL}}{say.words(words.NAMES[name]()) if name in words.NAMES else name:{_NAME}}"
    first, *rest = hanging(head + visible(line["message"]), _LEVEL + _NAME)
    click.echo(click.style(first[:_LEVEL], fg=shade) + first[_LEVEL:])
    if line["remedy"]:
        rest += hanging(f"{'':{_LEVEL + _NAME}}{visible(line['remedy'])}", _LEVEL + _NAME)
    click.echo("".join(f"{each}\n" for each in rest), nl=False)
