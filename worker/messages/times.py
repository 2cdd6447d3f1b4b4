"""Moments, days, months and amounts as people of a language read them, each in one form; and lengths of time.

Knows only the languages; `Sentence` and the tables of the commands ask it.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Literal

Lang = Literal["de", "en"]
#: Where the reader is; None: where this machine is.
READER: ContextVar[tzinfo | None] = ContextVar("reader", default=None)

_UNITS = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"))
_ZONES_DE = {"CET": "MEZ", "CEST": "MESZ"}
_GERMAN = str.maketrans(",.", ".,")
_MONTHS: dict[Lang, str] = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, by any of its days."""

    of: date

    def said_in(self, lang: Lang) -> str:
        """Like `November 2026`."""
        return f"{_MONTHS[lang].split()[self.of.month - 1]} {self.of.year}"


def in_words(seconds: float) -> str:
    """One figure, one unit, rounded down, e.g. `3 min`; below a second `0 s`, never negative."""
    for length, unit in _UNITS:
        if seconds >= length:
            return f"{int(seconds // length)} {unit}"
    return "0 s"


def day(moment: date, lang: Lang) -> str:
    """A day like 31.12.2026 or 2026-12-31."""
    return f"{moment:%d.%m.%Y}" if lang == "de" else f"{moment:%Y-%m-%d}"


def to_the_minute(moment: datetime, lang: Lang) -> str:
    """In the time zone of the reader, which is named."""
    return _moment(moment, "%H:%M", lang)


def to_the_second(moment: datetime, lang: Lang) -> str:
    """In the time zone of the reader, which is named."""
    return _moment(moment, "%H:%M:%S", lang)


def amount(value: Decimal, lang: Lang) -> str:
    """A number with all its digits, like 1.234,50 or 1234.50."""
    return f"{value:,f}".translate(_GERMAN) if lang == "de" else f"{value:f}"


def _moment(moment: datetime, clock: str, lang: Lang) -> str:
    return written(moment.astimezone(READER.get()), clock, lang)


def written(here: datetime, clock: str, lang: Lang) -> str:
    """A moment in its own time zone, which is named; `clock` is what strftime takes."""
    zone = here.tzname() or ""
    return f"{day(here, lang)} {here:{clock}} {_ZONES_DE.get(zone, zone) if lang == 'de' else zone}"
