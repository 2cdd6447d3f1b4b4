"""A host folder is applied whole or not at all, and again by every later `migrate`."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hosting
import psycopg
import pytest
import services
from chosen import a_few_of
from practice import Practice
from psycopg import sql as composed
from rows import one
from terminal import Terminal

from outbox import migrate as schema
from outbox.errors import MigrationError
from tests.hosts import first_release
from worker.host import folder
from worker.host.apply import migrate
from worker.host.errors import HostError
from worker.lab.embedded import EmbeddedPostgres

_ORGANISATION = "0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11"
_STATE = (
    "select (select array_agg(pg_get_viewdef(c.oid) || c.relacl::text order by c.relname) from pg_class c "
    "where relnamespace = 'contract'::regnamespace and relkind = 'v') as views, "
    "(select array_agg(pg_get_triggerdef(oid)) from pg_trigger where tgname = 'lexrelay_document_completed') as triggers, "
    "(select array_agg(name || sha256 order by name) from outbox.host_file) as files, "
    "(select array_agg(name order by name) from outbox.migration) as migrations"
)


def trigger(db: psycopg.Connection) -> str | None:
    """The trigger as PostgreSQL writes it."""
    row = db.execute(
        "select pg_get_triggerdef(oid) from pg_trigger where tgname = 'lexrelay_document_completed'"
    ).fetchone()
    return row[0] if row else None


def test_the_second_time_is_quiet(db: psycopg.Connection, database_url: str) -> None:
    """Nothing has changed, and nothing is said."""
    assert migrate(database_url) == []
    assert "up to date" in Terminal(database_url).run("migrate")


@pytest.mark.parametrize(
    "damage",
    a_few_of(
        [
            "drop view contract.payer cascade",
            "grant select on contract.private to lexrelay_worker",
            "revoke select on contract.payer from lexrelay_worker",
            "comment on column contract.payer.zip is null",
            "drop trigger lexrelay_document_completed on practice.invoices",
            "drop view contract.private",
            "create or replace function contract.leaks(document_id bigint) returns text[] language sql as 'select null::text[]'",
        ],
        every=4,
    ),
)
def test_what_was_changed_by_hand_is_put_right(db: psycopg.Connection, database_url: str, damage: str) -> None:
    """And said; afterwards it is as it was."""
    before = one(db, _STATE)
    db.execute(damage)

    changed = migrate(database_url)

    assert len(changed) == 1
    assert one(db, _STATE) == before
    assert migrate(database_url) == []


def test_a_changed_select_replaces_the_view(db: psycopg.Connection, database_url: str) -> None:
    """Column types too, and the changed file is stored."""
    db.execute("alter table practice.customers add column phone_number int")

    changed = hosting.put(database_url, hosting.edited("payer.sql", "c.phone", "c.phone_number as phone"))

    assert changed == ["payer.sql", "contract.payer"]
    assert one(db, "select applied_by from outbox.host_file where name = 'payer.sql'")["applied_by"] == "test"
    assert "phone_number" in one(db, "select pg_get_viewdef('contract.payer'::regclass) as text")["text"]


def test_a_type_of_the_hosts_table_may_change(db: psycopg.Connection, database_url: str) -> None:
    """The host drops our views to do so; `migrate` brings them back."""
    db.execute("drop view contract.document cascade")
    db.execute("alter table practice.invoices alter column number type varchar(40)")

    assert "contract.document" in migrate(database_url)
    assert one(db, "select has_table_privilege('lexrelay_worker', 'contract.document', 'select') as may")["may"]


def test_another_trigger_takes_its_place(db: psycopg.Connection, database_url: str) -> None:
    """Other columns, another table, or none at all."""
    other = hosting.edited("host.toml", '["status"]', '["status", "total"]')
    assert hosting.put(database_url, other) == ["host.toml", "trigger on practice.invoices"]
    assert "UPDATE OF status, total ON" in str(trigger(db))

    lines = hosting.reference(
        host_toml='name = "x"\ncontract = 2\n[[trigger]]\ntable = "practice.invoice_items"\ndocument = "invoice_id"\n'
    )
    hosting.put(database_url, lines)
    assert "INSERT OR UPDATE ON practice.invoice_items" in str(trigger(db))

    assert "trigger on practice.invoice_items" in hosting.put(
        database_url, hosting.reference(host_toml='name = "x"\ncontract = 2\n')
    )
    assert trigger(db) is None
    assert migrate(database_url) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        pytest.param("document.sql", "i.number", "i.numbr", "document.sql, line 2: PostgreSQL cannot", id="no such column"),
        pytest.param("document.sql", "i.total,", "", "the column total is missing", id="missing column"),
        pytest.param("document.sql", "i.due_date", "i.due_date as due_dat", "due_dat does not belong", id="misspelt"),
        pytest.param("document.sql", "i.due_date", "i.number", "the column number is there twice", id="twice"),
        pytest.param(
            "document.sql", "i.completed_at", "i.completed_at at time zone 'UTC' as completed_at", "Name the time zone",
            id="no zone",
        ),
        pytest.param("document.sql", "i.id as", "i.number as", "contract.id(", id="text key"),
        pytest.param("document_line.sql", "l.quantity", "l.unit as quantity, l.unit as x", "quantity is of type text", id="type"),
        pytest.param("payer.sql", "from practice", "form practice", "payer.sql, line", id="does not parse"),
        pytest.param("payer.sql", "from practice.customers c", ") h; drop table practice.customers; --", "payer.sql", id="two"),
        pytest.param("private.sql", "c.birth_date", "c.birth_date::text", "birth_date is of type text", id="private"),
        pytest.param("host.toml", "practice.invoices", "practice.nowhere", "no table practice.nowhere", id="no table"),
        pytest.param("host.toml", "practice.invoices", "practice . . x", "no table practice . . x", id="no name"),
        pytest.param("host.toml", "practice.invoices", "contract.document", "no table contract.document", id="a view"),
        pytest.param("host.toml", '["status"]', '["state"]', "has no column state", id="no trigger column"),
        pytest.param("host.toml", 'document = "id"', 'document = "key"', "has no column key", id="no key column"),
    ],
)  # fmt: skip
def test_a_folder_that_does_not_fit_changes_nothing(
    db: psycopg.Connection, database_url: str, file: str, old: str, new: str, said: str
) -> None:
    """One sentence that names the file; views, grants, triggers and the stored folder are as they were."""
    before = one(db, _STATE)

    with pytest.raises(HostError) as refused:
        hosting.put(database_url, hosting.edited(file, old, new))

    assert said in str(refused.value)
    assert one(db, _STATE) == before


def test_a_preparation_that_fails_changes_nothing(db: psycopg.Connection, database_url: str) -> None:
    """What it had done before is undone."""
    with pytest.raises(HostError, match=r"prepare\.sql: PostgreSQL cannot execute it: division by zero"):
        hosting.put(database_url, hosting.reference(prepare_sql="create table practice.half (); select 1 / 0"))

    assert one(db, "select to_regclass('practice.half') is null as gone")["gone"]


def test_whole_numbers_keep_their_type_and_what_is_left_out_is_null(db: psycopg.Connection, database_url: str) -> None:
    """A cast of the key could hide the host's index."""
    hosting.put(database_url, hosting.edited("document.sql", "i.id as document_id", "i.id::int as document_id"))

    types = dict(
        db.execute(
            "select attname, format_type(atttypid, atttypmod) from pg_attribute "
            "where attrelid = 'contract.document'::regclass and attnum > 0"
        ).fetchall()
    )

    assert (types["document_id"], types["currency"], types["total"]) == ("integer", "text", "numeric")


