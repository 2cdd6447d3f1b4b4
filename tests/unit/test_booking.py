"""Days, periods and charges of a booking: inclusive Berlin days, whole periods, dated prices (design section 7)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.practice.booking import (
    ONE_DAY,
    Booking,
    KeyExpiry,
    NoPrice,
    Price,
    Span,
    add_months,
    charges,
    end_when_declined,
    key_expiry,
    month_of,
    period,
    warned_when_stored_by,
)

PRICES = [
    Price("solo", "monthly", date(2020, 1, 1), Decimal("6.00")),
    Price("solo", "yearly", date(2020, 1, 1), Decimal("65.00")),
    Price("solo", "monthly", date(2027, 2, 15), Decimal("7.00")),
    Price("team", "monthly", date(2020, 1, 1), Decimal("0.00")),
    Price("business", "yearly", date(2020, 1, 1), Decimal("0.00")),
]
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def day(text: str) -> date:
    """A day written as 2026-12-31."""
    return date.fromisoformat(text)


def booking(ordered_on: str = "2026-11-10", billing: str = "monthly", **days: str) -> Booking:
    """A booking with its days as text."""
    return Booking(billing=billing, ordered_on=day(ordered_on), **{name: day(text) for name, text in days.items()})


def listed(of: Booking, month: str, plan: str = "solo") -> list[tuple[str, str, str, str]]:
    """The charges of a month: from, to, amount, reason."""
    found = charges(of, plan, month_of(day(f"{month}-01")), PRICES)
    return [(str(one.span.first), str(one.span.last), str(one.net_amount), one.reason) for one in found]


# Periods


@pytest.mark.parametrize(
    ("of", "number", "first", "last"),
    [
        pytest.param(booking("2026-11-10"), 0, "2026-11-10", "2026-12-09", id="from the order"),
        pytest.param(booking("2026-11-10"), 2, "2027-01-10", "2027-02-09", id="over the year's end"),
        pytest.param(
            booking("2026-11-10", trial_until="2026-12-31"), 0, "2027-01-01", "2027-01-31", id="after the trial"
        ),
        pytest.param(
            booking("2026-01-31"), 0, "2026-01-31", "2026-02-27", id="31st: to the day before the last of February"
        ),
        pytest.param(booking("2026-01-31"), 1, "2026-02-28", "2026-03-30", id="31st: the last of February"),
        pytest.param(booking("2026-01-31"), 2, "2026-03-31", "2026-04-29", id="31st: the 31st again"),
        pytest.param(booking("2028-01-31"), 1, "2028-02-29", "2028-03-30", id="31st: leap year"),
        pytest.param(booking("2026-11-10", "yearly"), 0, "2026-11-10", "2027-11-09", id="year"),
        pytest.param(booking("2028-02-29", "yearly"), 1, "2029-02-28", "2030-02-27", id="year from a leap day"),
        pytest.param(booking("2028-02-29", "yearly"), 4, "2032-02-29", "2033-02-27", id="back on the leap day"),
    ],
)
def test_periods_keep_their_day(of: Booking, number: int, first: str, last: str) -> None:
    """Periods begin on the day after the trial, or of the order; a month too short lends its last day."""
    assert period(of, number) == Span(day(first), day(last))


@given(DAYS, st.sampled_from(["monthly", "yearly"]), st.integers(0, 60))
def test_periods_leave_no_day_out_and_none_twice(ordered_on: date, billing: str, number: int) -> None:
    """The next period begins on the day after the last one's end."""
    of = Booking(billing=billing, ordered_on=ordered_on)

    assert period(of, number).last + ONE_DAY == period(of, number + 1).first
    assert period(of, number).first <= period(of, number).last


# The end


