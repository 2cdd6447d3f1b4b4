"""`lexrelay host check`: what it says of a host, that it changes nothing and holds nobody up, and what a failure forbids."""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
import services
from click.testing import CliRunner
from hosts.books import write_books
from hosts.small import UUID_KEYS
from practice import Practice
from rich.console import Console
from rows import one
from terminal import Terminal

from outbox import sql
from outbox.db import connect
from worker.cli import main
from worker.host import folder as folders
from worker.rehearsal.rehearse import of_folder
from worker.rehearsal.scope import Scope

_ORGANISATION = "0b5f5f0e-9a3f-4a56-9e0d-0f6a1d1c2b3a"


@pytest.fixture(name="practice")
def _practice(db: psycopg.Connection) -> Practice:
    """A practice that is switched on, with a year of documents."""
    practice = Practice(db)
    practice.switch_on(_ORGANISATION, "key", tax_type="net")
    write_books(practice)
    return practice


@pytest.fixture(name="terminal")
def _terminal(database_url: str) -> Terminal:
    return Terminal(database_url)


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """The reference host, to be changed."""
    folders.write(folders.read(folders.built_in("reference")).files, tmp_path / "host")
    return tmp_path / "host"


def spoil(folder: Path, file: str, before: str, after: str) -> None:
    """Change a text of the folder."""
    text = (folder / file).read_text()
    assert before in text
    (folder / file).write_text(text.replace(before, after))


def codes(answer: dict[str, Any]) -> dict[str, str]:
    """What was found, and how bad it is."""
    return {finding["code"]: finding["level"] for finding in answer["findings"]}


def everything(db: psycopg.Connection) -> tuple[Any, ...]:
    """What a rehearsal might have left behind."""
    return (
        one(db, "select count(*) as relations, sum(relnatts) as columns from pg_class where relpersistence <> 't'"),
        one(db, "select array_agg(nspname order by nspname) as schemas from pg_namespace where nspname !~ '^pg_'"),
        one(db, "select count(*) as events, max(event_id) as last from outbox.event"),
        one(db, "select count(*) as actions from outbox.operator_action"),
    )


def test_the_answer_has_the_promised_shape(terminal: Terminal, practice: Practice) -> None:
    """The applied host, as JSON: findings, translation in both modes, speed."""
    answer = terminal.json("host", "check")

    assert (answer["host"], answer["ok"], answer["findings"]) == ("reference", True, [])
    everyone = {"would_go": 60, "reasons": {}}
    assert answer["rehearsal"] == {
        "documents": 60, "from": "2026-11-02", "to": "2026-11-02", "neutral": everyone, "itemised": everyone
    }  # fmt: skip
    assert sorted(answer["speed"]) == ["document_ms", "sweep_ms", "trigger_ms"]
    assert answer["months"] == [
        {
            "month": "2026-11", "documents": 48, "cancellations": 12, "net": "4708.62", "vat": "581.67",
            "gross": "5290.29",
        }
    ]  # fmt: skip


def test_nothing_is_changed_and_nobody_named(
    terminal: Terminal, db: psycopg.Connection, practice: Practice, folder: Path
) -> None:
    """A folder that is not applied leaves no trace, and no name is said, in neither language and form."""
    spoil(folder, "document.sql", "i.total,", "-i.total as total,")
    before = everything(db)

    said = [
        terminal.run("host", "check", folder, "--lang", "de", code=1),
        terminal.run("host", "check", folder, code=1),
        json.dumps(terminal.json("host", "check", folder, code=1)),
    ]

    assert everything(db) == before
    names = ("Ada", "Beispiel", "Lindenweg", "Köln", "1984", "Q123456783", "Krankengymnastik", "RE-2026")
    assert [(name, text) for text in said for name in names if name in text] == []
    assert "falsche Vorzeichen" in said[0]
    assert "the wrong sign" in said[1]


