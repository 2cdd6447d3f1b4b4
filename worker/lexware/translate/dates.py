"""The one formatter of Lexware's dates (lexware-api 1.3).

It guarantees midnight in Berlin with its offset and exactly three millisecond digits, for every day a `date` can be.
It does not know what the day is for.
"""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
BEFORE_STANDARD_TIME = timezone(timedelta(hours=1))
"""Until 1893 Berlin's offset had odd seconds, which the remote pattern cannot carry: a mistyped year gets this one."""


def lexware_date(day: date) -> str:
    """The day as Lexware wants it, e.g. `2026-07-14T00:00:00.000+02:00`."""
    zone = BERLIN if day.year > 1893 else BEFORE_STANDARD_TIME
    return datetime.combine(day, time(), zone).isoformat(timespec="milliseconds")
