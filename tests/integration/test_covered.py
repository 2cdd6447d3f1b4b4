"""Which documents go over by themselves: landing, `show` and the proof of a month know it from one rule."""

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from practice import Practice
from psycopg.rows import dict_row
from rows import one
from terminal import Terminal

from outbox.sql import query

_FIRST = date(2026, 11, 2)
_OF_BEFORE = (
    "update practice.invoices set completed_at = null;"
    "insert into outbox.completed_before (document_id, practice_id) select id, practice_id from practice.invoices"
)
_MONTH = {"first": date(2026, 10, 1), "last": date(2026, 11, 30), "ids": None, "dated": True}


@pytest.mark.parametrize(
    ("change", "dated", "is_covered"),
    [
        ("update practice.invoices set completed_at = now()", _FIRST, True),
        ("update practice.invoices set completed_at = now()", _FIRST - timedelta(days=1), False),
        ("update practice.invoices set completed_at = now() - interval '2 hours'", _FIRST, False),
        ("update practice.invoices set completed_at = now() - interval '30 minutes'", _FIRST, True),
        ("update practice.invoices set completed_at = null", _FIRST, True),
        (_OF_BEFORE, _FIRST, False),
        ("update outbox.lane_period set disabled_at = now() - interval '1 minute'", _FIRST, False),
    ],
    ids=["after", "dated before the first day", "before", "while it was switched on", "at no known time", "at none, there before", "off"],
)  # fmt: skip
def test_all_who_ask_are_told_the_same(db: psycopg.Connection, change: str, dated: date, is_covered: bool) -> None:
    """Asked before it is landed, so that nobody answers from the event."""
    praxis = Practice(db)
    praxis.switch_on("0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11", "key")
    db.execute(
        "update outbox.lane_period set since = now() - interval '1 hour', enabled_at = now() - interval '10 minutes', "
        "first_invoice_date = %s",
        (_FIRST,),
    )
    db.execute("alter table practice.invoices disable trigger user")
    document = praxis.invoice(praxis.customer(), invoice_date=dated)
    db.execute(change)
    of: dict[str, Any] = {"practice_id": praxis.practice_id, "number": "RE-2026-0001"}

    shown = _asked(db, "document.without_event", of)
    proven = _asked(db, "report.documents", of | _MONTH)
    landed = one(db, "select outbox.land(array[%s::bigint], 'sweep') as documents", document)["documents"]

    assert (shown, proven, landed == 1) == (is_covered,) * 3


def _asked(db: psycopg.Connection, name: str, of: dict[str, Any]) -> bool:
    with db.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(query(name), of).fetchone()
    assert row is not None
    return bool(row["expected"])


def test_a_document_that_is_left_where_it_is_is_told_so(db: psycopg.Connection, database_url: str) -> None:
    """`enable --from`: nobody had switched anything off."""
    praxis = Practice(db)
    praxis.switch_on("0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11", "key")
    db.execute("update outbox.lane_period set first_invoice_date = %s", (_FIRST,))
    praxis.invoice(praxis.customer(), invoice_date=_FIRST - timedelta(days=1))

    said = Terminal(database_url).run("show", "RE-2026-0001", "--practice", praxis.practice_id, code=1)

    assert "before the day from which on documents go over" in " ".join(said.split())


@pytest.mark.parametrize("via", ["trigger", "sweep", "backfill"])
def test_a_document_has_one_marker_however_it_came(db: psycopg.Connection, via: str) -> None:
    """It is what the preview shows before, and what an event that was lost would have again."""
    praxis = Practice(db)
    praxis.switch_on("0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11", "key")
    db.execute("alter table practice.invoices disable trigger user")
    document = praxis.invoice(praxis.customer())
    shown = query("document.of_number"), {"practice_id": praxis.practice_id, "number": "RE-2026-0001"}
    with db.cursor(row_factory=dict_row) as cursor:
        before = cursor.execute(*shown).fetchone()

    db.execute("select outbox.land(array[%s::bigint], %s)", (document, via))

    assert before is not None
    assert one(db, "select marker_code from outbox.event") == {"marker_code": before["marker_code"]}
