"""The page envelope of all lists (lexware-api 9.2)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from worker.lab.sandbox.wire import Json

DEFAULT_SIZE = 25


class Page(NamedTuple):
    """Which stretch of a list is asked for."""

    number: int
    size: int


def asked_page(query: Mapping[str, str]) -> Page:
    """`page` and `size` of a query; what is not a number in range becomes the default (4.4; 10, no. 15)."""
    return Page(
        _number(query.get("page"), least=0, default=0), _number(query.get("size"), least=1, default=DEFAULT_SIZE)
    )


def envelope(rows: Sequence[Json], total: int, page: Page, sort: str, *, ascending: bool) -> Json:
    """One page of a list of `total` entries."""
    pages = -(-total // page.size)
    return {
        "content": list(rows),
        "first": page.number == 0,
        "last": page.number >= pages - 1,
        "totalPages": pages,
        "totalElements": total,
        "numberOfElements": len(rows),
        "size": page.size,
        "number": page.number,
        "sort": [
            {
                "property": sort.lower(),
                "direction": "ASC" if ascending else "DESC",
                "ignoreCase": False,
                "nullHandling": "NATIVE",
                "ascending": ascending,
            }
        ],
    }


def _number(text: str | None, *, least: int, default: int) -> int:
    if text is None or not (text.isascii() and text.isdigit() and len(text) <= 9):
        return default
    return int(text) if int(text) >= least else default
