"""Lexware's calendar: moments are written with the Berlin offset, days are Berlin days (lexware-api 1.3)."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def stamp(moment: datetime) -> str:
    """Write a moment as `yyyy-MM-ddTHH:mm:ss.SSSXXX` with the Berlin offset."""
    return moment.astimezone(BERLIN).isoformat(timespec="milliseconds")


def read_stamp(text: str) -> datetime:
    """Read a dateTime of a sales document; ValueError unless it has milliseconds and a zone."""
    if not _STAMP.fullmatch(text):
        raise ValueError(text)
    try:
        return datetime.fromisoformat(text).astimezone(BERLIN)
    except OverflowError as error:
        raise ValueError(text) from error


def read_day(text: str) -> date:
    """Read a `yyyy-MM-dd` filter; ValueError for every other spelling."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def day_of(moment: datetime) -> date:
    """The Berlin day a moment falls on."""
    return moment.astimezone(BERLIN).date()


def midnight(day: date) -> str:
    """The first moment of a Berlin day, as the API writes it."""
    return stamp(datetime.combine(day, time(), tzinfo=BERLIN))


def now() -> datetime:
    """The server's clock, in milliseconds as the API shows them."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
