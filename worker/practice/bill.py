"""The bill of a month: what each practice is charged, by its order and its plan of today. Stores nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from outbox.db import Connection
from outbox.sql import query
from worker.host.keys import in_json
from worker.messages import Declined
from worker.practice import prices
from worker.practice.booking import Billing, Booking, Charge, NoPrice, charges, month_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledCharge:
    """A charge of a practice, by its plan of today."""

    practice_id: int
    host_key: str | None
    name: str | None
    plan: str
    billing: Billing
    charge: Charge

    def to_json(self) -> dict[str, Any]:
        """As `practice charges --json` has it (design section 3)."""
        span, names = self.charge.span, ("practice_id", "name", "plan", "billing")
        return (
            {name: getattr(self, name) for name in names}
            | in_json(self.host_key)
            | {
                "from": span.first,
                "to": span.last,
                "net_amount": self.charge.net_amount,
                "reason": self.charge.reason,
            }
        )


def bill(connection: Connection, month: date) -> list[BilledCharge]:
    """What is to be billed for the month of that day, by practice. Raises Declined when a price is missing."""
    known = prices.listed(connection)
    billed: list[BilledCharge] = []
    for row in connection.execute(query("booking.of_practices")):
        booking = Booking(**{name: row[name] for name in Booking.__slots__})
        head = {name: row[name] for name in ("practice_id", "host_key", "name", "plan", "billing")}
        try:
            listed = list(charges(booking, row["plan"], month_of(month), known))
        except NoPrice as missing:
            raise Declined(prices.none_for(missing)) from None
        billed += [BilledCharge(**head, charge=charge) for charge in listed]
    return billed
