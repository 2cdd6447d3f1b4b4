"""Days and months as options take them, e.g. 2026-12-31 and 2026-12: `click.option(..., type=day)`."""

import re
from datetime import date

import click

_FIRST_YEAR, _LAST_YEAR = 2000, 2199


def day(value: str) -> date:
    """A calendar day; anything else is a usage error (exit code 2)."""
    try:
        found = date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) else None
    except ValueError:
        found = None
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise click.BadParameter(f"{value!r} is not a day like 2026-12-31.")
    return found


def month(value: str) -> date:
    """The first day of a calendar month; anything else is a usage error (exit code 2)."""
    try:
        return day(f"{value}-01")
    except click.BadParameter:
        raise click.BadParameter(f"{value!r} is not a month like 2026-12.") from None
