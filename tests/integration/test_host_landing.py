"""The landing: nothing is missed, whatever the host's transaction looks like, and nobody waits for it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import product
from unittest.mock import patch

import hosting
import psycopg
import pytest
from chosen import a_few_of
from practice import Practice
from rows import one
from terminal import Terminal

from outbox import upkeep
from outbox.db import connect
from outbox.pace import Pace
from outbox.poller import Poller
from outbox.sql import query

_ORGANISATION = "0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11"


@pytest.fixture(name="practice")
def _practice(db: psycopg.Connection) -> Practice:
    """Switched on."""
    practice = Practice(db)
    practice.switch_on(_ORGANISATION, "key")
    return practice


@pytest.fixture(name="poller")
def _poller(database_url: str) -> Poller:
    return Poller(database_url, Pace(), lambda _handouts: None)


def sweep(poller: Poller, url: str) -> None:
    """A round of the safety net, now."""
    with connect(url) as ours:
        poller._upkeep._swept = poller._upkeep._swept_far = float("-inf")
        poller.tidy(ours)


def enable(db: psycopg.Connection, practice_id: int) -> None:
    """What `practice enable` does about the switch."""
    with db.transaction():
        db.execute("insert into outbox.lane (practice_id) values (%s) on conflict do nothing", (practice_id,))
        began = one(db, query("switch.oldest_transaction").decode())["began"]
        db.execute(query("switch.open_period"), {"practice_id": practice_id, "began": began, "first": None})


def disable(db: psycopg.Connection, practice_id: int) -> None:
    """What `practice disable` does about it."""
    db.execute(query("switch.close_period"), {"practice_id": practice_id})


def events(db: psycopg.Connection) -> dict[int, str]:
    """Origin by document."""
    return dict(db.execute("select document_id, origin from outbox.event").fetchall())


@contextmanager
def without_triggers(db: psycopg.Connection) -> Iterator[None]:
    """As a bulk load does."""
    db.execute("set session_replication_role = replica")
    yield
    db.execute("set session_replication_role = origin")


@pytest.mark.parametrize(
    ("level", "moment"),
    a_few_of(product(["repeatable read", "read committed", "serializable"], ["now()", "null"]), every=3),
)
def test_a_transaction_that_spans_the_switch_on_is_found(
    db: psycopg.Connection, database_url: str, poller: Poller, level: str, moment: str
) -> None:
    """It began before and committed after; what had committed before stays where it is, now and later."""
    practice = Practice(db)
    payer = practice.customer()
    old = practice.invoice(payer)
    db.execute(f"update practice.invoices set completed_at = {moment} where id = %s", (old,))
    with psycopg.connect(database_url) as host:
        host.execute(f"set transaction isolation level {level}")
        insert = (
            "insert into practice.invoices (practice_id, customer_id, number, status, completed_at) "
            f"values (%s, %s, 'RE-9', 'completed', {moment}) returning id"
        )
        new = host.execute(insert, (practice.practice_id, payer)).fetchone()[0]  # type: ignore[index]
        enable(db, practice.practice_id)
        host.commit()

    sweep(poller, database_url)
    db.execute("update practice.invoices set status = 'cancelled' where id = %s", (old,))
    sweep(poller, database_url)

    assert set(events(db)) == {new}


@pytest.mark.parametrize("moment", ["now()", "null"])
def test_what_was_completed_while_it_was_off_stays(
    db: psycopg.Connection, database_url: str, poller: Poller, moment: str
) -> None:
    """Switched off and on again."""
    practice = Practice(db)
    payer = practice.customer()
    enable(db, practice.practice_id)
    first = practice.invoice(payer)
    disable(db, practice.practice_id)
    off = practice.invoice(payer)
    db.execute(f"update practice.invoices set completed_at = {moment} where id = %s", (off,))
    enable(db, practice.practice_id)
    last = practice.invoice(payer)
    db.execute("update practice.invoices set status = 'cancelled' where id = %s", (off,))

    sweep(poller, database_url)

    assert set(events(db)) == {first, last}


def test_one_from_before_that_is_reopened_and_completed_comes_over(db: psycopg.Connection, database_url: str) -> None:
    """Without a moment of completion too."""
    practice = Practice(db)
    old = practice.invoice(practice.customer())
    db.execute("update practice.invoices set completed_at = null")
    enable(db, practice.practice_id)

    db.execute("update practice.invoices set status = 'draft' where id = %s", (old,))
    db.execute("update practice.invoices set status = 'completed' where id = %s", (old,))

    assert events(db) == {old: "trigger"}


def test_one_that_is_completed_in_two_commits_waits_until_all_is_there(
    db: psycopg.Connection, database_url: str, practice: Practice
) -> None:
    """For as long as the host's view says draft."""
    hosting.put(
        database_url,
        hosting.edited(
            "document.sql",
            "i.status,",
            "case when i.number is null or i.total is null then 'draft' else i.status end as status,",
        ),
    )
    hosting.put(
        database_url,
        hosting.reference(
            host_toml='name = "x"\ncontract = 2\n[[trigger]]\ntable = "practice.invoices"\ndocument = "id"\n',
            document_sql=hosting.edited(
                "document.sql",
                "i.status,",
                "case when i.number is null or i.total is null then 'draft' else i.status end as status,",
            ).files["document.sql"],
        ),
    )

    invoice = practice.invoice(practice.customer(), number=None, total=None)
    before = events(db)
    db.execute("update practice.invoices set number = 'RE-1', total = 85 where id = %s", (invoice,))

    assert before == {}
    assert events(db) == {invoice: "trigger"}


