"""What a claim asks of the ledger costs the same however much is in flight, whatever PostgreSQL believes of its tables."""

from collections.abc import Callable, Iterator
from itertools import product
from uuid import UUID

import psycopg
import pytest
from chosen import a_few_of

from outbox.db import Connection, Row, pool
from outbox.rows import rows
from outbox.sql import query

_LANES = (
    (
        "insert into outbox.lane (practice_id, enabled, booked_from, connected) "
        "select n, true, now() - interval '1 day', true from generate_series(1, 2000) n"
    ),
    (
        "insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin) "
        "select n, n, 1, 'invoice', 'RE-' || n, '7Q4K-X2MB-91TD', 'trigger' from generate_series(1, 2000) n"
    ),
    "vacuum analyze",
    "update outbox.event set handed_at = now(), lease_until = now() + interval '1 minute', epoch = 1",
)
#: What one row may read, and each further one; PostgreSQL 14 reads a tenth more than those after it.
_PAGES, _PAGES_MORE = 120, 125
_LEASE = {"lease_seconds": 90.0}
_SLOT = {**_LEASE, "gap_seconds": 0.5, "catch_up_seconds": 0.1}
_ORGANISATION, _REMOTE = str(UUID(int=1)), str(UUID(int=2))


def _begin(n: int) -> Row:
    return {"event_id": n, "epoch": 1, "worker": 1}


def _take_slot(n: int) -> Row:
    return {"event_id": n, "fence": 0, "unused_tat": None}


def _intend(n: int) -> Row:
    sent = {"organisation_id": _ORGANISATION, "effect": "invoice", "subject_id": n, "sent_with": {"day": "2026-11-02"}}
    return {"event_id": n, "fence": 0, "practice_id": n} | sent


def _settle(n: int) -> Row:
    end = {"state": "delivered", "step": "document", "delay_seconds": None, "tries": 0, "outcome": "delivered"}
    return {"event_id": n, "fence": 0, "counted": False, "calls": 1} | end


def _answer(n: int) -> Row:
    return {"intent_id": n, "outcome": "created", "remote_id": _REMOTE, "http_status": 201}


def _link(n: int) -> Row:
    of = {"practice_id": n, "document_id": n, "organisation_id": _ORGANISATION, "lexware_id": _REMOTE}
    return of | {"kind": "invoice", "contact_id": _REMOTE, "origin": "created"}


def _slot(n: int) -> Row:
    return {"practice_id": n, "event_id": n, "fence": 0, "tat": "2026-11-02T09:00:00+00:00"}


def _payer(n: int) -> Row:
    return {"practice_id": n, "payer_id": 1}


ASKED: dict[str, tuple[Callable[[int], Row], Row]] = {
    "ledger.begin": (_begin, _SLOT),
    "ledger.take_slot": (_take_slot, _SLOT),
    "ledger.intend": (_intend, _LEASE | {"window_seconds": 5.0}),
    "ledger.settle": (_settle, {}),
    "ledger.answer": (_answer, {}),
    "ledger.give_slots_back": (_slot, {"gap_seconds": 0.5}),
    "ledger.contact_ready": (_payer, {}),
    "links.document": (_link, {}),
}


@pytest.fixture(name="worker")
def _worker(db: psycopg.Connection, database_url: str) -> Iterator[Connection]:
    """A worker's connection beside two thousand hand-outs that PostgreSQL has not counted."""
    for statement in _LANES:
        db.execute(statement)
    with pool(database_url, 1) as connections, connections.connection() as connection:
        yield connection


@pytest.mark.parametrize(("name", "count"), a_few_of(product(ASKED, [64, 1]), every=2))
def test_it_goes_by_the_key(worker: Connection, name: str, count: int) -> None:
    """Events, lanes and intents are found by their ids, not among everything that is in flight."""
    row_of, constant = ASKED[name]
    many = [row_of(n) for n in range(1200, 1200 + count)]
    explained = worker.execute(
        b"explain (analyze, buffers, format json) " + query(name), constant | {"rows": rows(many)}
    ).fetchone()

    assert explained is not None
    plan = explained["QUERY PLAN"][0]["Plan"]
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < _PAGES + count * _PAGES_MORE
    assert "one_handed_out_per_lane" not in str(explained)
    assert "Seq Scan" not in str(explained)


def test_decline_goes_by_the_key(worker: Connection) -> None:
    """What a process hands back costs the same however much is in flight."""
    explained = worker.execute(b"explain " + query("ledger.decline"), {"event_id": 1234, "epoch": 1}).fetchall()

    assert "event_pkey" in str(explained)
