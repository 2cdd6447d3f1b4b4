"""How wide what a command prints may be, and how text is laid out in it: hanging indents, and no id ever broken.

A terminal gives its width; without one, `COLUMNS` does if it is set, else nothing is broken, so that lines can be
searched and cut by other programs.
"""

import io
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from contextvars import ContextVar
from typing import TextIO

import click

#: What the further lines of a paragraph stand under: the text after a label, a mark of a list, or a moment and two blanks.
_BEGINNING = re.compile(r"\s*(?:- |[^\s:.`][^:.`\n]{0,20}: |\S[^`]{0,30}?  +)")
_LEAST = 20

_asked: ContextVar[int | None] = ContextVar("paged", default=None)


def width(stream: TextIO | None = None) -> int | None:
    """How wide a line may be on stdout (or on this stream); None: as wide as it likes."""
    if (asked := _asked.get()) is not None and stream is None:
        return asked
    if (stream or sys.stdout).isatty():
        return max(_LEAST, shutil.get_terminal_size().columns)
    columns = os.environ.get("COLUMNS", "")
    return max(_LEAST, int(columns)) if re.fullmatch(r"[1-9][0-9]{0,3}", columns) else None


def laid(text: str, wide: int | None) -> str:
    """The text with every paragraph's further lines under its beginning; a word that is wider stands alone, unbroken."""
    if wide is None:
        return text
    return "\n".join(line if len(line) <= wide else _hung(line, wide) for line in text.split("\n"))


def hanging(line: str, hang: int) -> list[str]:
    """The lines of one paragraph on stdout, the further ones indented so far."""
    wide = width()
    return [line] if wide is None else _hung(line, wide, hang).split("\n")


def _hung(line: str, wide: int, hang: int | None = None) -> str:
    if hang is None:
        found = _BEGINNING.match(line)
        hang = found.end() if found else len(line) - len(line.lstrip(" "))
    hang = min(hang, wide // 2)
    lines = textwrap.wrap(
        line, wide, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False, replace_whitespace=False,
        expand_tabs=False,
    )  # fmt: skip
    return "\n".join(each if len(each) <= wide else each.strip() for each in lines)


@contextmanager
def as_wide_as(wide: int | None) -> Iterator[None]:
    """What is put out within is laid out for that width, wherever it goes."""
    token = _asked.set(wide)
    try:
        yield
    finally:
        _asked.reset(token)


@contextmanager
def paged() -> Iterator[None]:
    """What is put out within goes through a pager, when a human looks at it and it is longer than the screen."""
    if not sys.stdout.isatty():
        yield
        return
    screen, held = shutil.get_terminal_size(), io.StringIO()
    with as_wide_as(screen.columns), redirect_stdout(held):
        yield
    said = held.getvalue()
    if said.count("\n") < screen.lines:
        click.echo(said, nl=False)
    else:
        click.echo_via_pager(said)
