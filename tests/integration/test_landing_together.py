"""Documents of one transaction are landed together, and each as if it were alone."""

import hosting
import psycopg
import pytest
from practice import Practice
from rows import one

_MANY = 100
_BULK = (
    "insert into practice.invoices (practice_id, customer_id, number, status, completed_at) "
    "select %s, %s, 'B-' || n, case when n %% 10 = 0 then 'draft' else 'completed' end, now() from generate_series(1, %s) n"
)


@pytest.fixture(name="practice")
def _practice(db: psycopg.Connection) -> Practice:
    """Switched on, on a machine that is never too slow for it."""
    practice = Practice(db)
    practice.switch_on("0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11", "key")
    return practice


def numbers(db: psycopg.Connection) -> set[str]:
    """Of all that have an event by the trigger."""
    return {row[0] for row in db.execute("select number from outbox.event where origin = 'trigger'").fetchall()}


def test_a_bulk_is_landed_by_few_statements_to_the_last(db: psycopg.Connection, practice: Practice) -> None:
    """Each statement is a subtransaction of its own; drafts have no event, and nothing is left of the waiting."""
    db.execute(_BULK, (practice.practice_id, practice.customer(), _MANY))

    assert numbers(db) == {f"B-{n}" for n in range(1, _MANY + 1) if n % 10}
    assert one(db, "select count(distinct xmin::text) as statements from outbox.event")["statements"] < _MANY / 2
    assert one(db, "select count(*) as waiting from outbox.landing")["waiting"] == 0


def test_one_that_cannot_be_landed_keeps_back_nobody_of_the_bulk(
    db: psycopg.Connection, database_url: str, practice: Practice
) -> None:
    """The select fails for one of them."""
    expression = "case when i.number = 'B-57' then (i.number::int)::text else i.number end as number"
    hosting.put(database_url, hosting.edited("document.sql", "i.number", expression))

    db.execute(_BULK, (practice.practice_id, practice.customer(), _MANY))

    assert numbers(db) == {f"B-{n}" for n in range(1, _MANY + 1) if n % 10 and n != 57}
    assert one(db, "select count(*) as waiting from outbox.landing")["waiting"] == 0


def test_what_is_rolled_back_is_not_landed(db: psycopg.Connection, practice: Practice) -> None:
    """Landed early and undone, in a transaction that goes on: neither it nor what waited with it."""
    payer = practice.customer()
    with db.transaction():
        db.execute("set constraints all immediate")
        db.execute(_BULK, (practice.practice_id, payer, 5))
        with pytest.raises(ZeroDivisionError), db.transaction():  # noqa: PT012 (a transaction that is undone)
            practice.invoice(payer, number="UNDONE-1")
            db.execute("set constraints all deferred")
            practice.invoice(payer, number="UNDONE-2")
            raise ZeroDivisionError
        practice.invoice(payer, number="KEPT")

    assert numbers(db) == {*(f"B-{n}" for n in range(1, 6)), "KEPT"}


def test_what_the_hosts_own_deferred_trigger_completes_is_landed(db: psycopg.Connection, practice: Practice) -> None:
    """It comes after all others have been landed."""
    db.execute(
        "create function practice.complete() returns trigger language plpgsql as $$ begin "
        "update practice.invoices set status = 'completed', completed_at = now() where status = 'draft'; return null; end $$;"
        "create constraint trigger zz_complete after insert on practice.invoices deferrable initially deferred "
        "for each row when (new.number = 'B-1') execute function practice.complete()"
    )

    db.execute(_BULK, (practice.practice_id, practice.customer(), 40))

    assert numbers(db) == {f"B-{n}" for n in range(1, 41)}


def test_one_that_was_reopened_in_a_bulk_may_come_over_later(db: psycopg.Connection, practice: Practice) -> None:
    """Completed before the switch-on, put back to draft with many others, and completed again."""
    payer = practice.customer()
    db.execute("alter table practice.invoices disable trigger user")
    old = [practice.invoice(payer, number=f"OLD-{n}") for n in range(3)]
    db.execute("alter table practice.invoices enable trigger user")
    db.execute("insert into outbox.completed_before (document_id, practice_id) select unnest(%s::bigint[]), 1", (old,))
    db.execute(
        "update outbox.lane_period set since = enabled_at - interval '1 day', enabled_at = now() + interval '1 hour'"
    )

    db.execute("update practice.invoices set status = 'draft' where number <> 'OLD-0'")
    db.execute("update practice.invoices set status = 'completed' where number <> 'OLD-0'")

    assert numbers(db) == {"OLD-1", "OLD-2"}
