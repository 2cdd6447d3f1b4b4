"""What is asked of the ledger together: one statement, and each row with its own epoch, fence and licence."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import psycopg
import pytest
from polling import until

from outbox.claims import Claim, Intent, PostResult
from outbox.db import HASTY, pool
from outbox.errors import ClaimLost, MayNotSend
from outbox.ids import EventId
from outbox.ledger import Ledger
from outbox.outcomes import Delivered
from outbox.pace import CRASHES, Pace
from outbox.rows import Connections, Write, rows
from outbox.sql import query
from worker.delivery.attempt import CallCounter

_EVENTS = 12
_GIVEN = (
    (
        "insert into outbox.lane (practice_id, enabled, booked_from, connected) "
        "select n, true, now() - interval '1 day', true from generate_series(1, 12) n"
    ),
    (
        "insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, handed_at, lease_until, "
        "epoch) select n, n, n, 'invoice', 'RE-' || n, '7Q4K-X2MB-91TD', 'trigger', now(), now() + interval '1 minute', n "
        "from generate_series(1, 12) n"
    ),
)
_PACE = Pace(rate_per_second=2)
_ORGANISATION = UUID(int=7)


@pytest.fixture(name="ledger")
def _ledger(db: psycopg.Connection, database_url: str) -> Iterator[Ledger]:
    """The ledger of a process with threads, and twelve hand-outs of as many practices."""
    for statement in _GIVEN:
        db.execute(statement)
    with pool(database_url, 8) as connections, pool(database_url, 1, limits=HASTY) as hasty:
        yield Ledger(Connections(connections.connection, hasty.connection), _PACE, SimpleNamespace(process_id=1))  # type: ignore[arg-type]


def _at_once(calls: int, call: Callable[[int], Any]) -> list[Any]:
    """What came of so many calls that begin together, in their order; an exception in the place of a result."""
    barrier = Barrier(calls)

    def one(number: int) -> Any:
        barrier.wait()
        try:
            return call(number)
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            return error

    with ThreadPoolExecutor(calls) as threads:
        return list(threads.map(one, range(1, calls + 1)))


def _begin_all(ledger: Ledger) -> list[Claim]:
    claims = _at_once(_EVENTS, lambda number: ledger.begin(EventId(number), number))
    assert all(isinstance(claim, Claim) for claim in claims), claims
    return claims


def _intend(ledger: Ledger, claim: Claim) -> Intent:
    return ledger.intend(claim, _ORGANISATION, "invoice", claim.document_id, {"day": "2026-11-02"})


def _deliver(ledger: Ledger, claim: Claim, **link: object) -> bool:
    intent, made = _intend(ledger, claim), UUID(int=100 + claim.event_id)
    values = {
        "practice_id": claim.practice_id, "document_id": claim.document_id, "organisation_id": _ORGANISATION,
        "kind": "invoice", "lexware_id": made, "origin": "created",
    }  # fmt: skip
    answer = PostResult(intent.intent_id, "created", made, 201)
    outcome, calls = Delivered(detail={"lexware_id": str(made)}), CallCounter(calls=1, answered=True)
    return ledger.settle(claim, outcome, calls, post_result=answer, also=[Write("links.document", values | link)])


def test_each_has_its_own_claim(ledger: Ledger) -> None:
    """Twelve threads, twelve events, each with the message of its own."""
    claims = _begin_all(ledger)

    assert [claim.event_id for claim in claims] == list(range(1, 13))
    assert [claim.epoch for claim in claims] == list(range(1, 13))


def test_a_stale_message_gets_nothing_in_a_group_either(ledger: Ledger) -> None:
    """The others begin."""
    claims = _at_once(_EVENTS, lambda number: ledger.begin(EventId(number), 99 if number == 5 else number))

    assert [isinstance(claim, ClaimLost) for claim in claims] == [number == 5 for number in range(1, 13)]


def test_a_message_that_was_doubled_begins_once(ledger: Ledger) -> None:
    """However often it comes at the same moment (R2)."""
    claims = _at_once(_EVENTS, lambda _number: ledger.begin(EventId(3), 3))

    assert sum(isinstance(claim, Claim) for claim in claims) == 1


@pytest.mark.parametrize("name", ["ledger.begin", "ledger.take_slot"])
def test_practices_of_one_organisation_get_slots_one_after_another(
    db: psycopg.Connection, ledger: Ledger, name: str
) -> None:
    """In one statement as in several (G4)."""
    db.execute("update outbox.lane set pacer = 1 where practice_id in (2, 3)")
    if name == "ledger.take_slot":
        _begin_all(ledger)
    many = [{"event_id": n, "epoch": n, "worker": 1, "fence": 1, "unused_tat": None} for n in (3, 1, 2)]
    slot = {"lease_seconds": 9.0, "gap_seconds": 0.5, "catch_up_seconds": 0.1}

    taken = db.execute(query(name), slot | {"rows": rows(many)})
    columns = [column.name for column in taken.description or ()]
    tats = sorted(dict(zip(columns, row, strict=True))["tat"] for row in taken)

    assert [round((later - tats[0]).total_seconds(), 3) for later in tats] == [0, 0.5, 1]
    assert db.execute("select tat from outbox.lane where practice_id = 1").fetchone() == (tats[-1],)


def test_each_lane_goes_to_the_end_of_the_order(db: psycopg.Connection, ledger: Ledger) -> None:
    """Also one that takes its slots from another lane; its own `tat` stays."""
    db.execute("update outbox.lane set pacer = 1 where practice_id = 2")

    ledger.begin(EventId(2), 2)

    turns = "select practice_id, last_dispatch_at > '-infinity', tat > '-infinity' from outbox.lane where practice_id < 4 order by 1"
    assert db.execute(turns).fetchall() == [(1, False, True), (2, True, False), (3, False, False)]


def test_what_ends_together_is_counted_whole(db: psycopg.Connection, ledger: Ledger) -> None:
    """By kind of ending, whatever else is written to attempts; those that were in doubt beside it."""
    claims = _begin_all(ledger)
    for claim in claims[:2]:
        _intend(ledger, claim)
    crashed = "update outbox.attempt set ended_at = clock_timestamp(), outcome = 'crashed', reason = 'worker_died' where event_id < 4"
    delivered = (
        "update outbox.attempt set ended_at = clock_timestamp(), outcome = 'delivered' where event_id between 4 and 8"
    )

    for end in (crashed, delivered, "update outbox.attempt set calls = 1 where event_id > 8"):
        db.execute(end)

    counted = db.execute(
        "select what, how, times from outbox.counted where what <> 'replay' order by what, how"
    ).fetchall()
    assert counted == [("delivery", "crashed", 3), ("delivery", "delivered", 5), ("unknown_outcome", "crash", 2)]
    assert db.execute("select count(*) from outbox.counter_change").fetchone() == (3,)


def test_a_licence_is_each_rows_own(db: psycopg.Connection, ledger: Ledger) -> None:
    """One practice is paused, another has lost its claim: only these may not send (R3)."""
    claims = _begin_all(ledger)
    db.execute("update outbox.lane set pause_reason = 'operator', paused_at = now() where practice_id = 4")
    db.execute("update outbox.event set fence = fence + 1 where event_id = 8")

    licences = _at_once(_EVENTS, lambda number: _intend(ledger, claims[number - 1]))

    assert [n for n, licence in enumerate(licences, 1) if isinstance(licence, MayNotSend)] == [4, 8]
    owners = dict(db.execute("select intent_id, event_id from outbox.intent").fetchall())
    assert {licence.intent_id: n for n, licence in enumerate(licences, 1) if n not in (4, 8)} == owners


def test_ends_are_written_together_and_each_is_its_own(db: psycopg.Connection, ledger: Ledger) -> None:
    """Event, intent and link of each say the same; one that lost its claim is told so."""
    claims = _begin_all(ledger)
    db.execute("update outbox.event set fence = fence + 1 where event_id = 8")
    kept = _at_once(_EVENTS, lambda number: number == 8 or _deliver(ledger, claims[number - 1]))

    assert kept == [True] * _EVENTS
    ledger.settle(claims[7], Delivered(), CallCounter())
    ended = db.execute(
        "select event_id, e.state, i.remote_id = l.lexware_id and e.detail ->> 'lexware_id' = l.lexware_id::text "
        "from outbox.event e left join outbox.intent i using (event_id) left join lexware.document_link l using (document_id) "
        "order by event_id"
    ).fetchall()
    assert ended == [(n, "pending", None) if n == 8 else (n, "delivered", True) for n in range(1, 13)]
    assert db.execute("select event_id from outbox.attempt where outcome = 'lost'").fetchall() == [(8,)]


def test_an_end_that_cannot_be_written_disturbs_no_other(db: psycopg.Connection, ledger: Ledger) -> None:
    """Its link is refused; it stays claimed with its intent open, as if it had been alone."""
    claims = _begin_all(ledger)

    def deliver(number: int) -> bool:
        return _deliver(ledger, claims[number - 1], **({"lexware_id": "no id"} if number == 5 else {}))

    kept = _at_once(_EVENTS, deliver)

    assert isinstance(kept[4], psycopg.errors.DataError)
    assert kept[:4] + kept[5:] == [True] * (_EVENTS - 1)
    assert db.execute("select event_id from outbox.event where begun_at is not null").fetchall() == [(5,)]
    assert db.execute("select event_id from outbox.intent where closed_at is null").fetchall() == [(5,)]


def test_what_one_keeps_locked_does_not_keep_the_others(
    db: psycopg.Connection, database_url: str, ledger: Ledger
) -> None:
    """Somebody has the row of one practice open in a transaction: eleven begin nevertheless, it begins later (G5)."""
    with ThreadPoolExecutor(_EVENTS) as threads, psycopg.connect(database_url) as other:
        other.execute("select from outbox.event where event_id = 5 for update")
        begun = [threads.submit(ledger.begin, EventId(n), n) for n in range(1, _EVENTS + 1)]
        until(lambda: sum(each.done() for each in begun) == _EVENTS - 1)
        assert not begun[4].done()
        other.rollback()
        assert begun[4].result(timeout=10).event_id == 5


def test_what_died_twice_with_its_worker_comes_back_apart(db: psycopg.Connection, ledger: Ledger) -> None:
    """One of them may be the killer, and what was begun beside it each time would die as one, too (G5)."""
    given = {"processes": [], "settle_seconds": 60.0, "crashes": CRASHES, "handed_since": None}
    with ledger._connecting() as connection:
        _begin_all(ledger)
        connection.execute(query("poller.take_back_orphans"), given)
        at_once = db.execute("select count(*) from outbox.event where due_at <= clock_timestamp()").fetchone()
        db.execute("update outbox.event set handed_at = now(), lease_until = now() + interval '1 minute'")
        _begin_all(ledger)
        connection.execute(query("poller.take_back_orphans"), given)

    apart = db.execute(
        "select count(distinct round(extract(epoch from due_at))), max(due_at) < now() + interval '1 minute' from outbox.event"
    ).fetchone()
    assert at_once == (_EVENTS,)
    assert apart is not None
    assert apart[0] > _EVENTS / 2
    assert apart[1]


def test_a_group_without_a_connection_does_not_wait_for_one(db: psycopg.Connection, database_url: str) -> None:
    """PostgreSQL has none to spare, or comes back to another pool first: whoever has one goes alone, within the send window."""
    for statement in _GIVEN:
        db.execute(statement)
    nowhere = "host=127.0.0.1 port=1 dbname=none"
    with pool(database_url, 4) as connections, pool(nowhere, 1, limits=HASTY) as hasty:
        process: Any = SimpleNamespace(process_id=1)
        ledger = Ledger(Connections(connections.connection, hasty.connection), _PACE, process)
        began = time.monotonic()

        claim = ledger.begin(EventId(1), 1)
        intent = _intend(ledger, claim)

        assert time.monotonic() - began < _PACE.window_seconds
        assert intent.send_by > time.monotonic()


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("ledger.begin", lambda n: {"event_id": n, "epoch": n, "worker": 1}),
        ("ledger.take_slot", lambda n: {"event_id": n, "fence": 0, "unused_tat": None}),
        (
            "ledger.intend",
            lambda n: {
                "event_id": n, "fence": 0, "practice_id": n, "organisation_id": str(_ORGANISATION), "effect": "invoice",
                "subject_id": n, "sent_with": {},
            },
        ),
        ("ledger.settle", lambda n: {"event_id": n, "fence": 0, "state": "pending", "step": "document", "tries": 0}),
    ],
)  # fmt: skip
def test_rows_are_locked_in_the_order_of_their_ids(
    db: psycopg.Connection, database_url: str, ledger: Ledger, name: str, row: Callable[[int], dict[str, object]]
) -> None:
    """Whoever waits for the first holds none of the others: two groups cannot wait for each other."""
    del ledger
    if name != "ledger.begin":
        db.execute("update outbox.event set begun_at = now(), worker = 1")
    given = {"lease_seconds": 9.0, "gap_seconds": 0.5, "catch_up_seconds": 0.1, "window_seconds": 5.0}
    many = given | {"rows": rows([row(n) for n in (3, 2, 1)])}
    waits = "select from pg_stat_activity where pid = %s and wait_event_type = 'Lock'"
    with (
        psycopg.connect(database_url, autocommit=True) as waiting,
        ThreadPoolExecutor(1) as thread,
        psycopg.connect(database_url) as first,
    ):
        first.execute("select from outbox.event where event_id = 1 for update")
        made = thread.submit(waiting.execute, query(name), many)
        until(lambda: db.execute(waits, (waiting.info.backend_pid,)).fetchone() is not None)
        first.execute("select from outbox.event where event_id in (2, 3) for update nowait")
        first.rollback()
        made.result(timeout=10)