def test_a_single_bad_document_is_a_warning(terminal: Terminal, db: psycopg.Connection, practice: Practice) -> None:
    """It is told by its id, and the description is still good."""
    bad = practice.invoice(practice.customer(birth_date="1990-01-02"), [])

    answer = terminal.json("host", "check")

    assert answer["ok"]
    found = {finding["code"]: finding for finding in answer["findings"]}
    assert (found["no_lines"]["level"], found["no_lines"]["count"], found["no_lines"]["examples"]) == (
        "warning",
        1,
        [bad],
    )
    assert answer["rehearsal"]["neutral"]["reasons"]["no_items"] == {"count": 1, "examples": [bad]}


@pytest.mark.proof
def test_at_most_three_documents_are_named(terminal: Terminal, practice: Practice, folder: Path) -> None:
    """Examples are enough."""
    spoil(folder, "document.sql", "i.number,", "null::text as number,")

    answer = terminal.json("host", "check", folder, code=1)

    assert {len(finding["examples"]) for finding in answer["findings"]} <= {0, 3}
    assert [len(reason["examples"]) for reason in answer["rehearsal"]["neutral"]["reasons"].values()] == [3]


def test_one_document_whose_select_fails_disturbs_no_other(
    terminal: Terminal, practice: Practice, db: psycopg.Connection, folder: Path
) -> None:
    """It is found among the others, which are rehearsed as if it were not there."""
    bad = practice.invoice(practice.customer(birth_date="1990-01-02"))
    spoil(folder, "document.sql", "i.total,", f"i.total / (i.id - {bad}) * (i.id - {bad}) as total,")

    answer = terminal.json("host", "check", folder)

    found = {finding["code"]: finding for finding in answer["findings"]}["select_fails"]
    assert (found["level"], found["view"], found["examples"]) == ("warning", "document", [bad])
    assert answer["rehearsal"]["documents"] == 60


def test_what_would_not_go_is_told_with_its_column(terminal: Terminal, practice: Practice) -> None:
    """The engineer mends a select, so he is told which column of which view it is."""
    practice.invoice(practice.customer(birth_date="1990-01-02", country_code="Deutschland"))

    assert "  missing_field (payer.country_code): 1, for example " in terminal.run("host", "check")
    assert terminal.json("host", "check")["fields"]["neutral"] == {"missing_field": {"payer.country_code": 1}}


def test_a_statement_of_ours_that_fails_is_no_fault_of_the_host(
    terminal: Terminal, db: psycopg.Connection, practice: Practice
) -> None:
    """It ends the rehearsal; the documents are not called unreadable."""
    db.execute("drop function outbox.covering cascade")

    told = terminal.run("host", "check", code=1)

    assert "host_data" not in told


def test_documents_are_named_by_the_keys_of_the_host(_postgres: str) -> None:
    """Where they are no numbers: nobody finds the number in the practice software."""
    with services.database(_postgres) as url:
        with psycopg.connect(url, autocommit=True) as db:
            UUID_KEYS.install(db)
            key = UUID_KEYS.do(db, "invoice", payer=UUID_KEYS.do(db, "payer", name="Beispiel"), number="RE-1")
        terminal = Terminal(url)

        answer = terminal.json("host", "check", UUID_KEYS.folder)

        (document,) = answer["host_keys"]
        assert (answer["host_keys"], answer["rehearsal"]["neutral"]["reasons"]) == (
            {document: str(key)}, {"missing_field": {"count": 1, "examples": [int(document)]}},
        )  # fmt: skip
        assert f", for example {key} ({document})" in terminal.run("host", "check", UUID_KEYS.folder)


def test_a_table_may_be_named_as_sql_writes_it(
    terminal: Terminal, db: psycopg.Connection, practice: Practice, folder: Path
) -> None:
    """Within quotes as well: a column that names no document is found all the same."""
    spoil(folder, "host.toml", 'table = "practice.invoices"', 'table = \'"practice"."invoices"\'')
    assert codes(terminal.json("host", "check", folder)) == {}

    db.execute("alter table practice.invoices add column desk bigint default 0")
    spoil(folder, "host.toml", 'document = "id"', 'document = "desk"')

    assert codes(terminal.json("host", "check", folder, code=1)) == {"trigger_column": "failure"}


