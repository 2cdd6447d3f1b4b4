"""A document without end is not read: it dies at once, whatever it would have cost, and the next one goes over."""

from decimal import Decimal

import pytest
from commands import Commands
from stage import Stage

_LINES = "insert into practice.invoice_items (invoice_id, position, description, unit_price) select %s, n, 'x', 1 from generate_series(1, 100000) as n"
_TEXTS = "insert into practice.invoice_items (invoice_id, position, description, unit_price) select %s, n, repeat('x', 10000), 1 from generate_series(1, 400) as n"
_WORDS = "update practice.invoices set introduction = repeat('x', 3000000) where id = %s"
_NAME = "update practice.customers set company_name = repeat('x', 3000000) where id = (select customer_id from practice.invoices where id = %s)"


@pytest.mark.parametrize(
    "sql", [_LINES, _TEXTS, _WORDS, _NAME], ids=["lines", "texts of lines", "introduction", "company"]
)
def test_a_document_without_end_is_not_read(stage: Stage, database_url: str, sql: str) -> None:
    """100,000 lines, or megabytes in one text: dead in one try, told by preview and plan as well."""
    with stage.db.transaction():
        bad = stage.practice.invoice(stage.practice.customer(), total=Decimal(85))
        stage.db.execute(sql, (bad,))
    good = stage.practice.invoice(stage.practice.customer())

    stage.run()

    assert stage.outcome(bad) == ("dead", "too_large")
    assert stage.outcome(good) == ("delivered", None)
    assert stage.db.execute("select count(*) from outbox.attempt where event_id = 1").fetchone() == (1,)
    lexrelay = Commands(database_url, stage.sandbox)
    assert "too_large" in lexrelay("preview", "RE-2026-0001", "--practice", 1, exits=1).stderr
    assert [one["plan"] for one in lexrelay.json("replay", stage.event(bad)["event_id"], "--dry-run")] == ["human"]
