"""Reading a document of a host that is not ours: what fails dies by name, and what it may add is heeded."""

from unittest.mock import patch

import hosting
import psycopg
import pytest
from chosen import a_few_of
from commands import Commands
from rows import one
from stage import Stage
from terminal import Terminal

from outbox import upkeep
from worker.lexware import snapshot


def put(stage: Stage, file: str, old: str, new: str) -> None:
    """Change one place of the host's folder."""
    stage.db.execute("update outbox.lane_period set since = enabled_at")
    hosting.put(stage._url, hosting.edited(file, old, new))


@pytest.mark.parametrize(
    ("file", "old", "new", "where"),
    a_few_of([
        pytest.param(
            "document.sql", "i.total,", "case when i.number is null then i.total else 1 / (i.total - 85) end as total,",
            {"view": "document", "column": "total", "sqlstate": "22012"}, id="division",
        ),
        pytest.param(
            "document_line.sql", "l.vat_rate", "(l.description)::numeric as vat_rate",
            {"view": "document_line", "column": "vat_rate", "sqlstate": "22P02"}, id="cast",
        ),
        pytest.param(
            "payer.sql", "c.zip", "to_char(c.city::date, 'YYYY') as zip",
            {"view": "payer", "column": "zip", "sqlstate": "22007"}, id="payer",
        ),
        pytest.param(
            "private.sql", "c.birth_date", "c.last_name::date as birth_date", {"view": "private", "sqlstate": "22007"},
            id="private",
        ),
        pytest.param(
            "document_line.sql", "l.quantity", "null::numeric as quantity",
            {"view": "document_line", "column": "quantity", "sqlstate": "22004"}, id="no quantity",
        ),
        pytest.param(
            "document_line.sql", "l.unit_price", "null::numeric as unit_price",
            {"view": "document_line", "column": "unit_price", "sqlstate": "22004"}, id="no price",
        ),
        pytest.param(
            "document_line.sql", "l.vat_rate", "null::numeric as vat_rate",
            {"view": "document_line", "column": "vat_rate", "sqlstate": "22004"}, id="no rate",
        ),
    ], every=4),
)  # fmt: skip
def test_a_row_that_fails_is_dead_by_view_and_column(
    stage: Stage, file: str, old: str, new: str, where: dict[str, str]
) -> None:
    """At once, never by its value; mended, a replay brings it over. Others go on."""
    invoice = stage.practice.invoice(stage.practice.customer())
    put(stage, file, old, new)

    stage.run()

    assert stage.outcome(invoice) == ("dead", "host_data")
    assert stage.event(invoice)["detail"] == where
    event, commands = stage.event(invoice)["event_id"], Commands(stage._url, stage.sandbox)
    assert commands.json("replay", event, "--dry-run")[0]["plan"] == "human"

    hosting.put(stage._url, hosting.reference())
    commands("replay", event)
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)


def stumble(stage: Stage, document: int, over: str) -> None:
    """Have the host's view call a function of the host that does something odd for one document."""
    stage.db.execute(
        "create or replace function practice.spell(document bigint, number text) returns text language plpgsql as "
        f"$$ begin if document = {document} then {over}; end if; return number; end $$"
    )
    put(stage, "document.sql", "i.number", "practice.spell(i.id, i.number) as number")


@pytest.mark.parametrize("sqlstate", ["08001", "25006", "40001", "53200", "55P03", "57014"])
def test_an_error_that_may_pass_is_tried_again_but_not_for_ever(stage: Stage, sqlstate: str) -> None:
    """PostgreSQL is there and says no: a lock, a server behind the view. It is none that was lost."""
    invoice = stage.practice.invoice(stage.practice.customer())
    other = stage.practice.invoice(stage.practice.customer())
    stumble(stage, invoice, f"raise exception using errcode = '{sqlstate}'")

    stage.run()

    assert (stage.outcome(invoice), stage.outcome(other)) == (("dead", "retries_exhausted"), ("delivered", None))
    assert stage.event(invoice)["detail"] == {"view": "document", "sqlstate": sqlstate, "last_reason": "host_data"}


def test_a_failed_assertion_of_the_host_is_the_hosts(stage: Stage) -> None:
    """Which is no error like others to PostgreSQL."""
    invoice = stage.practice.invoice(stage.practice.customer())
    stumble(stage, invoice, "assert false")

    stage.run()

    assert stage.outcome(invoice) == ("dead", "host_data")


def test_a_view_that_never_ends_keeps_no_thread(stage: Stage) -> None:
    """It is given up each time, and in the end for good; others go on meanwhile."""
    invoice = stage.practice.invoice(stage.practice.customer())
    other = stage.practice.invoice(stage.practice.customer())
    stumble(stage, invoice, "perform pg_sleep(3600)")

    with patch.object(snapshot, "LONGEST_READ", "300ms"), patch.object(upkeep, "_LONGEST_SWEEP", "300ms"):
        stage.run()

    assert (stage.outcome(invoice), stage.outcome(other)) == (("dead", "retries_exhausted"), ("delivered", None))


def test_a_document_that_is_there_twice_is_dead(stage: Stage) -> None:
    """After it was landed: nobody can say which is meant."""
    invoice = stage.practice.invoice(stage.practice.customer())
    put(stage, "document.sql", "from practice.invoices i", "from practice.invoices i cross join generate_series(1, 2)")

    stage.run()

    assert stage.event(invoice)["detail"] == {"view": "document", "column": "document_id", "sqlstate": "21000"}


