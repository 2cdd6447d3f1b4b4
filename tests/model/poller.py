"""What `sql/queries/outbox/poller.sql` does to the tables: hand out, and take back what nobody holds any more."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from model.rules import Rules
from model.tables import Event, Tables
from outbox.pace import HOLD_SECONDS


def may_hand_out(rules: Rules, tables: Tables, event: Event) -> bool:
    """`dispatch`: due, not in flight, the lane free, nothing in the way."""
    lane_is_free = all(other.lease_left is None for other in tables.events)
    return (
        event.due_in == tables.cool_for == 0
        and event.lease_left is None
        and rules.guard("one in flight", holds=lane_is_free)
        and rules.guard("original first", holds=not _waits_for_original(tables, event))
        and rules.guard("contact first", holds=not _waits_for_contact(tables, event))
    )


def hand_out(event: Event) -> Event:
    """`dispatch`: a new epoch, to be begun soon."""
    return replace(event, epoch=event.epoch + 1, handed_age=0, lease_left=HOLD_SECONDS)


def take_back(rules: Rules, tables: Tables, event: Event, living: AbstractSet[int]) -> Tables | None:
    """`take_back_unbegun`, `_orphans`, `_expired`; None: somebody holds it, or it is not in flight."""
    if event.lease_left is None:
        return None
    if not event.begun:
        late = event.handed_age == HOLD_SECONDS and rules.has("unbegun come back")
        return tables.put_event(event.released()) if late else None
    if event.worker not in living:
        return _bury(rules, tables, event) if rules.has("orphans come back") else None
    late = event.lease_left == 0 and rules.has("expired come back")
    return tables.put_event(event.released(due_in=0)) if late else None


def _bury(rules: Rules, tables: Tables, event: Event) -> Tables:
    """The worker died: its attempt is over; in doubt the event waits for the first look, otherwise it is due."""
    pace = rules.pace
    in_doubt = [intent for intent in tables.intents if intent.open and intent.event_id == event.event_id]
    waits = [max(pace.window_seconds - intent.age, 0) + pace.settle_seconds for intent in in_doubt]
    return tables.put_event(event.released(due_in=max([0, *waits]))).end_attempt(event.event_id, event.fence)


def _waits_for_original(tables: Tables, event: Event) -> bool:
    return event.original_id is not None and tables.event(event.original_id).state in ("pending", "dead")


def _waits_for_contact(tables: Tables, event: Event) -> bool:
    others = (intent for intent in tables.intents if intent.event_id != event.event_id)
    return any(
        intent.open and intent.effect == "contact" and tables.event(intent.event_id).state in ("pending", "dead")
        for intent in others
    )
