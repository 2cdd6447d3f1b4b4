"""SQL is data: files below `sql/`, loaded by name, as bytes, so that nobody can format values into them.

Queries lie below `sql/queries/`, in a folder for each owner: the schema that they write, or whose rows they are about.
`sql/queries/outbox/ledger.sql` holds its own under lines `-- name: begin`; they are asked for as `query("ledger.begin")`,
without the owner: no two files bear one name (tests/unit/test_queries.py).
"""

import re
from functools import cache
from pathlib import Path

_INSTALLED, _CHECKOUT = Path(__file__).with_name("_sql"), Path(__file__).resolve().parent.parent / "sql"
#: A wheel brings the folder inside this package; a checkout has it at the top.
ROOT = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
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
    return _queries()[name]


@cache
def for_each(name: str, **types: str) -> bytes:
    """The query `name`, a select, for many at once: its parameters are columns of `rows`, a JSON array, of these types.

    Each row is asked for by itself, so the host's views are never joined. What it gives must tell which row it is of.
    """
    asked = query(name)
    for column in types:
        asked = asked.replace(b"%%(%s)s" % column.encode(), b"asked." + column.encode())
    columns = ", ".join(f"{column} {sort}" for column, sort in types.items())
    return (
        f"select found.* from json_to_recordset(%(rows)s) as asked ({columns}) cross join lateral (".encode()  # noqa: S608 (names of ours)
        + asked.removesuffix(b";")
        + b"\noffset 0) found"
    )


@cache
def _queries() -> dict[str, bytes]:
    """All of them, read once."""
    return {
        f"{path.stem}.{name.decode()}": body.strip()
        for path in (ROOT / "queries").glob("*/*.sql")
        for name, body in _pieces(path.read_bytes())
    }


def _pieces(body: bytes) -> list[tuple[bytes, bytes]]:
    pieces = _NAME.split(body)[1:]
    return list(zip(pieces[::2], pieces[1::2], strict=True))
