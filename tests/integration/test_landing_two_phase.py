"""The landing beside a host that commits in two phases."""

import psycopg
import pytest
import services
from practice import Practice

from worker.host.apply import migrate
from worker.lab.embedded import EmbeddedPostgres


@pytest.mark.proof
def test_a_host_may_prepare_its_transaction() -> None:
    """A notification cannot be prepared; the host's commit must not fail of it."""
    with (
        EmbeddedPostgres(settings={"fsync": "off", "max_prepared_transactions": "2"}) as server,
        services.database(server.url()) as url,
    ):
        migrate(url, reference_practice=True)
        with psycopg.connect(url, autocommit=True) as db:
            praxis = Practice(db)
            praxis.switch_on("0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11", "key")
            payer = praxis.customer()
            db.execute("begin")
            db.execute(
                "insert into practice.invoices (practice_id, customer_id, status, completed_at) "
                "values (%s, %s, 'completed', now())",
                (praxis.practice_id, payer),
            )
            db.execute("prepare transaction 'host'")
            db.execute("commit prepared 'host'")

            assert db.execute("select count(*) from outbox.event").fetchone() == (1,)
