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

from worker.cli.paper import laid, width
from worker.messages.visible import escaped, visible

#: Blanks between two columns, a width that no line reaches, and so many lines a row of a table may take on average.
_BETWEEN, _WIDE, _LINES_A_ROW = 2, 1000, 3


class Failure(Exception):
    """The answer is bad news or the action failed: one sentence that says what to do (exit code 1)."""


def complain(message: str) -> None:
    """Say what is wrong, on stderr."""
    click.echo(laid(visible(message), width(sys.stderr)), err=True)


def show_json(value: object) -> None:
    """One JSON document on stdout: times ISO 8601 in UTC, ids numbers, money strings."""
    is_unicode = codecs.lookup(sys.stdout.encoding or "utf-8").name.startswith("utf")
    click.echo(escaped(json.dumps(value, default=_plain, ensure_ascii=not is_unicode, indent=2)))


def put(text: str) -> None:
    """Words on stdout, laid out for its width."""
    click.echo(laid(visible(text), width()))


def show_table(columns: list[str], rows: list[list[object]], *, title: str | None = None) -> None:
    """A table on stdout; where it does not fit, a paragraph for each row. Nothing is ever cut, no word is broken."""
    columns = [visible(name) for name in columns]
    cells = [["" if cell is None else visible(str(cell)) for cell in row] for row in rows]
    paper = console()
    table = _table(columns, cells, title)
    if _fits(columns, cells, paper.width) and len(paper.render_lines(table)) <= _LINES_A_ROW * (len(cells) + 1):
        paper.print(table)
        return
    if title:
        put(title)
    for place, row in enumerate(cells):
        if place:
            click.echo()
        for name, cell in zip(columns, row, strict=True):
            if cell:
                put(f"{name}: {cell}")


def _fits(columns: list[str], cells: list[list[str]], wide: int) -> bool:
    longest = [
        max(len(word) for text in (name, *column) for word in text.split(" "))
        for name, *column in zip(columns, *cells, strict=True)
    ]
    return sum(longest) + _BETWEEN * (len(longest) - 1) <= wide


def _table(columns: list[str], cells: list[list[str]], title: str | None) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name, *column in zip(columns, *cells, strict=True):
        table.add_column(name, no_wrap=not any(" " in text for text in (name, *column)))
    for row in cells:
        table.add_row(*row)
    return table


class _Paper(Console):
    def on_broken_pipe(self) -> None:
        """Nobody reads on: the group of commands knows what that means (`worker/cli/__init__.py`)."""
        raise  # noqa: PLE0704 (called where the error is caught)


def console() -> Console:
    """stdout, as wide as `paper` says, or as wide as anything."""
    wide = width()
    return _Paper(width=wide or _WIDE, highlight=False, markup=False, soft_wrap=wide is None)


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
