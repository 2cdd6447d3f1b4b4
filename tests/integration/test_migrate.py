"""Migrations beside a running installation: nobody waits for one longer than a moment, whatever it waits for itself."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import later
import psycopg
import pytest
import services
from polling import until
from practice import Practice
from rows import one, waiting_sessions

from outbox import migrate, sql
from outbox.errors import MigrationError
from worker.host import apply

_ORGANISATION = "0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11"
_A_WRITER = "lock table outbox.event in row exclusive mode"
_MIGRATIONS = "from pg_stat_activity where datname = current_database() and application_name = 'lexrelay'"


@pytest.fixture(name="later_release", autouse=True)
def _later_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`migrate` is that of the later release; the database is of this one."""
    monkeypatch.setattr(sql, "ROOT", later.copy_sql(tmp_path))
    monkeypatch.setattr(migrate, "SCHEMA", later.LATER)
    monkeypatch.setattr(migrate, "_GIVE_WAY_SECONDS", 0.2)


@contextmanager
def migrating(url: str, *, behind: str, machines: int = 1) -> Iterator[list[Future[list[str]]]]:
    """`lexrelay migrate`, kept waiting until the end of the block by a transaction that has done something."""
    with ThreadPoolExecutor(machines) as threads, psycopg.connect(url) as somebody:
        somebody.execute(behind)
        first = threads.submit(apply.migrate, url)
        until(lambda: waiting_sessions(url))
        yield [first, *(threads.submit(apply.migrate, url) for _ in range(machines - 1))]
        somebody.commit()


def all_but_the_index(db: psycopg.Connection, url: str) -> None:
    """The later release is there, its index is not."""
    apply.migrate(url)
    db.execute("drop index outbox.event_later")
    db.execute("delete from outbox.migration where name = %s", (later.INDEX,))


def index_is_valid(db: psycopg.Connection) -> bool:
    """Whether it can be used: one whose making was interrupted cannot."""
    return bool(
        one(db, "select indisvalid from pg_index where indexrelid = 'outbox.event_later'::regclass")["indisvalid"]
    )


@pytest.mark.parametrize("read", ["outbox.event", "contract.document"])
def test_the_host_does_not_wait_behind_it(db: psycopg.Connection, database_url: str, read: str) -> None:
    """A report keeps a table or a view of ours for long: meanwhile every completed document gets its event."""
    practice = Practice(db)
    practice.switch_on(_ORGANISATION, "key")
    payer = practice.customer()

    with migrating(database_url, behind=f"select from {read}") as [migration]:
        for _ in range(3):
            until(lambda: waiting_sessions(database_url))
            practice.invoice(payer)

    assert migration.result() == [later.COLUMN, later.INDEX]
    assert one(db, "select count(*) from outbox.event")["count"] == 3


def test_it_gives_up_and_leaves_nothing(
    db: psycopg.Connection, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What keeps a table for minutes is not waited for; the next time everything is applied."""
    monkeypatch.setattr(migrate, "_TRIES", 2)

    with psycopg.connect(database_url) as reader:
        reader.execute("select from outbox.event")
        with pytest.raises(MigrationError, match="long transaction"):
            apply.migrate(database_url)

    assert apply.migrate(database_url) == [later.COLUMN, later.INDEX]
    assert apply.migrate(database_url) == []


def test_an_index_is_made_while_others_write(db: psycopg.Connection, database_url: str) -> None:
    """A transaction that has written is waited for; who comes later writes at once."""
    all_but_the_index(db, database_url)
    practice = Practice(db)
    practice.switch_on(_ORGANISATION, "key")
    payer = practice.customer()

    with migrating(database_url, behind=_A_WRITER) as [migration]:
        practice.invoice(payer)
        written = one(db, "select count(*) from outbox.event")["count"]

    assert (written, migration.result(), index_is_valid(db)) == (1, [later.INDEX], True)


def test_two_machines_make_one_index(db: psycopg.Connection, database_url: str) -> None:
    """The second waits for its turn in a way that the first need not wait for."""
    all_but_the_index(db, database_url)

    with migrating(database_url, behind=_A_WRITER, machines=2) as [first, second]:
        until(lambda: one(db, f"select count(*) {_MIGRATIONS}")["count"] == 2)

    assert (first.result(), second.result()) == ([later.INDEX], [])


def test_an_interrupted_index_is_made_anew(db: psycopg.Connection, database_url: str) -> None:
    """PostgreSQL leaves one behind that it keeps up to date and never uses."""
    all_but_the_index(db, database_url)

    with migrating(database_url, behind=_A_WRITER) as [migration]:
        db.execute(f"select pg_cancel_backend(pid) {_MIGRATIONS}")
        with pytest.raises(psycopg.errors.QueryCanceled):
            migration.result()
    was_left_behind = not index_is_valid(db)

    assert was_left_behind
    assert apply.migrate(database_url) == [later.INDEX]
    assert index_is_valid(db)


def test_several_machines_create_one_schema(_postgres: str) -> None:
    """On an empty database, at the same moment: each migration is applied by one of them."""
    with services.database(_postgres) as url, ThreadPoolExecutor(3) as threads:
        applied = list(threads.map(lambda _: apply.migrate(url, reference_practice=True), range(3)))

    assert sorted(map(bool, applied)) == [False, False, True]


def test_a_schema_of_a_later_release_is_left_as_it_is(
    db: psycopg.Connection, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that is not updated yet does not bring the old views back."""
    apply.migrate(database_url)
    monkeypatch.undo()
    db.execute("comment on view contract.document is 'As the later release says.'")

    assert apply.migrate(database_url) == []
    assert (
        one(db, "select obj_description('contract.document'::regclass) as said")["said"] == "As the later release says."
    )


def test_an_applied_file_that_has_changed_is_named(db: psycopg.Connection, database_url: str) -> None:
    """Nobody could know any more what is in the database."""
    db.execute("update outbox.migration set sha256 = 'x' where name like '0002%'")

    with pytest.raises(MigrationError, match=r"0002_lexware\.sql was applied and has changed"):
        apply.migrate(database_url)
