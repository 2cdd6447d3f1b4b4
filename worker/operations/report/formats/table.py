"""A report as CSV: for people, as a German spreadsheet opens it, and for programs, a value a line.

No cell is ever a formula: what would begin one gets an apostrophe before it, numbers of ours aside.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from worker.operations.report.chain import Report
from worker.operations.report.formats.layout import Layout
from worker.operations.report.formats.stored import StoredText

#: Lines that are written together.
_AT_ONCE = 500
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 (spreadsheets take them for these)


def for_people(layout: Layout) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, semicolons, decimal commas if the layout has them. A part after the other."""
    yield codecs.BOM_UTF8
    yield from _written(_for_people(layout), delimiter=";", end="\r\n")


def for_programs(report: Report, text: StoredText) -> Iterator[bytes]:
    """The JSON, a value a line: part, the row within it, field, value. UTF-8, commas, decimal points."""
    return _written(_for_programs(report, text))


def _for_programs(report: Report, text: StoredText) -> Iterator[Sequence[str]]:
    yield ("part", "row", "field", "value")
    for name in text:
        part, field = name[0], ".".join(name[1:])
        rows = enumerate(text.rows(*name), 1) if text.is_list(name) else [("", text[name])]
        yield from ((part, *cell) for place, row in rows for cell in _cells(row, str(place), field))
    yield ("sha256", "", "", report.sha256)


def _for_people(layout: Layout) -> Iterator[Sequence[str]]:
    yield from ([line] for line in (layout.title, *layout.head()))
    for part in layout.parts():
        yield from ([], [part.title], part.columns)
        yield from part.rows()
    yield from ([], *([line] for line in layout.foot()))


def _written(rows: Iterator[Sequence[str]], *, delimiter: str = ",", end: str = "\n") -> Iterator[bytes]:
    """Some lines at a time, since there may be many."""
    while some := list(islice(rows, _AT_ONCE)):
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(map(safe, cells) for cells in some)
        yield out.getvalue().encode()


def safe(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def _cells(value: Any, row: str, field: str) -> Iterator[tuple[str, str, str]]:
    match value:
        case dict():
            for name, one in value.items():
                yield from _cells(one, row, f"{field}.{name}" if field else name)
        case list():
            for place, one in enumerate(value, 1):
                yield from _cells(one, f"{row}.{place}" if row else str(place), field)
        case None:
            yield row, field, ""
        case bool():
            yield row, field, str(value).lower()
        case _:
            yield row, field, str(value)
