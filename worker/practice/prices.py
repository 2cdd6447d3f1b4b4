"""What the feature costs: the price list as it is stored, and what of it holds for a practice today."""

from contextlib import suppress
from decimal import Decimal

from outbox.db import Connection
from outbox.sql import query
from worker.messages import Sentence
from worker.messages import booking as words
from worker.messages.glossary import BILLING
from worker.practice.booking import FREE, INCLUDED, MONTHS, Billing, NoPrice, Price, price_on
from worker.practice.practices import Practice


def listed(connection: Connection) -> list[Price]:
    """All prices with the days from which they hold."""
    return [Price(**row) for row in connection.execute(query("booking.prices"))]


def none_for(missing: NoPrice) -> Sentence:
    """That the list has no price for it."""
    return words.NO_PRICE(plan=missing.plan.upper(), billing=BILLING[missing.billing](), day=missing.day)


def offers(connection: Connection, practice: Practice) -> dict[Billing, Decimal]:
    """What the feature costs the practice from today, net, by how it is billed; nothing where no price holds."""
    if practice.plan in INCLUDED:
        return dict.fromkeys(MONTHS, FREE)
    found: dict[Billing, Decimal] = {}
    for billing in MONTHS:
        with suppress(NoPrice):
            found[billing] = price_on(listed(connection), practice.plan, billing, practice.today)
    return found
