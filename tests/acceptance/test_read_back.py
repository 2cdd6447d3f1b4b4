"""Real processes read back what became of a document in Lexware, and the practice software sees it."""

import psycopg
import pytest
from polling import until
from practice import Practice
from relay import Relay

from worker.lab.sandbox.server import Sandbox

_PACE = {"LEXRELAY_WATCH_SECONDS": "1", "LEXRELAY_SWEEP_SECONDS": "2", "LEXRELAY_DEEP_SECONDS": "3"}


@pytest.mark.proof
def test_a_paid_invoice_is_shown_as_paid(db: psycopg.Connection, database_url: str, redis_url: str) -> None:
    """Poller, Redis and worker: nobody asks for it."""
    with Sandbox() as sandbox, Relay(database_url, redis_url, sandbox.url, **_PACE) as relay:
        tenant = sandbox.tenants[0]
        practice = Practice(db)
        practice.switch_on(tenant.id, tenant.key)
        relay.worker()
        relay.poller()
        practice.invoice(practice.customer())
        until(lambda: sandbox.control.documents(tenant.id))
        [document] = sandbox.control.documents(tenant.id)
        for action in ("finalise", "pay"):
            sandbox.control.act(tenant.id, action, document=document["id"])

        until(lambda: _status(db) == ("paid", "RE1001", 0))
        until(lambda: _complete_runs(db) == {"delta", "sweep", "deep", "contacts"})

        assert len(sandbox.control.documents(tenant.id)) == 1


def _status(db: psycopg.Connection) -> tuple[object, ...] | None:
    return db.execute("select lexware_status, lexware_number, open_amount from lexrelay.document_status").fetchone()


def _complete_runs(db: psycopg.Connection) -> set[str]:
    return {row[0] for row in db.execute("select kind from lexware.watch_runs where complete").fetchall()}
