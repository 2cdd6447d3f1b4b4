"""What the rehearsal counts for the safety net is what the safety net looks for."""

from datetime import date, timedelta

import psycopg
from practice import Practice
from rows import one

from outbox.sql import query

_WAITING = (
    "select count(*) as documents from outbox.waiting_documents("
    "(select min(coalesce(p.since, p.enabled_at)) from outbox.lane_period p))"
)


def test_documents_from_before_the_first_day_are_not_waited_for(db: psycopg.Connection) -> None:
    """`enable --from`: by the day of the invoice, in both alike."""
    practice = Practice(db)
    practice.switch_on("0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11", "key")
    first = date(2026, 11, 2)
    db.execute("update outbox.lane_period set first_invoice_date = %s", (first,))
    db.execute("alter table practice.invoices disable trigger user")
    for day in (first - timedelta(days=1), first, first + timedelta(days=1)):
        practice.invoice(practice.customer(), invoice_date=day)

    rehearsed = one(db, query("host_check.sweep").decode())["documents"]

    assert rehearsed == one(db, _WAITING)["documents"] == 2