@pytest.mark.parametrize(
    ("of", "today", "last"),
    [
        pytest.param(booking(), "2026-11-10", "2026-12-09", id="on the day of the order"),
        pytest.param(booking(), "2026-12-09", "2026-12-09", id="on a period's last day"),
        pytest.param(booking(), "2026-12-10", "2027-01-09", id="on a period's first day"),
        pytest.param(booking("2026-11-10", "yearly"), "2027-11-09", "2027-11-09", id="a year's last day"),
        pytest.param(booking(trial_until="2026-12-31", decline_by="2026-12-15"), "2026-12-15", "2026-12-31", id="on the last day to decline"),
        pytest.param(booking(trial_until="2026-12-31", decline_by="2026-12-15"), "2026-12-16", "2027-01-31", id="a day too late"),
        pytest.param(booking(trial_until="2026-12-31"), "2026-12-31", "2026-12-31", id="no decline date: the trial's last day"),
        pytest.param(booking(trial_until="2026-12-31"), "2027-01-01", "2027-01-31", id="after the trial"),
        pytest.param(booking(trial_until="2026-12-31", decline_by="2026-12-15"), "2030-06-05", "2030-06-30", id="years later"),
        pytest.param(booking("2026-01-31"), "2026-02-27", "2026-02-27", id="31st: the day before the last of February"),
        pytest.param(booking("2026-01-31"), "2026-02-28", "2026-03-30", id="31st: the last of February"),
    ],
)  # fmt: skip
def test_the_end_of_a_declined_booking(of: Booking, today: str, last: str) -> None:
    """By the decline date the trial's end, later the end of the period that runs or comes next."""
    assert end_when_declined(of, day(today)) == day(last)


@given(DAYS, DAYS, st.sampled_from(["monthly", "yearly"]))
def test_a_booking_never_ends_in_the_past_nor_later_than_its_period(one: date, other: date, billing: str) -> None:
    """The end is the last day of exactly the period that holds today."""
    ordered_on, today = sorted((one, other))
    of = Booking(billing=billing, ordered_on=ordered_on)

    last = end_when_declined(of, today)

    assert last >= today
    assert today in next(span for span in (period(of, number) for number in range(1200)) if span.last == last)


@pytest.mark.parametrize(
    ("today", "active"),
    [("2026-11-09", False), ("2026-11-10", True), ("2026-12-09", True), ("2026-12-10", False)],
)
def test_first_and_last_day_are_included(today: str, active: bool) -> None:
    """A booking holds on the day of its order and on its last day."""
    assert booking(ends_on="2026-12-09").is_active(day(today)) is active


# Charges


@pytest.mark.parametrize(
    ("of", "month", "rows"),
    [
        pytest.param(booking(), "2026-10", [], id="before the order"),
        pytest.param(booking(), "2026-11", [("2026-11-10", "2026-12-09", "6.00", "period")], id="whole, no proration"),
        pytest.param(booking(), "2027-02", [("2027-02-10", "2027-03-09", "6.00", "period")], id="the old price by the first day"),
        pytest.param(booking(), "2027-03", [("2027-03-10", "2027-04-09", "7.00", "period")], id="the new price"),
        pytest.param(booking("2026-11-10", "yearly"), "2026-11", [("2026-11-10", "2027-11-09", "65.00", "period")], id="a year in its first month"),
        pytest.param(booking("2026-11-10", "yearly"), "2026-12", [], id="a year's second month"),
        pytest.param(booking("2026-11-10", "yearly"), "2027-11", [("2027-11-10", "2028-11-09", "65.00", "period")], id="the second year"),
        pytest.param(booking("2026-01-31"), "2026-02", [("2026-02-28", "2026-03-30", "6.00", "period")], id="31st in February"),
        pytest.param(booking(trial_until="2026-12-31"), "2026-11", [("2026-11-10", "2026-12-31", "0.00", "trial")], id="trial"),
        pytest.param(booking(trial_until="2026-12-31"), "2026-12", [("2026-11-10", "2026-12-31", "0.00", "trial")], id="trial goes on"),
        pytest.param(booking(trial_until="2026-12-31"), "2027-01", [("2027-01-01", "2027-01-31", "6.00", "period")], id="after the trial"),
        pytest.param(
            booking(trial_until="2026-12-15"), "2026-12",
            [("2026-11-10", "2026-12-15", "0.00", "trial"), ("2026-12-16", "2027-01-15", "6.00", "period")], id="both in one month",
        ),
        pytest.param(booking(trial_until="2026-12-31", ends_on="2026-12-31"), "2027-01", [], id="declined in the trial"),
        pytest.param(booking(ends_on="2026-12-09"), "2026-12", [], id="ended"),
        pytest.param(booking(ends_on="2027-01-09"), "2026-12", [("2026-12-10", "2027-01-09", "6.00", "period")], id="the last period"),
    ],
)  # fmt: skip
def test_charges_of_a_month(of: Booking, month: str, rows: list[tuple[str, str, str, str]]) -> None:
    """A month's bill lists the trial while it lasts and the period that begins in it."""
    assert listed(of, month) == rows


