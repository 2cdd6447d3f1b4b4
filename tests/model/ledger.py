"""What `sql/queries/outbox/ledger.sql` and `lexware/links.sql` do to the tables.

A statement takes rules, tables and its values.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from model.rules import Rules
from model.tables import Event, Intent, Tables
from model.talk import Record, record

Rows = tuple[Record, ...]
Given = Mapping[str, Any]
"""The values of a statement, and: `worker`, who asks; `living`, whose lock is held; `settled`, whether it held the fence."""

ORGANISATION = UUID(int=1)
OPENED_AT = "2026-11-02T09:00:00+00:00"
DONE: Rows = (Record(),)


def begin(rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """The only licence to act (R2)."""
    event = tables.event(given["event_id"])
    if not (
        rules.guard("epoch", holds=event.epoch == given["epoch"])
        and event.handed_age is not None
        and rules.guard("one begin", holds=not event.begun)
    ):
        return tables, ()
    lease = rules.pace.lease_seconds
    event = replace(event, begun=True, fence=event.fence + 1, worker=given["worker"], lease_left=lease)
    tables = tables.put_event(event)
    return tables, (_claim(rules, tables, event),)


def _claim(rules: Rules, tables: Tables, event: Event) -> Record:
    of_document = [
        intent for intent in tables.intents if intent.event_id == event.event_id and intent.effect != "contact"
    ]
    of_contact = [intent for intent in tables.intents if intent.effect == "contact"]
    seen = [_seen(intent) for intent in of_document + of_contact if intent.open and rules.has("open intents seen")]
    return record(
        {
            "event_id": event.event_id, "practice_id": 1, "document_id": event.event_id, "payer_id": 1,
            "kind": event.kind, "number": f"RE-{event.event_id}",
            "marker_code": marker_code(event.event_id), "state": event.state, "step": event.step, "epoch": event.epoch,
            "fence": event.fence, "tries": event.tries, "unlinked": False, "suspect": False, "silent_calls": 0,
            "cool_count": 0, "outage": False, "tat": 0, "slot_wait_seconds": 0.0, "open_intents": seen, "look_since": None,
            "resent": any(intent.outcome == "absent" for intent in of_document),
            "contact_resent": any(intent.outcome == "absent" for intent in of_contact),
        }
    )  # fmt: skip


def _seen(intent: Intent) -> dict[str, Any]:
    plain = {name: getattr(intent, name) for name in ("intent_id", "event_id", "effect", "sent_with")}
    return plain | {"organisation_id": str(ORGANISATION), "opened_at": OPENED_AT, "closed_at": None}


def marker_code(event_id: int) -> str:
    """Of the document with this number."""
    return f"7Q4K-X2MB-{event_id:04d}"


def _holds(tables: Tables, given: Given) -> bool:
    event = tables.event(given["event_id"])
    return event.begun and event.fence == given["fence"]


def take_slot(rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """A further call of a claim that is still ours."""
    if not _holds(tables, given):
        return tables, ()
    event = replace(tables.event(given["event_id"]), lease_left=rules.pace.lease_seconds)
    return tables.put_event(event), (record({"event_id": event.event_id, "slot_wait_seconds": 0.0, "tat": 0}),)


def intend(rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """The only licence to POST (R3)."""
    event, subject = tables.event(given["event_id"]), (given["effect"], given["subject_id"])
    same = [intent for intent in tables.intents if (intent.effect, intent.subject_id) == subject]
    known = any(intent.remote_id or intent.late_remote_id for intent in same)
    if not (
        rules.guard("intent's fence", holds=_holds(tables, given))
        and event.state == "pending"
        and rules.guard("nothing known", holds=not known)
        and rules.guard("one open intent", holds=not any(intent.open for intent in same))
    ):
        return tables, ()
    intent = Intent(
        intent_id=len(tables.intents) + 1, event_id=event.event_id, effect=given["effect"], worker=event.worker or 0,
        subject_id=given["subject_id"], fence=given["fence"], sent_with=given["sent_with"],
    )  # fmt: skip
    if event.begun:
        tables = tables.put_event(replace(event, lease_left=rules.pace.lease_seconds))
    return tables.put_intent(intent), (record({"event_id": event.event_id, "intent_id": intent.intent_id}),)


def inspect_intent(rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """Where an intent stands: settle time, absences, and whether its sender may be frozen, not dead."""
    intent, pace = tables.intent(given["intent_id"]), rules.pace
    since_sent = [intent.age - pace.window_seconds, *([] if intent.ended_age is None else [intent.ended_age])]
    first_look_in = pace.settle_seconds - min(since_sent)
    alive = intent.ended_age is None and intent.worker in given["living"]
    standing = {
        "first_look_in_seconds": first_look_in if rules.has("settle time") else 0,
        "first_absence_age_seconds": intent.absence_age if rules.has("second absence") else pace.second_look_seconds,
        "sender_alive": alive and rules.has("sender alive"),
        "age_seconds": intent.age,
        "answered_age_seconds": intent.age,
    }
    return tables, (record(standing),)


def record_look(_rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """Evidence; the first absence that counts is dated."""
    intent = tables.intent(given["intent_id"])
    if intent.open and given["verdict"] == "absent" and given["counts"] and intent.absence_age is None:
        tables = tables.put_intent(replace(intent, absence_age=0))
    return tables, DONE


def settle(rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """The end of a claim (R5)."""
    event = tables.event(given["event_id"])
    tables = tables.end_attempt(event.event_id, given["fence"])
    if not (event.begun and rules.guard("settlement's fence", holds=event.fence == given["fence"])):
        return tables, ()
    ended = {name: given[name] for name in ("state", "step", "tries")}
    ended |= {"due_in": given["delay_seconds"], "reason": given["reason"] if given["delay_seconds"] is None else None}
    return tables.put_event(event.released(**ended)), (record({"event_id": event.event_id}),)


def look_again(rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """A lost claim whose intent was closed as absent: look at what is delivered by now once more."""
    event = tables.event(given["event_id"])
    late = any(
        i.outcome == "absent" and (i.event_id, i.fence) == (event.event_id, given["fence"]) for i in tables.intents
    )
    if event.state != "delivered" or event.fence == given["fence"] or not late or not rules.has("look again"):
        return tables, DONE
    return tables.put_event(event.released(step="verify", due_in=given["verify_seconds"])), DONE


def answer(rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """What became of a POST, fence or no fence (R5)."""
    intent, remote_id = tables.intent(given["intent_id"]), given["remote_id"]
    if not (given["settled"] or rules.has("answer without fence")):
        return tables, DONE
    if intent.open:
        return tables.put_intent(intent.closed(given["outcome"], remote_id)), DONE
    if remote_id not in (None, intent.remote_id):
        return tables.put_intent(replace(intent, late_remote_id=remote_id)), DONE
    return tables, DONE


def contact_ready(_rules: Rules, tables: Tables, _given: Given) -> tuple[Tables, Rows]:
    """The payer has a contact: what waits for it, and is in nobody's hands nor in doubt, goes on as a document."""
    doubtful = {intent.event_id for intent in tables.intents if intent.open}
    for event in tables.events:
        waits = event.step == "contact" and event.state == "pending" and event.due_in is not None
        if waits and event.lease_left is None and event.event_id not in doubtful:
            tables = tables.put_event(replace(event, step="document"))
    return tables, DONE


def cool(_rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """429: no call for a while."""
    return replace(tables, cool_for=given["seconds"]), DONE


def link_document(_rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """Document D is Lexware's X; known as another one already, it is there twice."""
    event_id, found = given["document_id"], given["lexware_id"]
    known = tables.document_id(event_id)
    if known is None:
        return replace(tables, document_links=(*tables.document_links, (event_id, found))), DONE
    if known != found:
        dead = tables.event(event_id).released(state="dead", reason="duplicate_found", due_in=None)
        return tables.put_event(dead), DONE
    return tables, DONE


def link_contact(_rules: Rules, tables: Tables, given: Given) -> tuple[Tables, Rows]:
    """Customer C is contact X; an existing link stays."""
    return replace(tables, contact_id=tables.contact_id or given["contact_id"]), DONE