@pytest.mark.proof
def test_only_as_many_and_as_new_as_asked_for(terminal: Terminal, db: psycopg.Connection, practice: Practice) -> None:
    """`--documents` and `--since` keep the rehearsal short."""
    db.execute("update practice.invoices set completed_at = completed_at - interval '30 days' where number like 'RE-%'")

    assert terminal.json("host", "check", "--documents", 7)["rehearsal"]["documents"] == 7
    since = one(db, "select (now() - interval '2 days')::date::text as day")["day"]
    assert terminal.json("host", "check", "--since", since)["rehearsal"]["documents"] == 12


def test_a_database_without_our_schema_is_good_enough(_postgres: str, folder: Path) -> None:
    """The first thing to do with one's own database; afterwards it is as it was."""
    with services.database(_postgres) as url:
        with psycopg.connect(url, autocommit=True) as db:
            db.execute(sql.text("practice/practice.sql"))
            practice = Practice(db)
            write_books(practice, rounds=3, drafts=1)

        answer = Terminal(url).json("host", "check", folder)

        assert (codes(answer), answer["rehearsal"]["documents"]) == ({}, 15)
        assert answer["rehearsal"]["neutral"] == {"would_go": 15, "reasons": {}}
        assert None not in answer["speed"].values()
        with psycopg.connect(url) as db:
            schemas = one(db, "select array_agg(nspname) as all from pg_namespace where nspname !~ '^pg_'")["all"]
        assert sorted(schemas) == ["information_schema", "practice", "public"]


def test_the_host_does_not_wait(db: psycopg.Connection, database_url: str, practice: Practice, folder: Path) -> None:
    """While a folder is rehearsed, the practice completes invoices as ever, and the trigger finds them."""
    took: list[float] = []

    def meanwhile(items: Sequence[Any], _doing: object) -> Sequence[Any]:
        began = time.monotonic()
        written = practice.invoice(practice.customer())
        took.append(time.monotonic() - began)
        event = one(db, "select origin from outbox.event where document_id = %s", written)
        assert event == {"origin": "trigger"}
        return items

    with connect(database_url, as_worker=False) as connection:
        of_folder(connection, folders.read(folder), Scope(), meanwhile)

    assert len(took) == 2
    assert max(took) < 10  # whoever waited for the rehearsal would wait for ever


def test_a_trigger_that_is_gone_is_a_failure(terminal: Terminal, db: psycopg.Connection, practice: Practice) -> None:
    """Of the applied host it can be seen whether its triggers are there."""
    db.execute("alter table practice.invoices disable trigger lexrelay_document_completed")

    assert codes(terminal.json("host", "check", code=1)) == {"trigger_missing": "failure"}


@pytest.mark.proof
def test_events_that_only_the_safety_net_found_are_told(
    terminal: Terminal, db: psycopg.Connection, practice: Practice
) -> None:
    """The trigger is there and misses what it should tell."""
    db.execute("update outbox.event set origin = 'sweep' where document_id % 5 = 0")

    assert codes(terminal.json("host", "check", code=1)) == {"trigger_missed": "failure"}


@pytest.mark.proof
def test_a_practice_may_never_have_cancelled(terminal: Terminal, db: psycopg.Connection) -> None:
    """Among very many documents that is worth a look, and no more."""
    practice = Practice(db)
    write_books(practice, rounds=1, drafts=1)
    db.execute("update practice.invoices set status = 'completed' where kind = 'invoice' and status = 'cancelled'")
    db.execute(
        "delete from practice.invoice_items i using practice.invoices d where d.id = i.invoice_id and d.kind = 'cancellation'"
    )
    db.execute("delete from practice.invoices where kind = 'cancellation'")
    _many(db, practice, 600)

    assert codes(terminal.json("host", "check")) == {"no_cancellations": "warning"}


@pytest.mark.proof
def test_a_lookup_without_an_index_is_found_in_the_plan(
    terminal: Terminal, db: psycopg.Connection, practice: Practice
) -> None:
    """A table that grows with the documents must not be scanned for one of them, however fast that still is."""
    _many(db, practice, 2500)
    db.execute("drop index practice.invoice_items_by_invoice")

    answer = terminal.json("host", "check", code=1)

    found = [finding["message"] for finding in answer["findings"] if finding["code"] == "slow_lookup"]
    assert any("practice.invoice_items" in message for message in found)


