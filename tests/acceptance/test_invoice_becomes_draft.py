"""The main job, through real processes: a completed invoice becomes a draft in Lexware."""

import psycopg
import pytest
from polling import until
from practice import Practice
from relay import Relay

from worker.lab.sandbox.server import Sandbox


@pytest.fixture
def states(db: psycopg.Connection):
    """The states of all events, in the order of their documents."""
    return lambda: [row[0] for row in db.execute("select state from outbox.event order by document_id").fetchall()]


def test_invoices_of_a_new_payer_share_one_contact(db, database_url, redis_url, states) -> None:
    """A payer without a contact gets one, once; the next invoice uses it."""
    with Sandbox() as sandbox, Relay(database_url, redis_url, sandbox.url) as relay:
        tenant = sandbox.tenants[0]
        practice = Practice(db)
        practice.switch_on(tenant.id, tenant.key)
        relay.worker()
        relay.poller()

        payer = practice.customer()
        practice.invoice(payer)
        practice.invoice(payer)
        until(lambda: states() == ["delivered"] * 2)

        documents = sandbox.control.documents(tenant.id)
        assert len(sandbox.control.contacts(tenant.id)) == 1
        assert [(d["kind"], d["status"]) for d in documents] == [("invoice", "draft")] * 2