def test_a_later_release_applies_the_stored_host(db: psycopg.Connection, database_url: str) -> None:
    """Not the reference practice: the adaptation stays, whatever the wheel holds."""
    hosting.put(database_url, hosting.edited("practice.sql", "p.name", "upper(p.name) as name"))

    assert migrate(database_url) == []
    assert "upper" in one(db, "select pg_get_viewdef('contract.practice'::regclass) as text")["text"]
    assert "practice.sql" in migrate(database_url, reference_practice=True)


def test_without_a_host_both_ways_are_shown(_postgres: str) -> None:
    """And nothing is made."""
    with services.database(_postgres) as url, psycopg.connect(url, autocommit=True) as db:
        said = Terminal(url).run("migrate", code=1)

        assert "--reference-practice" in said
        assert "--host" in said
        assert one(db, "select to_regnamespace('outbox') is null as gone")["gone"]


def test_two_at_once_take_turns(db: psycopg.Connection, database_url: str) -> None:
    """Each of them whole; the later one stays."""
    hosts = [hosting.edited("practice.sql", "p.name", f"'{name}' as name") for name in ("one", "two", "three", "four")]

    with ThreadPoolExecutor(4) as threads:
        changed = list(threads.map(lambda host: hosting.put(database_url, host), hosts))

    assert all(names == ["practice.sql", "contract.practice"] for names in changed)
    stored = one(db, "select text from outbox.host_file where name = 'practice.sql'")["text"]
    view = one(db, "select pg_get_viewdef('contract.practice'::regclass) as text")["text"]
    assert any(f"'{name}'" in stored and f"'{name}'" in view for name in ("one", "two", "three", "four"))