def test_what_only_the_safety_net_finds_says_so(
    db: psycopg.Connection, database_url: str, practice: Practice, poller: Poller
) -> None:
    """The trigger missed it; without a moment of completion it is found as well."""
    with without_triggers(db):
        loaded = practice.invoice(practice.customer()), practice.invoice(practice.customer(), completed_at=None)
    db.execute("update practice.invoices set completed_at = null where id = %s", (loaded[1],))

    sweep(poller, database_url)

    assert events(db) == dict.fromkeys(loaded, "sweep")


def test_the_host_waits_half_a_second_in_all(db: psycopg.Connection, database_url: str, practice: Practice) -> None:
    """Thirty invoices while outbox.event is locked; the safety net finds them, and the next transaction is as ever."""
    payer = practice.customer()
    with psycopg.connect(database_url) as somebody:
        somebody.execute("lock table outbox.event")
        began = time.monotonic()
        with db.transaction():
            for _ in range(30):
                practice.invoice(payer)
        waited = time.monotonic() - began
        somebody.rollback()

    practice.invoice(payer)

    assert waited < 5  # thirty times as long, if each waited
    assert list(events(db).values()) == ["trigger"]
    assert one(db, "show lock_timeout")["lock_timeout"] == "0"


def test_a_bulk_behind_a_lock_waits_no_longer(db: psycopg.Connection, database_url: str, practice: Practice) -> None:
    """Once half a second is spent, the rest of the transaction asks for nothing any more."""
    payer = practice.customer()
    bulk = (
        "insert into practice.invoices (practice_id, customer_id, status, completed_at) "
        "select %s, %s, 'completed', now() from generate_series(1, 3000)"
    )
    with psycopg.connect(database_url) as somebody:
        somebody.execute("lock table outbox.event")
        began = time.monotonic()
        db.execute(bulk, (practice.practice_id, payer))
        waited = time.monotonic() - began

    assert waited < 20  # three thousand times as long, if each waited
    assert events(db) == {}


def test_a_landing_that_is_early_leaves_the_hosts_settings(db: psycopg.Connection, practice: Practice) -> None:
    """`set constraints all immediate` in a transaction that goes on."""
    with db.transaction():
        practice_invoice = "insert into practice.invoices (practice_id, customer_id, status, completed_at) values (%s, %s, 'completed', now())"
        db.execute("set local lock_timeout = '7s'")
        db.execute(practice_invoice, (practice.practice_id, practice.customer()))
        db.execute("set constraints all immediate")

        assert one(db, "show lock_timeout")["lock_timeout"] == "7s"


_BAD = [
    pytest.param("case when i.id = {bad} then 'credit_note' else i.kind end as kind", "i.kind", "unknown_kind", id="kind"),
    pytest.param("case when i.id <> {bad} then i.customer_id end as payer_id", "i.customer_id as payer_id", "no_payer", id="payer"),
    pytest.param("case when i.id <> {bad} then i.id end as document_id", "i.id as document_id", "null_key", id="key"),
    pytest.param(
        "case when i.id = {bad} then 'done' else i.status end as status", "i.status", "unknown_status", id="status"
    ),
    pytest.param(
        "case when i.id = {bad} then (i.number || 'x')::int::text else i.number end as number", "i.number",
        "select_fails 22P02", id="cast",
    ),
    pytest.param(
        "case when i.id = {bad} then now() + (i.number || ' s')::interval else i.completed_at end as completed_at",
        "i.completed_at", "select_fails 22007", id="cast of the filter",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "column", "cause"), a_few_of(_BAD, every=4))
def test_one_bad_row_stops_nobody_else(
    db: psycopg.Connection, database_url: str, practice: Practice, poller: Poller, redis_url: str,
    expression: str, column: str, cause: str,
) -> None:  # fmt: skip
    """It is skipped, counted and told; mended, it comes over."""
    with without_triggers(db):
        good = [practice.invoice(practice.customer()) for _ in range(5)]
        bad = practice.invoice(practice.customer())
        good += [practice.invoice(practice.customer()) for _ in range(4)]
    db.execute("update outbox.lane_period set since = enabled_at")
    hosting.put(database_url, hosting.edited("document.sql", column, expression.format(bad=bad)))

    sweep(poller, database_url)

    assert events(db) == dict.fromkeys(good, "sweep")
    assert one(db, "select cause, documents from outbox.unlanded") == {"cause": cause, "documents": 1}
    told = Terminal(database_url, REDIS_URL=redis_url).json("check", code=1)
    assert [line["level"] for line in told if line["check"] == "landing"] == ["failure"]

    hosting.put(database_url, hosting.reference())
    sweep(poller, database_url)

    assert bad in events(db)
    assert one(db, "select sum(documents) as documents from outbox.unlanded")["documents"] == 0


