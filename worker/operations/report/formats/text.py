"""A report as plain text, of one width wherever it is read."""

from collections.abc import Iterator

from worker.messages import report as words
from worker.operations.report.formats.layout import Layout, Part

MOST_ROWS = 1000
"""More lines of a part than this are left to the formats for programs."""


def text(layout: Layout) -> bytes:
    """All of it, UTF-8."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(layout)).encode()


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
    if not part.rows:
        yield layout.say(words.NOTHING())
    elif len(part.rows) > MOST_ROWS:
        yield layout.say(words.TOO_MANY(count=len(part.rows)))
    else:
        widths = [max(map(len, column)) for column in zip(part.columns, *part.rows, strict=True)]
        for row in (part.columns, *part.rows):
            yield "  ".join(_aligned(part, place, cell, widths[place]) for place, cell in enumerate(row))


def _aligned(part: Part, place: int, cell: str, width: int) -> str:
    return cell.rjust(width) if place in part.numeric else cell.ljust(width)
