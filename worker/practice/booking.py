"""The booking of the feature: days, periods and what they cost. Pure rules (design section 7).

All days are Berlin days and inclusive. Paid periods run from the day after the trial, or from the day of the order, and
keep that day of the month; where a month is too short, its last day stands in. A period is charged whole, in the month
in which it begins. Nothing here knows the database or today's date.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Literal

Billing = Literal["monthly", "yearly"]
Reason = Literal["period", "trial", "included_in_plan"]

ONE_DAY = timedelta(days=1)
MONTHS: dict[Billing, int] = {"monthly": 1, "yearly": 12}
INCLUDED = ("team", "business")
FREE = Decimal("0.00")
KEY_MONTHS = 24
#: So many days before an API key ends there is reason to warn, and when it has ended.
KEY_STAGES = (0, 7, 30, 60)


class NoPrice(Exception):
    """No price of this plan and billing holds on the first day of a period."""

    def __init__(self, plan: str, billing: Billing, day: date) -> None:
        super().__init__(plan, billing, day)
        self.plan, self.billing, self.day = plan, billing, day


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """An order of the feature, as it is stored."""

    billing: Billing
    ordered_on: date
    trial_until: date | None = None
    decline_by: date | None = None
    ends_on: date | None = None

    def is_active(self, day: date) -> bool:
        """Whether documents may go over on that day, as far as the booking is concerned."""
        return self.ordered_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Price:
    """A net price in EUR per period, from a day on until the next price of its kind."""

    plan: str
    billing: Billing
    valid_from: date
    net_amount: Decimal


@dataclass(frozen=True, slots=True)
class Charge:
    """What a span of days costs, net, and why."""

    span: Span
    net_amount: Decimal
    reason: Reason


@dataclass(frozen=True, slots=True)
class KeyExpiry:
    """The end of an API key. `stage` is the last of 60, 30, 7 or 0 days that was passed; None: no reason to warn."""

    expires_on: date
    days_left: int
    stage: int | None


def period(booking: Booking, number: int) -> Span:
    """The paid period of that number, counted from 0; where the booking ends does not matter here."""
    first = booking.trial_until + ONE_DAY if booking.trial_until else booking.ordered_on
    step = MONTHS[booking.billing]
    return Span(add_months(first, step * number), add_months(first, step * (number + 1)) - ONE_DAY)


def end_when_declined(booking: Booking, today: date) -> date:
    """The last day of a booking that is declined today.

    By the decline date that is the trial's last day, and nothing is charged; later, or without a trial, the last day of
    the period that runs or comes next. A trial without a decline date can be declined until it ends.
    """
    if booking.trial_until and today <= (booking.decline_by or booking.trial_until):
        return booking.trial_until
    begun = _months(period(booking, 0).first, today) // MONTHS[booking.billing]
    last_days = (period(booking, number).last for number in count(max(0, begun - 1)))
    return next(last for last in last_days if today <= last)


def charges(booking: Booking, plan: str, month: Span, prices: Sequence[Price]) -> Iterator[Charge]:
    """What a month's bill lists: the trial while it lasts, and the period that begins in the month, whole.

    Raises NoPrice.
    """
    included: Reason | None = "included_in_plan" if plan in INCLUDED else None
    if booking.trial_until and booking.ordered_on <= month.last and month.first <= booking.trial_until:
        yield Charge(Span(booking.ordered_on, booking.trial_until), FREE, included or "trial")
    number, rest = divmod(_months(period(booking, 0).first, month.first), MONTHS[booking.billing])
    if number < 0 or rest:
        return
    span = period(booking, number)
    if booking.ends_on is None or span.first <= booking.ends_on:
        yield Charge(span, price_on(prices, plan, booking.billing, span.first), included or "period")


def price_on(prices: Sequence[Price], plan: str, billing: Billing, day: date) -> Decimal:
    """The net price that holds on a day. Raises NoPrice."""
    holding = [price for price in prices if (price.plan, price.billing) == (plan, billing) and price.valid_from <= day]
    if not holding:
        raise NoPrice(plan, billing, day)
    return max(holding, key=lambda price: price.valid_from).net_amount


def month_of(day: date) -> Span:
    """The calendar month of a day."""
    return Span(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _months(since: date, until: date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month


def key_expiry(key_stored_on: date, today: date) -> KeyExpiry:
    """When a stored API key ends: 24 months after it was made, so at the latest after it was stored (lexware-api 1.1)."""
    expires_on = add_months(key_stored_on, KEY_MONTHS)
    days_left = (expires_on - today).days
    return KeyExpiry(expires_on, days_left, next((stage for stage in KEY_STAGES if days_left <= stage), None))


def warned_when_stored_by(today: date) -> date:
    """An API key that was stored after this day is not warned of yet."""
    return add_months(today + timedelta(days=max(KEY_STAGES)), -KEY_MONTHS) + ONE_DAY  # the shorter month's last day
