"""What commands put out: JSON and tables on stdout, complaints and questions on stderr."""

import codecs
import json
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import click
from rich.console import Console
from rich.table import Table

from worker.messages.visible import escaped, visible

#: Blanks between two columns, and a width that no line reaches.
_BETWEEN, _WIDE = 2, 1000


class Failure(Exception):
    """The answer is bad news or the action failed: one sentence that says what to do (exit code 1)."""


def complain(message: str) -> None:
    """Say what is wrong, on stderr."""
    click.echo(visible(message), err=True)


def agree(question: str, *, yes: bool) -> None:
    """Ask on a terminal before many things change; `--yes` answers. Not on a terminal: no question."""
    if not yes and sys.stdin.isatty():
        click.confirm(question, abort=True)


def show_json(value: object) -> None:
    """One JSON document on stdout: times ISO 8601 in UTC, ids numbers, money strings."""
    is_unicode = codecs.lookup(sys.stdout.encoding or "utf-8").name.startswith("utf")
    click.echo(escaped(json.dumps(value, default=_plain, ensure_ascii=not is_unicode, indent=2)))


def show_table(columns: list[str], rows: list[list[object]], *, title: str | None = None) -> None:
    """A table on stdout. Nothing is ever cut; on a narrow terminal words go to a further line before numbers and ids do."""
    columns = [visible(name) for name in columns]
    cells = [["" if cell is None else visible(str(cell)) for cell in row] for row in rows]
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


class _Paper(Console):
    def on_broken_pipe(self) -> None:
        """Nobody reads on: the group of commands knows what that means (`worker/cli/__init__.py`)."""
        raise  # noqa: PLE0704 (called where the error is caught)


def console() -> Console:
    """stdout, as wide as the terminal, or as wide as anything when there is none."""
    is_screen = sys.stdout.isatty()
    return _Paper(width=None if is_screen else _WIDE, highlight=False, markup=False, soft_wrap=not is_screen)


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
