"""Lengths of time and moments as people read them on a screen."""

from datetime import datetime

_UNITS = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"), (1.0, "s"))


def in_words(seconds: float) -> str:
    """One figure, one unit, rounded down, e.g. `3 min`; below a second `0 s`, never negative."""
    for length, unit in _UNITS:
        if seconds >= length:
            return f"{int(seconds // length)} {unit}"
    return "0 s"


def to_the_minute(moment: datetime) -> str:
    """In the time zone of the reader."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def to_the_second(moment: datetime) -> str:
    """In the time zone of the reader."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")