def test_what_is_locked_the_whole_time_is_left_as_it_was(
    db: psycopg.Connection, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The host's report reads a view for hours."""
    monkeypatch.setattr(schema, "_TRIES", 2)
    monkeypatch.setattr(schema, "_GIVE_WAY_SECONDS", 0.05)
    before = one(db, _STATE)

    with psycopg.connect(database_url) as reader:
        reader.execute("select from contract.document")
        with pytest.raises(MigrationError, match="long transaction"):
            hosting.put(database_url, hosting.edited("practice.sql", "p.name", "upper(p.name) as name"))

    assert one(db, _STATE) == before


def test_what_hangs_on_a_view_is_named(db: psycopg.Connection, database_url: str) -> None:
    """It is somebody else's, so it is not dropped."""
    db.execute("create view practice.report as select * from contract.payer")

    with pytest.raises(HostError, match=r"practice\.report"):
        migrate(database_url)


def test_the_command_applies_shows_and_writes(db: psycopg.Connection, database_url: str, tmp_path: Path) -> None:
    """From nothing to the applied folder, and back."""
    terminal = Terminal(database_url)
    terminal.run("host", "new", tmp_path / "mine")
    (tmp_path / "mine" / "practice.sql").write_text("select id as practice_id, name, plan from practice.practices")

    assert "applied contract.practice" in terminal.run("migrate", "--host", tmp_path / "mine", "--by", "Ada")
    shown = terminal.json("host", "show", "--write", tmp_path / "copy")

    assert (shown["host"], shown["applied_by"], shown["triggers"]) == ("reference", "Ada", ["practice.invoices"])
    assert folder.read(tmp_path / "copy") == folder.read(tmp_path / "mine")
    assert "not empty" in terminal.run("host", "new", tmp_path / "mine", code=1)


def test_a_database_of_the_first_release_keeps_its_host(_postgres: str) -> None:
    """Its views are those of the reference practice: they become its folder, and what it knew it still knows."""
    with services.database(_postgres) as url, psycopg.connect(url, autocommit=True) as db:
        first_release.migrate(db)
        practice = Practice(db)
        practice.switch_on(_ORGANISATION, "key")
        old = practice.invoice(practice.customer())
        db.execute("alter table practice.invoices disable trigger user")
        silent = practice.invoice(practice.customer(), completed_at=None)
        db.execute("update practice.invoices set completed_at = null where id = %s", (silent,))
        db.execute("alter table practice.invoices enable trigger user")

        changed = migrate(url)
        new = practice.invoice(practice.customer())

        assert {"0014_host.sql", "host.toml", "contract.private"} <= set(changed)
        assert one(db, "select array_agg(document_id order by 1) as ids from outbox.event")["ids"] == [old, new]
        assert one(db, "select array_agg(document_id) as ids from outbox.completed_before")["ids"] == [silent]
        assert one(db, "select to_regprocedure('contract.document_completed()') is null as gone")["gone"]
        assert migrate(url) == []


def test_views_of_the_first_release_that_were_adapted_have_to_become_a_folder(_postgres: str, tmp_path: Path) -> None:
    """Nothing is overwritten and nothing half done; with the folder it goes on."""
    with services.database(_postgres) as url, psycopg.connect(url, autocommit=True) as db:
        first_release.migrate(db)
        db.execute(
            "create or replace view contract.practice as select id as practice_id, upper(name) as name, plan "
            "from practice.practices"
        )

        said = Terminal(url).run("migrate", code=1)

        assert "contract.practice" in said
        assert "host new" in said
        assert one(db, "select max(name) as name from outbox.migration")["name"].startswith("0012")
        assert "upper" in one(db, "select pg_get_viewdef('contract.practice'::regclass) as text")["text"]
        with pytest.raises(HostError, match="line 2"):
            hosting.put(url, hosting.edited("document.sql", "i.number", "i.numbr"))
        assert one(db, "select max(name) as name from outbox.migration")["name"].startswith("0012")
        assert "0014_host.sql" in hosting.put(url, hosting.reference())


@pytest.mark.proof
def test_an_owner_who_may_create_no_role_is_told_which() -> None:
    """Word for word, before anything is changed; with the roles there it works without a superuser."""
    with (
        EmbeddedPostgres(settings={"fsync": "off"}) as server,
        services.database(server.url()) as url,
        psycopg.connect(url, autocommit=True) as admin,
    ):
        admin.execute("create role modest login password 'x'")
        admin.execute(composed.SQL("alter database {} owner to modest").format(composed.Identifier(admin.info.dbname)))
        theirs = url.replace(url.split("//")[1].split("@")[0], "modest:x")

        said = Terminal(theirs).run("migrate", "--reference-practice", code=1)

        wanted = said[said.index("create role") : said.index(" Nothing was changed")]
        assert wanted.split("; ")[0] == "create role lexrelay_worker nologin"
        assert one(admin, "select to_regnamespace('outbox') is null as gone")["gone"]
        admin.execute(wanted)
        assert "0014_host.sql" in migrate(theirs, reference_practice=True)
        assert migrate(theirs) == []
        with psycopg.connect(theirs, autocommit=True) as db:
            practice = Practice(db)
            practice.switch_on(_ORGANISATION, "key")
            practice.invoice(practice.customer(birth_date="1961-07-23", street="Weg 23.7.1961"))
            assert one(db, "select contract.leaks(document_id) as found from outbox.event")["found"] == ["payer.street"]
