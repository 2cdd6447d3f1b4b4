"""A report as CSV: for people, as a German spreadsheet opens it, and for programs, a value a line.

No cell is ever a formula: what would begin one gets an apostrophe before it, numbers of ours aside.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from worker.operations.report.chain import Report
from worker.operations.report.formats.layout import Layout

_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 (spreadsheets take them for these)
BOM = "\ufeff"


def for_people(layout: Layout) -> bytes:
    """UTF-8 with a byte order mark, semicolons; amounts as the language writes them. A part after the other."""
    out = io.StringIO(newline="")
    out.write(BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for line in (layout.title, *layout.head()):
        writer.writerow([safe(line)])
    for part in layout.parts():
        writer.writerow([])
        writer.writerow([safe(part.title)])
        writer.writerow(map(safe, part.columns))
        writer.writerows(map(safe, row) for row in part.rows)
    writer.writerow([])
    for line in layout.foot():
        writer.writerow([safe(line)])
    return out.getvalue().encode()


def for_programs(report: Report) -> bytes:
    """The JSON, a value a line: part, the row within it, field, value. UTF-8, commas, decimal points."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("part", "row", "field", "value"))
    data = json.loads(report.body) | {"sha256": report.sha256}
    for name, value in data.items():
        writer.writerows((name, *map(safe, cell)) for cell in _cells(value, "", ""))
    return out.getvalue().encode()


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
