"""SQL is data: files below `sql/`, loaded by name, as bytes, so that nobody can format values into them.

`sql/queries/ledger.sql` holds its queries under lines `-- name: begin`; they are asked for as `query("ledger.begin")`.
"""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "sql"
_NAME = re.compile(rb"^-- name: (\w+)\n", re.MULTILINE)


def files(folder: str) -> list[Path]:
    """The numbered files of a folder below `sql/`, in order."""
    return sorted((ROOT / folder).glob("[0-9]*.sql"))


def text(path: str) -> bytes:
    """One whole file below `sql/`."""
    return (ROOT / path).read_bytes()


@cache
def query(name: str) -> bytes:
    """The query `subject.name`. Raises KeyError for a name that is not there."""
    subject, _, part = name.partition(".")
    return _queries(subject)[part]


@cache
def _queries(subject: str) -> dict[str, bytes]:
    pieces = _NAME.split(text(f"queries/{subject}.sql"))
    return {name.decode(): body.strip() for name, body in zip(pieces[1::2], pieces[2::2], strict=True)}
