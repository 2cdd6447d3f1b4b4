"""The soak's verdict: for each invariant a history in which it holds, and one in which it does not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.chaos.evidence import Evidence
from tests.chaos.history import History
from tests.chaos.nemesis import Strike
from tests.chaos.oracle import Arrival, Remote
from tests.chaos.user import Touch
from tests.chaos.verdict import violations

ORGANISATION = "0f3c"
CODE, STORNO = "7Q4K-X2MB-91TD", "8R5K-X2MB-91TD"
CONTACT = "5W2K-X2MB-91TD"


def at(seconds: float) -> datetime:
    """A moment of the story."""
    return datetime(2026, 11, 2, 9, tzinfo=UTC) + timedelta(seconds=seconds)


def event(**columns: Any) -> dict[str, Any]:
    """The event of invoice 1, delivered."""
    return {
        "event_id": 1, "practice_id": 1, "document_id": 1, "original_id": None, "payer_id": 1, "kind": "invoice",
        "number": "RE-1", "marker_code": CODE, "state": "delivered", "reason": None, "cause": None, "detail": None,
        "http_status": None, "created_at": at(0), "closed_at": at(2),
    } | columns  # fmt: skip


def document(**columns: Any) -> dict[str, Any]:
    """Invoice 1."""
    return {
        "document_id": 1, "practice_id": 1, "customer_id": 1, "kind": "invoice", "cancels_id": None, "number": "RE-1",
        "total": Decimal("85.00"),
    } | columns  # fmt: skip


def intent(**columns: Any) -> dict[str, Any]:
    """The intent under which invoice 1 was sent."""
    return {
        "intent_id": 1, "practice_id": 1, "event_id": 1, "effect": "invoice", "subject_id": 1, "opened_at": at(1),
        "send_by": at(1.5), "closed_at": at(2), "outcome": "created",
    } | columns  # fmt: skip


def remote(**fields: Any) -> Remote:
    """What invoice 1 became."""
    there = Remote("a1", ORGANISATION, "invoice", "api", CODE, at(1.1), Decimal("85.00"))
    return replace(there, **fields)


def post(**fields: Any) -> Arrival:
    """Its POST."""
    return replace(Arrival(1, at(1.05), ORGANISATION, "POST", "/v1/invoices", 201, None, CODE), **fields)


def history(**tables: Any) -> History:
    """Invoice 1 was delivered as a1."""
    link = {"document_id": 1, "lexware_id": "a1", "linked_at": at(2)}
    told: dict[str, Any] = {
        "documents": {1: document()}, "events": {1: [event()]}, "links": {1: [link]}, "intents": [intent()],
        "attempts": {1: [{"begun_at": at(1)}]}, "organisations": {1: ORGANISATION},
        "customers": [{"customer_id": 1, "practice_id": 1, "code": CONTACT}],
    }  # fmt: skip
    return History(**told | tables)


def evidence(told: History | None = None, **fields: Any) -> Evidence:
    """All is well."""
    well: dict[str, Any] = {
        "remotes": [remote()], "arrivals": [post()], "touches": [], "renamed": set(), "densest": {ORGANISATION: 20},
    }  # fmt: skip
    return Evidence(told or history(), **well | fields)


def with_event(**columns: Any) -> History:
    """Invoice 1's event ended otherwise, and is not linked."""
    return history(events={1: [event(**columns)]}, links={})


def with_storno(posted_at: float) -> Evidence:
    """Invoice 1 was cancelled, and both were sent."""
    storno = {"document_id": 2, "kind": "cancellation", "number": "ST-1"}
    told = history(
        documents={1: document(), 2: document(**storno, cancels_id=1, total=Decimal("-85.00"))},
        events={1: [event()], 2: [event(**storno, event_id=2, original_id=1, marker_code=STORNO)]},
        links={
            1: [{"document_id": 1, "lexware_id": "a1", "linked_at": at(2)}],
            2: [{"document_id": 2, "lexware_id": "b2", "linked_at": at(posted_at + 1)}],
        },
        intents=[
            intent(),
            intent(intent_id=2, event_id=2, effect="credit_note", subject_id=2, opened_at=at(posted_at), send_by=at(9)),
        ],
    )
    sent = post(number=2, at=at(posted_at), path="/v1/credit-notes", code=STORNO)
    return evidence(told, remotes=[remote(), remote(id="b2", kind="creditnote", code=STORNO)], arrivals=[post(), sent])


def starving(seconds: int) -> Evidence:
    """Another practice is served every second, while invoice 1 waits."""
    other = event(event_id=2, practice_id=2, document_id=2, marker_code=STORNO, kind="cancellation")
    return evidence(
        history(
            events={1: [event()], 2: [other]},
            attempts={1: [{"begun_at": at(seconds)}], 2: [{"begun_at": at(second)} for second in range(seconds)]},
        )
    )