@pytest.mark.parametrize(("plan", "billing"), [("team", "monthly"), ("business", "yearly")])
def test_team_and_business_include_it(plan: str, billing: str) -> None:
    """Their periods, and their trials, are listed at 0.00."""
    of = booking("2026-11-10", billing, trial_until="2026-12-15")

    assert [row[2:] for row in listed(of, "2026-12", plan)] == [("0.00", "included_in_plan")] * 2


@given(DAYS, st.sampled_from(["monthly", "yearly"]), st.booleans())
def test_every_period_is_charged_exactly_once(ordered_on: date, billing: str, trial: bool) -> None:
    """Over five years, the months' bills hold each period that has begun once, and nothing else."""
    of = Booking(billing=billing, ordered_on=ordered_on, trial_until=add_months(ordered_on, 1) if trial else None)
    months = [month_of(add_months(ordered_on.replace(day=1), number)) for number in range(60)]

    found = [one.span for month in months for one in charges(of, "solo", month, PRICES) if one.reason == "period"]

    begun = [span for span in (period(of, number) for number in range(61)) if span.first <= months[-1].last]
    assert found == begun


def test_a_missing_price_is_told() -> None:
    """Without a price for the period's first day there is no bill, and it says which one is missing."""
    with pytest.raises(NoPrice) as missing:
        listed(booking("2019-11-10"), "2019-11")

    assert (missing.value.plan, missing.value.billing, missing.value.day) == ("solo", "monthly", date(2019, 11, 10))


# The API key


@pytest.mark.parametrize(
    ("today", "days_left", "stage"),
    [
        pytest.param("2026-11-10", 731, None, id="new"),
        pytest.param("2028-09-10", 61, None, id="61 days"),
        pytest.param("2028-09-11", 60, 60, id="60 days"),
        pytest.param("2028-10-11", 30, 30, id="30 days"),
        pytest.param("2028-11-03", 7, 7, id="7 days"),
        pytest.param("2028-11-09", 1, 7, id="the last day"),
        pytest.param("2028-11-10", 0, 0, id="over"),
        pytest.param("2029-01-01", -52, 0, id="long over"),
    ],
)
def test_a_key_ends_after_24_months(today: str, days_left: int, stage: int | None) -> None:
    """It warns from 60, 30 and 7 days before, and says when it is over."""
    expected = KeyExpiry(date(2028, 11, 10), days_left, stage)

    assert key_expiry(date(2026, 11, 10), day(today)) == expected


def test_a_key_of_a_leap_day_ends_on_the_last_of_february() -> None:
    """24 months after 29 February is 28 February."""
    assert key_expiry(date(2028, 2, 29), date(2028, 2, 29)).expires_on == date(2030, 2, 28)


def test_no_key_that_is_warned_of_is_left_out() -> None:
    """The day by which keys are looked up comes after every one that there is a warning of, and few others."""
    for today in (date(2026, 1, 1) + timedelta(days) for days in range(1500)):
        last = warned_when_stored_by(today)
        assert key_expiry(last + ONE_DAY, today).stage is None
        assert key_expiry(last - 2 * ONE_DAY, today).stage is not None