@pytest.mark.parametrize(
    ("currency", "outcome"),
    [
        ("'CHF'", ("dead", "currency")),
        ("'EUR'", ("delivered", None)),
        ("' eur '", ("delivered", None)),
        ("null::text", ("delivered", None)),
    ],
)
def test_only_euros_go_over(stage: Stage, currency: str, outcome: tuple[str, str | None]) -> None:
    """Absent means EUR."""
    invoice = stage.practice.invoice(stage.practice.customer())
    put(stage, "document.sql", "i.total,", f"i.total, {currency} as currency,")

    stage.run()

    assert stage.outcome(invoice) == outcome


def test_an_address_of_the_document_wins(stage: Stage) -> None:
    """Whole, not in parts; the contact keeps the payer's own, and the leak check looks at both."""
    payer = stage.practice.customer(address_supplement="Hinterhaus", insurance_number="Q987654321")
    put(
        stage, "document.sql", "i.total,",
        "i.total, case when i.introduction is null then 'Nebenweg 1' else 'Nebenweg Q987654321' end as street, '10115' as zip, "
        "'Berlin' as city,",
    )  # fmt: skip

    invoice = stage.practice.invoice(payer)
    leaking = stage.practice.invoice(payer, introduction="x")
    stage.run()

    [document] = stage.control.documents(stage.tenant.id)
    assert stage.outcome(invoice) == ("delivered", None)
    address = {name: text for name, text in document["body"]["address"].items() if name not in ("contactId", "name")}
    assert address == {"street": "Nebenweg 1", "zip": "10115", "city": "Berlin", "countryCode": "DE"}
    assert stage.event(leaking)["detail"] == {"field": "document.street", "secret": "private.insurance_number"}


def test_a_name_in_the_number_is_a_leak(stage: Stage) -> None:
    """Of a patient, whom only private.sql knows; a part of a word is none."""
    put(stage, "private.sql", "c.first_name, c.last_name", "'Edeltraud' as first_name, 'Re' as last_name")

    named = stage.practice.invoice(stage.practice.customer(), number="RE-EDELTRAUD-1")
    other = stage.practice.invoice(stage.practice.customer(), number="RE-EDELTRAUDIS-1")
    stage.run()

    assert (stage.outcome(named), stage.event(named)["detail"]) == (
        ("dead", "health_data"),
        {"field": "document.number", "secret": "private.name"},
    )
    assert stage.outcome(other) == ("delivered", None)


def test_a_host_may_know_nothing_private(stage: Stage) -> None:
    """Then there is nothing to look for."""
    hosting.put(stage._url, hosting.without("private.sql"))

    invoice = stage.practice.invoice(stage.practice.customer(birth_date="1961-07-23"))
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)


def test_a_running_worker_notices_another_type(stage: Stage) -> None:
    """Its statements are prepared; the key becomes an int, the total a float."""
    first = stage.practice.invoice(stage.practice.customer())
    stage.run()
    put(stage, "document.sql", "i.id as document_id", "i.id::int as document_id")
    hosting.put(stage._url, hosting.edited("document.sql", "i.total", "i.total::float8 as total"))

    second = stage.practice.invoice(stage.practice.customer())
    stage.run()

    assert stage.outcome(first) == stage.outcome(second) == ("delivered", None)


def test_the_host_gets_its_status_back(stage: Stage, db: psycopg.Connection, database_url: str) -> None:
    """Both views, to a role that reads nothing else, and a notification for each change."""
    db.execute("listen lexrelay_status")

    invoice = stage.practice.invoice(stage.practice.customer())
    stage.run()

    told = [note.payload for note in db.notifies(timeout=0.2)]
    with psycopg.connect(database_url, autocommit=True) as host:
        host.execute("set role lexrelay_host")
        status = one(host, "select * from lexrelay.document_status")
        practice = one(host, "select * from lexrelay.practice_status")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            host.execute("select from outbox.event")
    assert len(told) >= 2
    assert set(told) == {str(invoice)}
    assert list(status) == [
        "practice_id", "document_id", "host_key", "number", "kind", "state", "reason", "lexware_id", "lexware_number",
        "lexware_status", "open_amount", "paid_on", "changed_in_lexware", "url", "checked_at", "changed_at",
    ]  # fmt: skip
    assert (status["document_id"], status["state"], status["lexware_status"]) == (invoice, "delivered", None)
    assert status["url"] == f"https://app.lexware.de/permalink/invoices/view/{status['lexware_id']}"
    assert list(practice) == [
        "practice_id", "host_key", "connection", "pause_reason", "pending", "dead", "last_delivered_at", "key_valid_until",
    ]  # fmt: skip
    assert (practice["connection"], practice["pending"], practice["dead"]) == ("active", 0, 0)


def test_its_addresses_lead_where_the_commands_do(stage: Stage, database_url: str) -> None:
    """To the pages that LEXWARE_APP_URL names, as of the last `migrate`."""
    invoice = stage.practice.invoice(stage.practice.customer(), number="RE-1")
    stage.run()
    terminal = Terminal(database_url, LEXWARE_APP_URL="https://app.example/")

    terminal.run("migrate")

    [row] = stage.db.execute("select url from lexrelay.document_status where document_id = %s", (invoice,)).fetchall()
    assert row[0] == terminal.json("show", "RE-1", "--practice", stage.practice.practice_id)["url"]
    assert row[0].startswith("https://app.example/permalink/")
