"""The invariants of the effect: nothing twice (I1), nothing lost (I2), at most one contact for a customer (I6)."""

from collections.abc import Iterator

from tests.chaos.evidence import Evidence, Violation
from tests.chaos.fitting import Fitting
from tests.chaos.history import Row
from tests.chaos.oracle import Remote

_KINDS = {"invoice": "invoice", "cancellation": "creditnote"}


def nothing_twice(evidence: Evidence) -> Iterator[Violation]:
    """I1: a marker is committed at most once, or the event says `duplicate_found`; nothing there is nobody's."""
    for code, there in evidence.documents_by_code.items():
        event = evidence.events_by_code.get(code)
        if event is None:
            yield Violation("I1", f"{len(there)} documents in Lexware with the marker {code!r} of no event")
        elif evidence.twins(code) and event["reason"] != "duplicate_found":
            yield Violation("I1", f"{_name(event)} is there {len(there)} times, unreported: {_ids(there)}")


def nothing_lost(evidence: Evidence) -> Iterator[Violation]:
    """I2: every completed document has one event, and that ended as what is there, or visibly for a fitting reason."""
    fitting = Fitting(evidence)
    for document_id, document in evidence.history.documents.items():
        events = evidence.history.events.get(document_id, [])
        if len(events) != 1:
            yield Violation("I2", f"document {document_id} ({document['number']}) has {len(events)} events")
            continue
        event = events[0]
        match event["state"]:
            case "delivered":
                yield from _delivered(evidence, event, document)
            case "dead" | "discarded":
                if not fitting.fits(event, document):
                    yield Violation("I2", f"{_name(event)} is {event['state']} without cause: {_why(event)}")
            case _:
                yield Violation("I2", f"{_name(event)} is still {event['state']}: {_why(event)}")


def one_contact(evidence: Evidence) -> Iterator[Violation]:
    """I6."""
    for code, there in evidence.contacts_by_code.items():
        customer = evidence.customers_by_code.get(code)
        if customer is None:
            yield Violation("I6", f"{len(there)} contacts in Lexware with the marker {code!r} of no customer")
        elif len(there) > 1:
            yield Violation("I6", f"customer {customer['customer_id']} is there {len(there)} times: {_ids(there)}")


def _delivered(evidence: Evidence, event: Row, document: Row) -> Iterator[Violation]:
    links = evidence.history.links.get(event["document_id"], [])
    there = {remote.id: remote for remote in evidence.documents_by_code.get(event["marker_code"], [])}
    if len(links) != 1 or str(links[0]["lexware_id"]) not in there:
        known = [str(link["lexware_id"]) for link in links]
        yield Violation("I2", f"{_name(event)} is delivered as {known}, but there is {sorted(there)}")
        return
    remote = there[str(links[0]["lexware_id"])]
    if remote.organisation != evidence.history.organisations[event["practice_id"]]:
        yield Violation("I2", f"{_name(event)} was delivered to another organisation")
    if remote.kind != _KINDS[event["kind"]] or remote.total != abs(document["total"]):
        yield Violation("I2", f"{_name(event)} over {document['total']} became a {remote.kind} over {remote.total}")


def _name(event: Row) -> str:
    return f"event {event['event_id']} ({event['number']}, practice {event['practice_id']})"


def _why(event: Row) -> str:
    return f"{event['reason']}, cause {event['cause']}, detail {event['detail']}, http {event['http_status']}"


def _ids(remotes: list[Remote]) -> str:
    return ", ".join(f"{remote.id} at {remote.created.time()}" for remote in remotes)
