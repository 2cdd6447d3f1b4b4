"""How every command behaves: options they share, words on stdout, complaints on stderr, JSON when asked for.

Reading commands take `--json` (one document on stdout); changing commands take `--by` and `--why` and are recorded.
"""

import getpass
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table

from outbox.db import Connection, connect
from outbox.migrate import require_schema
from worker import config

F = TypeVar("F", bound=Callable[..., Any])

#: Blanks between two columns, and a width that no line reaches.
_BETWEEN, _WIDE = 2, 1000


class Failure(Exception):
    """The answer is bad news or the action failed: one sentence that says what to do (exit code 1)."""


def complain(message: str) -> None:
    """Say what is wrong, on stderr."""
    click.echo(message, err=True)


def as_json(command: F) -> F:
    """Add `--json` (parameter `as_json`)."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")(command)


def recorded(command: F) -> F:
    """Add `--by` and `--why` (parameters `by`, `why`), which are kept in the history."""
    command = click.option("--why", help="The reason, kept in the history.")(command)
    return click.option(
        "--by", default=_os_user, show_default="the OS user", help="Who does this, kept in the history."
    )(command)


def for_practice(command: F) -> F:
    """Add `--practice ID` (parameter `practice`), required."""
    return click.option("--practice", type=int, required=True, metavar="ID", help="The host's id of the practice.")(
        command
    )


def agree(question: str, *, yes: bool) -> None:
    """Ask on a terminal before many things change; `--yes` answers. Not on a terminal: no question."""
    if not yes and sys.stdin.isatty():
        click.confirm(question, abort=True)


def settings(*needs: config.Need) -> config.Config:
    """The configuration; raises ConfigurationError (exit code 78)."""
    return config.read(*needs)


@contextmanager
def database(*needs: config.Need) -> Iterator[Connection]:
    """A connection for a one-shot command, to a schema that this program fits (else exit code 78 or 1)."""
    with connect(settings("database", *needs).database_url) as connection:
        require_schema(connection)
        yield connection


def show_json(value: object) -> None:
    """One JSON document on stdout: times ISO 8601 in UTC, ids numbers, money strings."""
    click.echo(json.dumps(value, default=_plain, ensure_ascii=False, indent=2))


def show_table(columns: list[str], rows: list[list[object]], *, title: str | None = None) -> None:
    """A table on stdout. Nothing is ever cut; on a narrow terminal words go to a further line before numbers and ids do."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    longest = [
        max(len(word) for text in (name, *column) for word in text.split(" "))
        for name, *column in zip(columns, *cells, strict=True)
    ]
    paper = console()
    fits = sum(longest) + _BETWEEN * (len(longest) - 1) <= paper.width
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name, *column in zip(columns, *cells, strict=True):
        has_blanks = any(" " in text for text in (name, *column))
        table.add_column(name, overflow="fold", no_wrap=fits and not has_blanks)
    for row in cells:
        table.add_row(*row)
    paper.print(table)


def console() -> Console:
    """stdout, as wide as the terminal, or as wide as anything when there is none."""
    is_screen = sys.stdout.isatty()
    return Console(width=None if is_screen else _WIDE, highlight=False, markup=False, soft_wrap=not is_screen)


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case _:
            raise TypeError(type(value).__name__)


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
