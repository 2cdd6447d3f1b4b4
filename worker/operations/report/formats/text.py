"""A report as plain text, of one width wherever it is read."""

from collections.abc import Iterator

from worker.messages import report as words
from worker.operations.report.formats.layout import Layout, Part


def text(layout: Layout) -> Iterator[bytes]:
    """All of it, UTF-8."""
    return (f"{line.rstrip()}\n".encode() for line in _lines(layout))


def _lines(layout: Layout) -> Iterator[str]:
    yield layout.title
    yield "=" * len(layout.title)
    yield from layout.head()
    for part in layout.parts():
        yield from ("", part.title, "-" * len(part.title))
        yield from _table(part, layout)
    yield ""
    yield from layout.foot()


def _table(part: Part, layout: Layout) -> Iterator[str]:
    rows = part.few()
    if not rows:
        yield layout.say(words.TOO_MANY() if rows is None else words.NOTHING())
        return
    widths = [max(map(len, column)) for column in zip(part.columns, *rows, strict=True)]
    for row in (part.columns, *rows):
        yield "  ".join(_aligned(part, place, cell, widths[place]) for place, cell in enumerate(row))


def _aligned(part: Part, place: int, cell: str, width: int) -> str:
    return cell.rjust(width) if place in part.numeric else cell.ljust(width)
