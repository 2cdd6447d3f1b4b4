"""A report as plain text that fits 80 columns, the same wherever it is read."""

import textwrap
from collections.abc import Iterator

from worker.messages import report as words
from worker.operations.report.formats.layout import Layout, Part

WIDTH = 80
_BETWEEN, _INDENT = "  ", "    "


def text(layout: Layout) -> Iterator[bytes]:
    """All of it, UTF-8."""
    return (f"{line.rstrip()}\n".encode() for line in _lines(layout))


def _lines(layout: Layout) -> Iterator[str]:
    yield layout.title
    yield "=" * len(layout.title)
    for line in layout.head():
        yield from _wrapped(line)
    for part in layout.parts():
        yield from ("", part.title, "-" * len(part.title))
        yield from _table(part, layout)
    yield ""
    for line in layout.foot():
        yield from _wrapped(line)


def _table(part: Part, layout: Layout) -> Iterator[str]:
    """A table if it fits, else a paragraph of each row."""
    rows = part.few()
    if not rows:
        yield from _wrapped(layout.say(words.TOO_MANY() if rows is None else words.NOTHING()))
        return
    widths = [max(map(len, column)) for column in zip(part.columns, *rows, strict=True)]
    if sum(widths) + len(_BETWEEN) * (len(widths) - 1) > WIDTH:
        for row in rows:
            pairs = zip(part.columns, row, strict=True)
            yield from _wrapped(", ".join(f"{column}: {cell}" for column, cell in pairs if cell))
        return
    for row in (part.columns, *rows):
        yield _BETWEEN.join(_aligned(part, place, cell, widths[place]) for place, cell in enumerate(row))


def _aligned(part: Part, place: int, cell: str, width: int) -> str:
    return cell.rjust(width) if place in part.numeric else cell.ljust(width)


def _wrapped(line: str) -> list[str]:
    """The line, broken between words only: ids and hashes stay whole."""
    return textwrap.wrap(
        line, WIDTH, subsequent_indent=_INDENT, break_long_words=False, break_on_hyphens=False
    ) or [""]  # fmt: skip
