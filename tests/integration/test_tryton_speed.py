"""Among 100,000 invoices of Tryton's shape a document is read as fast as alone, and the rehearsal ends within a minute."""

import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from hosts.tryton.databases import owned_database, owner
from hosts.tryton.installation import MASS, Installation

from outbox.db import Connection, connect
from outbox.sql import query
from worker.host import folder as folders
from worker.host.apply import migrate
from worker.rehearsal.rehearse import of_applied
from worker.rehearsal.scope import Scope

pytestmark = pytest.mark.proof

FOLDER = folders.read(folders.built_in("tryton"))
INVOICES = 100_000


def test_reading_sweeping_and_rehearsing(_postgres: str, record_property: Callable[[str, object], None]) -> None:
    """At most 2 ms a document, 200 ms a sweep and 60 s for a rehearsal of 10,000 documents."""
    with owner(_postgres) as login, owned_database(_postgres, login) as url:
        Installation().prepare(url)
        with psycopg.connect(url, cursor_factory=psycopg.ClientCursor) as db:
            db.execute(MASS.read_bytes(), {"many": INVOICES, "apart": 300})
        migrate(url, host=FOLDER)
        with psycopg.connect(url, autocommit=True) as db:
            db.execute(
                "insert into outbox.lane (practice_id, enabled, booked_from, connected) values (1, true, now(), true)"
            )
            db.execute("insert into outbox.lane_period (practice_id, enabled_at) values (1, now() - interval '3 days')")
            db.execute("vacuum analyze")
        with connect(url, as_worker=False) as connection:
            documents = [{"practice_id": 1, "document_id": number} for number in range(50_001, 50_101)]
            document_ms = _best(connection, query("reading.snapshot"), *documents)
            sweep_ms = _best(connection, query("poller.sweep"), *[{"reach_seconds": 2 * 86400}] * 4)
            began = time.monotonic()
            rehearsal = of_applied(connection, FOLDER, Scope())
            seconds = time.monotonic() - began

    record_property("a document (ms)", f"{document_ms:.1f}")
    record_property("a sweep (ms)", f"{sweep_ms:.0f}")
    record_property("a rehearsal of 10,000 (s)", f"{seconds:.0f}")
    assert {finding.code for finding in rehearsal.failures} == {"trigger_missed"}  # they were there before the trigger
    assert document_ms <= 2
    assert sweep_ms <= 200
    assert seconds <= 60


def _best(connection: Connection, statement: bytes, *params: dict[str, Any]) -> float:
    """The quickest in milliseconds: what others do on the machine makes it slower, never quicker."""
    times = []
    for values in params:
        began = time.monotonic()
        connection.execute(statement, values, prepare=True).fetchall()
        times.append(time.monotonic() - began)
    return 1000 * min(times)
