"""G1: documents that come in without the trigger, and late."""

import psycopg
from practice import Practice

from outbox.db import connect
from outbox.pace import Pace
from outbox.poller import Poller


def test_what_was_loaded_late_is_swept_without_a_restart(db: psycopg.Connection, database_url: str) -> None:
    """Three days old when it is committed, without triggers, in a practice that was on all the time."""
    praxis = Practice(db)
    praxis.switch_on("0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11", "key")
    db.execute("update outbox.lane_period set enabled_at = now() - interval '9 days'")
    poller = Poller(database_url, Pace(), lambda _handouts: None)
    with connect(database_url) as ours:
        poller.tidy(ours)
        db.execute("set session_replication_role = replica")
        db.execute(
            "insert into practice.invoices (practice_id, customer_id, status, completed_at) "
            "values (%s, %s, 'completed', now() - interval '3 days')",
            (praxis.practice_id, praxis.customer()),
        )
        for _ in range(12 * 6):  # half a day, ten minutes at a time
            poller._upkeep._swept -= 600
            poller._upkeep._swept_far -= 600
            poller.tidy(ours)

    assert db.execute("select count(*) from outbox.event").fetchone() == (1,)
