"""Where the model starts: what is to be delivered, and which faults are to come."""

from dataclasses import replace
from uuid import UUID

from model.rules import PACE
from model.steps import Model
from model.tables import Event, Tables
from model.world import Budget, World

_CONTACT = UUID(int=99)
#: A POST may be carried out, and may be missing in the list, for as long as this: two looks, four settle times apart
#: and one settle time after `send_by` and the end of the attempt, are to see it.
LATE = Model(latest_seconds=5 * PACE.settle_seconds - 1)
#: The same with a sender that can be frozen between its last look at the clock and its bytes.
LATE_BYTES = replace(LATE, late_bytes="with a session")
#: And with one whose session can be lost as well: the gap that no design can exclude.
WITHOUT = replace(LATE, late_bytes="without")


def invoice(budget: Budget) -> World:
    """One invoice of a known payer."""
    return World(tables=Tables(events=(Event(event_id=1),), contact_id=_CONTACT), budget=budget)


def invoice_of_a_stranger(budget: Budget) -> World:
    """One invoice, its contact unknown."""
    return World(tables=Tables(events=(Event(event_id=1),)), budget=budget)


def two_invoices_of_a_stranger(budget: Budget) -> World:
    """Two of one payer, whose contact is unknown."""
    return World(tables=Tables(events=(Event(event_id=1), Event(event_id=2))), budget=budget)


def invoice_and_cancellation(budget: Budget) -> World:
    """Both completed at once, the payer known."""
    events = (Event(event_id=1), Event(event_id=2, original_id=1))
    return World(tables=Tables(events=events, contact_id=_CONTACT), budget=budget)
