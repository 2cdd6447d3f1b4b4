"""The daemon's login: a member of lexrelay_worker and nothing else, enough for all its work and too little for health data.

The whole chain runs under it, poller, delivery and commands; the host's tables refuse it, whatever it asks for.
"""

import secrets
from collections.abc import Iterator
from urllib.parse import urlencode

import psycopg
import pytest
from commands import Commands
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from stage import Stage, stage

FORBIDDEN = [
    "select birth_date from contract.private",
    "select diagnosis from practice.invoices",
    "select birth_date from practice.customers",
    "select insurance_number from practice.customers",
    "select 1 from practice.invoice_items",
    "select name from practice.practices",
    "update practice.invoices set status = 'draft'",
    "insert into practice.practices (name, plan) values ('Praxis', 'solo')",
    "delete from outbox.event",
    "delete from outbox.intent",
    "delete from lexware.document_link",
    "delete from lexware.contact_link",
    "delete from outbox.operator_action",
    "update outbox.operator_action set why = 'else'",
    "create table contract.mine (x int)",
    "create or replace view contract.payer as select * from practice.customers",
]


@pytest.fixture(name="login")
def _login(db: psycopg.Connection, database_url: str) -> Iterator[str]:
    """The URL of this test's database for a login of its own, dropped at the end."""
    name, password = f"lexrelay_test_{secrets.token_hex(4)}", secrets.token_hex(8)
    role = sql.Identifier(name)
    db.execute(sql.SQL("create role {} login noinherit password {}").format(role, sql.Literal(password)))
    db.execute(sql.SQL("grant lexrelay_worker to {}").format(role))
    yield _url_for(database_url, name, password)
    db.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", (name,))
    db.execute(sql.SQL("drop role {}").format(role))


def _url_for(url: str, name: str, password: str) -> str:
    """The same server and database, another login."""
    known = conninfo_to_dict(url) | {"user": name, "password": password}
    server = {key: value for key, value in known.items() if key not in ("user", "password", "dbname")}
    return f"postgresql://{name}:{password}@/{known['dbname']}?{urlencode(server)}"


@pytest.fixture(name="house")
def _house(db: psycopg.Connection, login: str) -> Iterator[Stage]:
    """Poller and workers under that login; the practice software writes with its own."""
    with stage(db, login) as one:
        yield one


def test_it_delivers(house: Stage) -> None:
    """An invoice of a new payer and its cancellation go over."""
    invoice = house.practice.invoice(house.practice.customer(), diagnosis="F32.1")
    house.run()

    cancellation = house.practice.cancel(invoice)
    house.run()

    assert house.outcome(invoice) == house.outcome(cancellation) == ("delivered", None)


def test_it_finds_health_data_it_may_not_read(house: Stage) -> None:
    """The function of the contract looks for it, and says the field only."""
    payer = house.practice.customer(insurance_number="Q987654321", street="Weg 3 (Q987654321)")

    invoice = house.practice.invoice(payer)
    house.run()

    assert house.outcome(invoice) == ("dead", "health_data")
    assert house.event(invoice)["detail"] == {"field": "payer.street", "secret": "private.insurance_number"}


def test_it_serves_the_commands_of_practice_and_operator(house: Stage, login: str) -> None:
    """Booking to replay: all but `migrate` work with the daemon's login."""
    lexrelay, practice = Commands(login, house.sandbox), ("--practice", house.practice.practice_id)
    dead = house.practice.invoice(house.practice.customer(country_code=None))
    house.run()
    event = house.event(dead)["event_id"]

    for words in [
        ("practice", "book", *practice),
        ("practice", "connect", *practice),
        ("practice", "enable", *practice, "--avv-date", "2026-11-01"),
        ("practice", "pause", *practice),
        ("practice", "resume", *practice),
        ("contact", "suggest", *practice),
        ("status",),
        ("show", "RE-2026-0001", *practice),
        ("dead", "show", event, "--reveal"),
        ("replay", event, "--dry-run"),
        ("backfill", *practice, "--from", "2026-11-01", "--to", "2026-11-30"),
        ("discard", event, "--why", "test"),
        ("history",),
    ]:
        lexrelay(*words, stdin=house.tenant.key)


@pytest.mark.parametrize("takes_role", [True, False], ids=["as-worker", "as-itself"])
def test_the_host_refuses_it(db: psycopg.Connection, login: str, takes_role: bool) -> None:
    """Neither the login nor the role reads or changes the host's tables, or takes back what was recorded."""
    with psycopg.connect(login, autocommit=True) as connection:
        if takes_role:
            connection.execute("set role lexrelay_worker")
        for statement in FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_no_view_of_the_contract_shows_health_data(db: psycopg.Connection) -> None:
    """The three columns are in no view, under whatever name."""
    db.execute("insert into practice.practices (name, plan) values ('Praxis', 'solo')")
    db.execute(
        "insert into practice.customers (practice_id, last_name, birth_date, insurance_number) "
        "select id, 'Beispiel', '1961-07-23', 'Q987654321' from practice.practices"
    )
    db.execute(
        "insert into practice.invoices (practice_id, customer_id, diagnosis) "
        "select practice_id, id, 'Qzxdiagnose' from practice.customers"
    )

    views = [
        row[0]
        for row in db.execute(
            "select viewname from pg_views where schemaname = 'contract' and has_table_privilege('lexrelay_worker', format('%I.%I', schemaname, viewname), 'select')"
        ).fetchall()
    ]
    shown = [
        row[0]
        for view in views
        for row in db.execute(sql.SQL("select v::text from contract.{} v").format(sql.Identifier(view))).fetchall()
    ]

    assert len(views) == 4
    assert len(shown) == 3
    assert not any(secret in text for text in shown for secret in ("1961", "Q987654321", "Qzxdiagnose"))