HOLDS: dict[str, Callable[[], Evidence]] = {
    "delivered": evidence,
    "bad and refused": lambda: evidence(
        history(
            documents={1: document(number="BAD:no_items:1")}, events={1: [event(state="dead", reason="no_items")]}, links={}
        ),
        remotes=[], arrivals=[],
    ),
    "cancelled in order": lambda: with_storno(posted_at=3),
    "twice and reported": lambda: evidence(
        with_event(state="dead", reason="duplicate_found"), remotes=[remote(), remote(id="a2", created=at(5))]
    ),
    "sent again after the user deleted it": lambda: evidence(
        history(
            links={1: [{"document_id": 1, "lexware_id": "a2", "linked_at": at(5)}]},
            attempts={1: [{"begun_at": at(1)}, {"begun_at": at(4)}]},
            intents=[intent(outcome="absent", closed_at=at(3.9)), intent(intent_id=2, opened_at=at(4), send_by=at(4.5))],
        ),
        remotes=[remote(), remote(id="a2", created=at(4.1))],
        touches=[Touch(at(3), ORGANISATION, "delete", "a1")],
    ),
    "a user made a look-alike": lambda: evidence(
        with_event(state="dead", reason="in_doubt", cause="in_doubt look_alike"),
        touches=[Touch(at(1.5), ORGANISATION, "copy_without_marker", "a1", "c3")],
    ),
    "waited a little": lambda: starving(seconds=10),
}  # fmt: skip

BROKEN: dict[str, tuple[str, Callable[[], Evidence]]] = {
    "twice and silent": ("I1", lambda: evidence(remotes=[remote(), remote(id="a2", created=at(5))])),
    "sent again after the marker was removed": (
        "I1",
        lambda: evidence(
            history(attempts={1: [{"begun_at": at(1)}, {"begun_at": at(9)}]}),
            remotes=[remote(), remote(id="a2", created=at(5))],
            touches=[Touch(at(3), ORGANISATION, "remove_marker", "a1")],
        ),
    ),
    "a stranger's marker": ("I1", lambda: evidence(remotes=[remote(), remote(id="a2", code=STORNO)])),
    "no event": ("I2", lambda: evidence(history(events={}, attempts={}), remotes=[], arrivals=[])),
    "delivered, but not there": ("I2", lambda: evidence(remotes=[])),
    "delivered with another sum": ("I2", lambda: evidence(remotes=[remote(total=Decimal("84.99"))])),
    "delivered to a stranger": ("I2", lambda: evidence(remotes=[remote(organisation="ffff")])),
    "still pending": ("I2", lambda: evidence(with_event(state="pending", closed_at=None))),
    "dead without a cause": ("I2", lambda: evidence(with_event(state="dead", reason="retries_exhausted"))),
    "in doubt, untouched": ("I2", lambda: evidence(with_event(state="dead", reason="in_doubt"))),
    "bad and delivered elsewhere": ("I2", lambda: evidence(with_event(state="dead", reason="no_items"))),
    "two intents open": (
        "I3", lambda: evidence(history(intents=[intent(), intent(intent_id=2, opened_at=at(1.9), closed_at=at(4))])),
    ),
    "a POST without an intent": ("I3", lambda: evidence(history(intents=[]))),
    "two POSTs under one intent": ("I3", lambda: evidence(arrivals=[post(), post(number=2, at=at(1.4))])),
    "a POST after the first look": ("I3", lambda: evidence(arrivals=[post(at=at(3.6))])),
    "cancelled before it was there": ("I4", lambda: with_storno(posted_at=1.5)),
    "too fast": ("I5", lambda: evidence(densest={ORGANISATION: 28})),
    "two contacts": (
        "I6",
        lambda: evidence(remotes=[remote(), *(remote(id=i, kind="contact", code=CONTACT) for i in ("k1", "k2"))]),
    ),
    "starved": ("I7", lambda: starving(seconds=60)),
}  # fmt: skip


@pytest.mark.parametrize("told", HOLDS.values(), ids=HOLDS.keys())
def test_a_good_history_passes(told: Callable[[], Evidence]) -> None:
    """What may happen is no violation."""
    assert list(violations(told(), [])) == []


@pytest.mark.parametrize(("invariant", "told"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_invariant_is_named(invariant: str, told: Callable[[], Evidence]) -> None:
    """Each violation is found, and under its own number."""
    assert {violation.invariant for violation in violations(told(), [])} == {invariant}


def test_a_practice_in_trouble_of_its_own_is_not_starved() -> None:
    """A practice whose key was withdrawn may wait."""
    struck = Strike("revoke_keys", at(1), at(40), frozenset({1}), 0)

    assert list(violations(starving(seconds=60), [struck])) == []
