"""G1, G2 at size: a thousand documents of fifty practices, and a worker killed in the middle."""

import os
import signal
from collections import Counter

import psutil
import psycopg
import pytest
from polling import until
from practice import Practice
from relay import Relay

from worker.lab.sandbox.server import Sandbox

_PRACTICES, _EACH, _NEW_PAYERS = 50, 20, 7


@pytest.mark.proof
def test_all_are_there_once_although_a_worker_is_killed(
    db: psycopg.Connection, database_url: str, redis_url: str
) -> None:
    """Every document once, every contact once; a third of the payers is new."""
    pace = {"LEXRELAY_RATE_PER_SECOND": "200", "LEXRELAY_HTTP_TIMEOUT_SECONDS": "3", "LEXRELAY_SETTLE_SECONDS": "3",
            "LEXRELAY_LEASE_SECONDS": "8"}  # fmt: skip
    with Sandbox() as sandbox, Relay(database_url, redis_url, sandbox.url, **pace) as relay:
        sandbox.control.set_switches(rate_per_second=0, latency_seconds=0.02)
        for _ in range(_PRACTICES):
            _fill(db, sandbox)
        first, _ = relay.worker(threads=16), relay.worker(threads=16)
        relay.poller()

        until(lambda: _delivered(db) > 300)
        _kill_children(first)
        relay.worker(threads=16)
        until(lambda: _delivered(db) == _PRACTICES * _EACH, every=0.2)

        markers = Counter(document["body"]["remark"] for document in sandbox.control.documents())
        notes = Counter(c["body"]["note"] for c in sandbox.control.contacts() if "note" in c["body"])
        assert len(markers) == _PRACTICES * _EACH
        assert set(markers.values()) == {1}
        assert len(notes) == _PRACTICES * _NEW_PAYERS
        assert set(notes.values()) == {1}


def _fill(db: psycopg.Connection, sandbox: Sandbox) -> None:
    tenant = sandbox.control.add_organisation()
    practice = Practice(db)
    practice.switch_on(tenant.id, tenant.key)
    known = practice.customer()
    body = {"version": 0, "roles": {"customer": {}}, "person": {"lastName": "Beispiel"}}
    practice.link(known, sandbox.control.act(tenant.id, "create_contact", body=body)["id"], tenant.id)
    for place in range(_EACH):
        practice.invoice(practice.customer() if place < _NEW_PAYERS else known)


def _delivered(db: psycopg.Connection) -> int:
    row = db.execute("select count(*) from outbox.event where state = 'delivered'").fetchone()
    return int(row[0]) if row else 0


def _kill_children(master) -> None:
    for child in psutil.Process(master.pid).children(recursive=True):
        os.kill(child.pid, signal.SIGKILL)