def _many(db: psycopg.Connection, practice: Practice, documents: int) -> None:
    """Plain invoices, without the trigger."""
    payer = practice.customer(birth_date="1990-01-02")
    with db.transaction():
        db.execute("set local session_replication_role = 'replica'")
        db.execute(
            "insert into practice.invoices (practice_id, customer_id, number, status, invoice_date, total, completed_at, "
            "exemption_note) select %s, %s, 'X-' || n, 'completed', '2026-10-01', 100, now() - make_interval(hours => n), "
            "'Umsatzsteuerfrei nach § 4 Nr. 14 UStG' from generate_series(1, %s) n",
            (practice.practice_id, payer, documents),
        )
        db.execute(
            "insert into practice.invoice_items (invoice_id, position, description, unit_price) "
            "select id, 1, 'Behandlung', 100 from practice.invoices where number like 'X-%'"
        )


def test_migrate_refuses_a_wrong_description(
    terminal: Terminal, db: psycopg.Connection, practice: Practice, folder: Path
) -> None:
    """The old views stand as they were; a human may insist, and that is kept."""
    spoil(folder, "document.sql", "i.total,", "-i.total as total,")
    view = "select pg_get_viewdef('contract.document'::regclass) as text"
    before = one(db, view)

    assert "sign_of_cancellation" in terminal.run("migrate", "--host", folder, code=1)
    assert one(db, view) == before
    terminal.run("migrate", "--host", folder, "--force", "--why", "checked by hand")

    assert one(db, view) != before
    kept = one(db, "select action, why from outbox.operator_action order by action_id desc limit 1")
    assert kept == {"action": "host.force", "why": "checked by hand"}


def test_enable_refuses_by_a_wrong_description(terminal: Terminal, db: psycopg.Connection, practice: Practice) -> None:
    """No practice is switched on whose documents would go over wrong; a human may insist, and that is kept."""
    other = Practice(db)
    write_books(other, rounds=3)
    db.execute("update practice.invoices set total = -total where practice_id = %s", (other.practice_id,))
    enable = ("practice", "enable", "--practice", other.practice_id, "--avv-date", "2026-01-15")

    assert "sign_of_cancellation" in terminal.run(*enable, code=1)
    terminal.run(*enable, "--force", code=2)
    assert one(db, "select count(*) from outbox.lane_period where practice_id = %s", other.practice_id)["count"] == 0
    terminal.run(*enable, "--force", "--why", "checked by hand")

    kept = one(db, "select why, detail from outbox.operator_action order by action_id desc limit 1")
    assert (kept["why"], kept["detail"]["force"]) == ("checked by hand", "true")


def test_enable_looks_at_the_practice_alone(terminal: Terminal, db: psycopg.Connection) -> None:
    """What is wrong with the documents of others does not keep a practice from being switched on."""
    other, practice = Practice(db), Practice(db)
    write_books(other, rounds=3)
    db.execute("update practice.invoices set total = -total where practice_id = %s", (other.practice_id,))
    write_books(practice, rounds=3)

    terminal.run("practice", "enable", "--practice", practice.practice_id, "--avv-date", "2026-01-15")


@pytest.mark.proof
@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_line_is_wider_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch, practice: Practice, database_url: str, folder: Path, lang: str
) -> None:
    """What is long hangs under its beginning, on a terminal of 80 columns."""
    monkeypatch.setattr("worker.cli.host_check.console", lambda: Console(width=80))
    spoil(folder, "document.sql", "i.total,", "-i.total as total, '€'::text as currency,")
    spoil(folder, "document_line.sql", "l.vat_rate", "l.vat_rate / 100 as vat_rate")
    (folder / "private.sql").unlink()

    said = (
        CliRunner()
        .invoke(main, ["host", "check", str(folder), "--lang", lang], env={"DATABASE_URL": database_url})
        .stdout
    )

    assert "rate_as_fraction" in said
    assert [line for line in said.splitlines() if len(line) > 80] == []
