"""Ordering and ending the feature ("Vertrag verwalten").

Every order and its end stand in one transaction with what the lane learns of it and with who did it. The rules are in
`booking.py`; this module brings them the database's facts.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from outbox import actions
from outbox.db import Connection
from outbox.sql import query
from worker.messages import Declined, Sentence
from worker.messages import booking as words
from worker.messages.glossary import BILLING, PERIOD
from worker.practice import practices, prices
from worker.practice.booking import (
    INCLUDED,
    Billing,
    Booking,
    NoPrice,
    add_months,
    end_when_declined,
    period,
    price_on,
)
from worker.practice.practices import Practice

#: A longer trial is a slip of the pen.
_LONGEST_TRIAL_MONTHS = 60


def book(
    connection: Connection,
    practice_id: int,
    billing: Billing,
    trial_until: date | None,
    decline_by: date | None,
    *,
    by: str,
    why: str | None,
) -> list[Sentence]:
    """Order the feature from today. Raises Declined, also when it is ordered already."""
    with practices.changing(connection, practice_id) as practice:
        _refuse_second(practice)
        booking = Booking(billing=billing, ordered_on=practice.today, trial_until=trial_until, decline_by=decline_by)
        _refuse_odd_days(booking)
        said = list(_booked(connection, practice, booking))
        connection.execute(query("booking.insert"), {"practice_id": practice_id, "by": by, **asdict(booking)})
        connection.execute(query("switch.tell_lane"), {"practice_id": practice_id})
        actions.record(connection, "practice.book", by=by, why=why, practice_id=practice_id, detail=_codes(booking))
        connection.execute(query("poller.wake"))
    return said


def unbook(connection: Connection, practice_id: int, *, by: str, why: str | None) -> list[Sentence]:
    """End the order: at the end of the trial, or of the period. Called twice, the second time changes nothing.

    Raises Declined when nothing is ordered.
    """
    with practices.changing(connection, practice_id) as practice:
        booking = practice.booking
        if booking is None or not practice.is_booked:
            raise Declined(words.NOT_BOOKED(practice=practice_id))
        if booking.ends_on is not None:
            return [words.ENDS_ALREADY(last=booking.ends_on)]
        last = end_when_declined(booking, practice.today)
        connection.execute(query("booking.end"), {"practice_id": practice_id, "ends_on": last, "by": by})
        connection.execute(query("switch.tell_lane"), {"practice_id": practice_id})
        detail = {"ends_on": last.isoformat()}
        actions.record(connection, "practice.unbook", by=by, why=why, practice_id=practice_id, detail=detail)
    free = [words.ENDS_FREE()] if last == booking.trial_until else []
    return [words.ENDS(last=last), *free, words.ENDS_UNDO(practice=practice_id, last=last)]


def keep(connection: Connection, practice_id: int, *, by: str, why: str | None) -> list[Sentence]:
    """Take an `unbook` back that has not taken effect yet: the order goes on as it was. Called twice changes nothing.

    Raises Declined when nothing is ordered any more.
    """
    with practices.changing(connection, practice_id) as practice:
        booking = practice.booking
        if booking is None or not practice.is_booked:
            raise Declined(words.NOT_BOOKED(practice=practice_id))
        if booking.ends_on is None:
            return [words.ENDS_NOT(practice=practice_id)]
        connection.execute(query("booking.keep"), {"practice_id": practice_id, "ends_on": booking.ends_on})
        connection.execute(query("switch.tell_lane"), {"practice_id": practice_id})
        detail = {"ends_on": booking.ends_on.isoformat()}
        actions.record(connection, "practice.keep", by=by, why=why, practice_id=practice_id, detail=detail)
    return [words.KEPT(practice=practice_id, last=booking.ends_on)]


def last_day(connection: Connection, practice_id: int) -> date | None:
    """The day with which the order would end if it were ended today; None: it has no other end before it."""
    practice = practices.find(connection, practice_id)
    if practice.booking is None or not practice.is_booked or practice.booking.ends_on is not None:
        return None
    return end_when_declined(practice.booking, practice.today)


def _refuse_second(practice: Practice) -> None:
    booking = practice.booking
    if booking is None or not practice.is_booked:
        return
    if booking.ends_on is not None:
        raise Declined(words.STILL_BOOKED(practice=practice.practice_id, last=booking.ends_on))
    raise Declined(words.ALREADY_BOOKED(practice=practice.practice_id, since=booking.ordered_on))


def _refuse_odd_days(booking: Booking) -> None:
    trial_until, decline_by, today = booking.trial_until, booking.decline_by, booking.ordered_on
    if trial_until is None:
        if decline_by is not None:
            raise Declined(words.DECLINE_WITHOUT_TRIAL())
        return
    if trial_until < today:
        raise Declined(words.TRIAL_OVER(trial_until=trial_until, today=today))
    if trial_until > add_months(today, _LONGEST_TRIAL_MONTHS):
        raise Declined(words.TRIAL_TOO_LONG(trial_until=trial_until))
    if decline_by is not None and decline_by > trial_until:
        raise Declined(words.DECLINE_AFTER_TRIAL(decline_by=decline_by, trial_until=trial_until))


def _booked(connection: Connection, practice: Practice, booking: Booking) -> Iterator[Sentence]:
    """What was ordered, until when it is free, and what it costs then."""
    billing = BILLING[booking.billing]()
    yield words.BOOKED(name=practice.name, first=booking.ordered_on, billing=billing)
    if practice.plan in INCLUDED:
        yield words.INCLUDED(plan=practice.plan.upper())
        return
    paid_from = period(booking, 0).first
    if booking.trial_until is not None:
        decline_by = booking.decline_by or booking.trial_until
        yield words.TRIAL(trial_until=booking.trial_until, decline_by=decline_by, paid_from=paid_from)
        if decline_by < practice.today:
            yield words.DECLINE_OVER(decline_by=decline_by)
    try:
        amount = price_on(prices.listed(connection), practice.plan, booking.billing, paid_from)
    except NoPrice as missing:
        raise Declined(prices.none_for(missing)) from None
    yield words.COSTS(amount=amount, period=PERIOD[booking.billing]())


def _codes(booking: Booking) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(booking).items() if value is not None}