def test_a_bad_row_never_fails_the_hosts_commit(db: psycopg.Connection, database_url: str, practice: Practice) -> None:
    """Whatever our part does."""
    hosting.put(database_url, hosting.edited("document.sql", "i.number", "(i.number::int)::text as number"))

    invoice = practice.invoice(practice.customer())

    assert one(db, "select status from practice.invoices where id = %s", invoice)["status"] == "completed"
    assert events(db) == {}


def test_a_document_that_is_there_twice_is_not_landed(
    db: psycopg.Connection, database_url: str, practice: Practice
) -> None:
    """By the trigger neither: one of its rows would be chosen by chance."""
    twice = "from practice.invoices i cross join generate_series(1, 2)"
    hosting.put(database_url, hosting.edited("document.sql", "from practice.invoices i", twice))

    practice.invoice(practice.customer())

    assert events(db) == {}


def test_two_rows_of_one_key_are_refused(
    db: psycopg.Connection, database_url: str, practice: Practice, poller: Poller
) -> None:
    """A join that multiplies, or two keys of one number: nobody can say which is meant."""
    body = (
        "select 7::bigint as document_id, " + hosting.reference().files["document.sql"].split("i.id as document_id,")[1]
    )
    hosting.put(database_url, hosting.reference(document_sql=body))
    with without_triggers(db):
        practice.invoice(practice.customer())
        practice.invoice(practice.customer())

    sweep(poller, database_url)

    assert events(db) == {}
    assert one(db, "select cause, documents from outbox.unlanded") == {"cause": "not_unique", "documents": 2}


def test_the_safety_net_follows_the_hosts_rhythm(
    db: psycopg.Connection, database_url: str, practice: Practice, poller: Poller
) -> None:
    """A host without triggers: down to a second, under a running poller."""
    with connect(database_url) as ours:
        poller.tidy(ours)
        hosting.put(database_url, hosting.reference(host_toml='name = "x"\ncontract = 2\n[poll]\nseconds = 1\n'))
        invoice = practice.invoice(practice.customer())
        poller._upkeep._swept -= 1

        poller.tidy(ours)

    assert events(db) == {invoice: "sweep"}


def stumble(db: psycopg.Connection, url: str, over: str, column: str = "number") -> None:
    """Have the host's view call a function of the host that does something odd for the invoices of a due date."""
    db.execute(
        "create or replace function practice.spell(due date, said text) returns text language plpgsql stable as "
        f"$$ begin if due = '2027-01-01' then {over}; end if; return said; end $$"
    )
    hosting.put(
        url, hosting.edited("document.sql", f"i.{column},", f"practice.spell(i.due_date, i.{column}) as {column},")
    )


_ODD = {"due_date": date(2027, 1, 1)}


@pytest.mark.parametrize("over", ["assert false", "raise exception using errcode = '40001'"])
def test_no_error_of_the_hosts_view_fails_its_commit(
    db: psycopg.Connection, database_url: str, practice: Practice, over: str
) -> None:
    """A failed assertion is no error like others to PostgreSQL; the transaction commits all the same."""
    payer = practice.customer()
    stumble(db, database_url, over)

    practice.invoice(payer, **_ODD)
    good = practice.invoice(payer)

    assert events(db) == {good: "trigger"}


@pytest.mark.parametrize(
    "over", ["assert false", "raise exception using errcode = '40001'", "raise lock_not_available"]
)
@pytest.mark.parametrize("column", ["number", "kind"])
def test_a_row_that_fails_in_any_way_stops_no_sweep(
    db: psycopg.Connection, database_url: str, practice: Practice, poller: Poller, column: str, over: str
) -> None:
    """Each is asked for by its key; what fails is counted."""
    payer = practice.customer()
    with without_triggers(db):
        practice.invoice(payer, **_ODD)
        good = practice.invoice(payer)
    stumble(db, database_url, over, column)

    sweep(poller, database_url)

    assert events(db) == {good: "sweep"}
    assert one(db, "select sum(documents) as documents from outbox.unlanded")["documents"] == 1


def test_a_sweep_that_never_ends_is_given_up(
    db: psycopg.Connection, database_url: str, practice: Practice, poller: Poller
) -> None:
    """Hand-outs wait for it; it comes again much later."""
    with without_triggers(db):
        practice.invoice(practice.customer(), **_ODD)
    stumble(db, database_url, "perform pg_sleep(3600)")

    with patch.object(upkeep, "_LONGEST_SWEEP", "300ms"):
        sweep(poller, database_url)

    assert poller._upkeep._swept > time.monotonic() + 1


def test_a_sweep_that_fails_is_no_lost_database(
    db: psycopg.Connection, database_url: str, practice: Practice, poller: Poller
) -> None:
    """The rest of the round is done, and the connection stays."""
    db.execute("drop view contract.document cascade")

    sweep(poller, database_url)

    with connect(database_url) as ours:
        poller._upkeep._swept = float("-inf")
        poller.tidy(ours)
        assert poller.run_once(ours) in (0, None)
