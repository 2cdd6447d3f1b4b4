"""What a claim asks of the ledger costs the same however much is in flight, whatever PostgreSQL believes of its tables."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from outbox.db import Connection, pool
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
_PAGES = 120
_RATE = {"gap_seconds": 0.5, "catch_up_seconds": 0.1}
ASKED: dict[str, dict[str, Any]] = {
    "ledger.begin": {"epoch": 1, "worker": 1, "lease_seconds": 90.0, **_RATE},
    "ledger.decline": {"epoch": 1},
    "ledger.take_slot": {"fence": 0, "lease_seconds": 90.0, "unused_tat": None, **_RATE},
}


@pytest.fixture(name="worker")
def _worker(db: psycopg.Connection, database_url: str) -> Iterator[Connection]:
    """A worker's connection beside two thousand hand-outs that PostgreSQL has not counted."""
    for statement in _LANES:
        db.execute(statement)
    with pool(database_url, 1) as connections, connections.connection() as connection:
        yield connection


@pytest.mark.parametrize("name", ASKED)
def test_it_goes_by_the_key(worker: Connection, name: str) -> None:
    """The event is found by its id, not among everything that is in flight."""
    explained = worker.execute(
        b"explain (analyze, buffers, format json) " + query(name), ASKED[name] | {"event_id": 1234}
    ).fetchone()

    assert explained is not None
    plan = explained["QUERY PLAN"][0]["Plan"]
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] < _PAGES
    assert "one_handed_out_per_lane" not in str(explained)
