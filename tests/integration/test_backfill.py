"""The command backfill: events for documents from before the switch-on."""

from datetime import date
from typing import Any

import psycopg
import pytest
from practice import Practice
from terminal import Terminal

ORGANISATION = "0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11"
RANGE = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.fixture(name="terminal")
def _terminal(database_url: str) -> Terminal:
    return Terminal(database_url)


@pytest.fixture(name="old")
def _old(db: psycopg.Connection) -> Practice:
    """A practice with an invoice, a cancelled one and its cancellation from before the switch-on, and one of October."""
    old = Practice(db)
    payer = old.customer()
    old.invoice(payer)
    old.cancel(old.invoice(payer), invoice_date=date(2026, 11, 1))
    old.invoice(payer, invoice_date=date(2026, 10, 31))
    old.invoice(payer, status="draft")
    old.switch_on(ORGANISATION, "key")
    return old


def events(db: psycopg.Connection) -> list[tuple[Any, ...]]:
    """Number, origin and priority of all events, in their order."""
    return db.execute("select number, origin, priority from outbox.event order by event_id").fetchall()


def test_a_dry_run_counts_and_writes_nothing(db: psycopg.Connection, terminal: Terminal, old: Practice) -> None:
    """The sums per kind come first; nothing changes, and nothing is recorded."""
    said = terminal.json("backfill", "--practice", old.practice_id, *RANGE, "--dry-run")

    assert said["invoices"] == {"documents": 2, "total": "170.00"}
    assert said["cancellations"] == {"documents": 1, "total": "-85.00"}
    assert (said["dry_run"], said["events"]) == (True, 0)
    assert events(db) == []
    assert db.execute("select count(*) from outbox.operator_action").fetchone() == (0,)


def test_events_are_written_behind_new_documents_and_invoices_first(
    db: psycopg.Connection, terminal: Terminal, old: Practice
) -> None:
    """Completed and cancelled documents of the range come over at lower priority; drafts and other days stay."""
    terminal.run("backfill", "--practice", old.practice_id, *RANGE)

    assert events(db) == [
        ("RE-2026-0001", "backfill", 1),
        ("RE-2026-0002", "backfill", 1),
        ("ST-2026-0001", "backfill", 1),
    ]


def test_a_second_backfill_writes_nothing(db: psycopg.Connection, terminal: Terminal, old: Practice) -> None:
    """Once per document, ever; repeating is safe."""
    terminal.run("backfill", "--practice", old.practice_id, *RANGE)
    before = events(db)

    said = terminal.json("backfill", "--practice", old.practice_id, *RANGE)

    assert said["events"] == 0
    assert events(db) == before


def test_an_event_from_the_trigger_is_not_doubled(db: psycopg.Connection, terminal: Terminal, old: Practice) -> None:
    """What came over by itself keeps its own event and its priority."""
    old.invoice(old.customer())

    terminal.run("backfill", "--practice", old.practice_id, *RANGE)

    assert [row for row in events(db) if row[1] == "trigger"] == [("RE-2026-0005", "trigger", 0)]


def _view(db: psycopg.Connection, name: str, *changes: tuple[str, str]) -> None:
    """Have the host's view say something else."""
    row = db.execute("select pg_get_viewdef(%s::regclass)", (f"contract.{name}",)).fetchone()
    assert row is not None
    select = row[0].rstrip(";")
    columns = db.execute(f"select * from contract.{name} limit 0").description or ()
    changed = ", ".join(dict(changes).get(column.name, column.name) for column in columns)
    db.execute(f"create or replace view contract.{name} as select {changed} from ({select}) h")


@pytest.mark.parametrize("bad", ["kind", "payer_id"])
def test_a_document_that_can_have_no_event_disturbs_no_other(
    db: psycopg.Connection, terminal: Terminal, old: Practice, bad: str
) -> None:
    """The host gives one a kind that is none, or nobody who pays: it is told, the others are written."""
    value = {"kind": "'credit_note'", "payer_id": "null"}[bad]
    _view(db, "document", (bad, f"case when number = 'RE-2026-0002' then {value} else {bad} end as {bad}"))

    said = terminal.run("backfill", "--practice", old.practice_id, *RANGE)

    assert [number for number, *_ in events(db)] == ["RE-2026-0001", "ST-2026-0001"]
    assert "Documents that can have none: 1." in said


def test_the_hosts_own_key_comes_along(db: psycopg.Connection, terminal: Terminal, old: Practice) -> None:
    """As with a document that came by itself: people know it by that."""
    _view(db, "document", ("host_key", "'D-' || document_id as host_key"))

    terminal.run("backfill", "--practice", old.practice_id, *RANGE)

    assert db.execute("select bool_and(host_key = 'D-' || document_id) from outbox.event").fetchone() == (True,)


def test_a_backfill_is_recorded(db: psycopg.Connection, terminal: Terminal, old: Practice) -> None:
    """Who, what, why, and for which days."""
    terminal.run("backfill", "--practice", old.practice_id, *RANGE, "--by", "ada", "--why", "start of the year")

    done = terminal.json("history", "--practice", old.practice_id)

    assert [(row["by"], row["action"], row["why"]) for row in done] == [("ada", "backfill", "start of the year")]
    assert done[0]["detail"] == {"from": "2026-11-01", "to": "2026-11-30", "documents": 3}


def test_a_cancellation_without_its_invoice_is_announced(
    db: psycopg.Connection, terminal: Terminal, old: Practice
) -> None:
    """An invoice outside the range never went over, so its cancellation cannot be linked: say so before."""
    invoice = old.invoice(old.customer(), invoice_date=date(2026, 10, 1))
    db.execute("delete from outbox.event")
    old.cancel(invoice)
    db.execute("delete from outbox.event")

    said = terminal.run("backfill", "--practice", old.practice_id, *RANGE, "--dry-run")

    assert "invoice is not in this range and never went over: 1." in said


def test_events_of_a_practice_that_may_not_transfer_are_held(
    db: psycopg.Connection, terminal: Terminal, old: Practice
) -> None:
    """They are written all the same, and the command says that they wait."""
    db.execute("update outbox.lane set enabled = false")

    said = terminal.run("backfill", "--practice", old.practice_id, *RANGE)

    assert "may not transfer now (disabled)" in said
    assert terminal.json("status")["events"]["held"] == 3


def test_many_documents_are_written_in_batches(
    db: psycopg.Connection, terminal: Terminal, old: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is a commit; all of them together are everything."""
    monkeypatch.setattr("outbox.backfill.BATCH", 2)

    terminal.run("backfill", "--practice", old.practice_id, *RANGE)

    assert len(events(db)) == 3


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(("--from", "2026-12-01", "--to", "2026-11-01"), 2, "is after", id="the range is upside down"),
        pytest.param(("--from", "01.11.2026", "--to", "2026-11-30"), 2, "not a day", id="not a day"),
        pytest.param(("--practice", "77", *RANGE), 1, "no practice 77", id="no such practice"),
    ],
)
def test_what_makes_no_sense_is_declined(
    terminal: Terminal, old: Practice, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """A sentence, and nothing written."""
    assert said in terminal.run("backfill", "--practice", old.practice_id, *arguments, code=code)


def test_a_practice_that_never_ordered_is_declined(db: psycopg.Connection, terminal: Terminal) -> None:
    """Without a lane nobody would ever look at the events."""
    stranger = Practice(db)

    assert "has not ordered" in terminal.run("backfill", "--practice", stranger.practice_id, *RANGE, code=1)
