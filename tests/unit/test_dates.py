"""The one formatter of Lexware's dates."""

import re
from datetime import date, timedelta

import pytest

from worker.lexware.translate.dates import lexware_date


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 2, 3), "2026-02-03T00:00:00.000+01:00", id="winter"),
        pytest.param(date(2026, 7, 14), "2026-07-14T00:00:00.000+02:00", id="summer"),
        pytest.param(date(2026, 3, 29), "2026-03-29T00:00:00.000+01:00", id="the clock goes forward at two"),
        pytest.param(date(2026, 3, 30), "2026-03-30T00:00:00.000+02:00", id="the day after"),
        pytest.param(date(2026, 10, 25), "2026-10-25T00:00:00.000+02:00", id="the clock goes back at three"),
        pytest.param(date(2026, 10, 26), "2026-10-26T00:00:00.000+01:00", id="the day after that"),
        pytest.param(date(2024, 2, 29), "2024-02-29T00:00:00.000+01:00", id="leap day"),
        pytest.param(date(1026, 7, 14), "1026-07-14T00:00:00.000+01:00", id="a mistyped year"),
    ],
)
def test_day_is_midnight_in_berlin(day: date, expected: str) -> None:
    """A day goes as its midnight in Berlin, with the offset of that day."""
    assert lexware_date(day) == expected


def test_every_day_has_the_one_form_the_api_accepts() -> None:
    """Three digits of milliseconds, an offset of hours and minutes: anything else is refused."""
    pattern = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+]\d\d:\d\d")

    days = [date.min, date.max, *(date(1880, 1, 1) + timedelta(days=n) for n in range(0, 366 * 200, 3))]

    assert [day for day in days if not pattern.fullmatch(lexware_date(day))] == []
