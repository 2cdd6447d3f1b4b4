"""Whatever database, role and environment would have a session be: documents arrive, or it is refused by name."""

import subprocess
import sys
import time
from collections.abc import Iterator

import psycopg
import pytest
import services
from chosen import a_few_of
from frost import known_payer
from psycopg.conninfo import conninfo_to_dict
from stage import PACE, stage
from terminal import Terminal

from outbox import session
from outbox.db import connect, pool
from outbox.errors import UnsuitableDatabase
from worker.host.apply import migrate

SETTINGS = [
    "datestyle = 'German, DMY'", "datestyle = 'SQL, MDY'", "datestyle = 'Postgres, DMY'", "intervalstyle = 'sql_standard'",
    "intervalstyle = 'iso_8601'", "client_encoding = 'LATIN1'", "client_encoding = 'SQL_ASCII'", "client_encoding = 'WIN1252'",
    "search_path = 'practice'", "search_path = 'public, pg_catalog'", "search_path = ''", "standard_conforming_strings = off",
    "extra_float_digits = -15", "bytea_output = 'escape'", "xmlbinary = 'hex'", "array_nulls = off", "transform_null_equals = on",
    "timezone = 'Pacific/Kiritimati'", "timezone = '<-11>+11'", "statement_timeout = '1ms'", "lock_timeout = '1ms'",
    "idle_in_transaction_session_timeout = '1ms'", "idle_session_timeout = '300ms'", "default_transaction_isolation = 'serializable'",
    "default_transaction_isolation = 'repeatable read'", "row_security = off", "synchronous_commit = off", "jit = on",
    "session_replication_role = replica", "default_transaction_deferrable = on", "backslash_quote = off", "plan_cache_mode = 'force_custom_plan'",
    "restrict_nonsystem_relation_kind = 'view'", "client_min_messages = 'debug1'", "quote_all_identifiers = on",
    "plpgsql.extra_errors = 'all'", "plpgsql.variable_conflict = 'use_variable'", "exit_on_error = on", "max_stack_depth = '100kB'",
    "track_activities = off", "default_table_access_method = 'nothere'", "default_tablespace = 'nowhere'", "log_statement = 'all'",
    "enable_indexscan = off", "temp_tablespaces = 'nowhere'", "from_collapse_limit = 1", "deadlock_timeout = '1ms'",
]  # fmt: skip
#: Each ends a session or a statement that lasts for a millisecond.
ENDING = [
    "idle_session_timeout = 1", "statement_timeout = 1", "transaction_timeout = 1", "idle_in_transaction_session_timeout = 1",
    "lock_timeout = 1", "tcp_user_timeout = 1", "client_connection_check_interval = 1",
]  # fmt: skip
ENVIRONMENT = {
    "PGDATESTYLE": "German", "PGTZ": "Nowhere/Never", "PGCLIENTENCODING": "nonsense", "PGOPTIONS": "-c search_path=x --nonsense=1",
    "PGSERVICE": "nowhere", "PGHOSTADDR": "192.0.2.1", "PGTARGETSESSIONATTRS": "standby", "PGGEQO": "perhaps",
    "PGCONNECT_TIMEOUT": "never", "PGAPPNAME": "x" * 90, "PGPASSFILE": "/nowhere/at/all", "PGSERVICEFILE": "/nowhere",
}  # fmt: skip


def _deliver(db: psycopg.Connection, url: str) -> None:
    with stage(db, url, PACE) as one:
        invoice = one.practice.invoice(known_payer(one))

        one.run()

        assert one.outcome(invoice) == ("delivered", None)
    assert Terminal(url).json("history") == []
    assert Terminal(url).json("status")["events"]["delivered"] == 1


@pytest.mark.parametrize("setting", a_few_of(SETTINGS))
def test_a_setting_of_the_database_changes_nothing(db: psycopg.Connection, database_url: str, setting: str) -> None:
    """Delivered, the reading commands read, and migrate finds nothing to do."""
    name = conninfo_to_dict(database_url)["dbname"]
    db.execute(f'alter database "{name}" set {setting}')

    _deliver(db, database_url)
    Terminal(database_url).run("migrate")


@pytest.mark.parametrize("setting", SETTINGS[::5])
def test_a_setting_of_the_role_changes_nothing(db: psycopg.Connection, database_url: str, setting: str) -> None:
    """It is stronger than the database's."""
    db.execute("do $$ begin create role settings_owner superuser login password 'x'; "
               "exception when duplicate_object or unique_violation then null; end $$")  # fmt: skip
    db.execute("alter role settings_owner reset all")
    db.execute(f"alter role settings_owner set {setting}")

    _deliver(db, database_url.replace(database_url.partition("://")[2].partition("@")[0], "settings_owner:x"))


@pytest.mark.parametrize("name", a_few_of(ENVIRONMENT))
def test_a_variable_of_the_environment_changes_nothing(
    db: psycopg.Connection, database_url: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that would not even let libpq connect."""
    monkeypatch.setenv(name, ENVIRONMENT[name])

    _deliver(db, database_url)


@pytest.mark.parametrize("setting", ENDING)
def test_a_setting_that_ends_sessions_changes_nothing(
    db: psycopg.Connection, database_url: str, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even one so short that a session ends before it is told anything, on a machine that is busy just then."""
    db.execute(f'alter database "{conninfo_to_dict(database_url)["dbname"]}" set {setting}')
    told = session.pin

    def late(connection: psycopg.Connection) -> None:
        time.sleep(0.02)
        told(connection)

    monkeypatch.setattr(session, "pin", late)

    _deliver(db, database_url)


def test_an_option_of_the_address_changes_nothing(db: psycopg.Connection, database_url: str) -> None:
    """It is set before ours are."""
    _deliver(db, f"{database_url}{'&' if '?' in database_url else '?'}options=-csearch_path%3Dx%20-cdatestyle%3DGerman")


def test_the_search_path_is_pinned_everywhere(database_url: str) -> None:
    """On single connections and in the pool."""
    show = "select current_setting('search_path') as path"
    with connect(database_url) as one, pool(database_url, 1) as many, many.connection() as another:
        paths = [connection.execute(show).fetchone()["path"] for connection in (one, another)]

    assert paths == ["pg_catalog, pg_temp"] * 2


@pytest.fixture(name="letterless")
def _letterless(_postgres: str) -> Iterator[str]:
    with services.database(_postgres, template="template0", encoding="SQL_ASCII") as url:
        yield url


def test_an_encoding_without_letters_is_refused_before_anything_is_done(letterless: str) -> None:
    """By migrate, and by everybody after it."""
    with pytest.raises(UnsuitableDatabase, match="SQL_ASCII"):
        migrate(letterless, reference_practice=True)
    for command in (("migrate", "--reference-practice"), ("status",)):
        assert "SQL_ASCII" in Terminal(letterless).run(*command, code=78)

    with psycopg.connect(letterless) as db:
        assert db.execute("select count(*) from pg_namespace where nspname = 'outbox'").fetchone() == (0,)


def test_a_setting_that_is_fixed_is_refused_by_name(db: psycopg.Connection, database_url: str) -> None:
    """Triggers that do not fire could only be brought back by a superuser."""
    parts = conninfo_to_dict(database_url)
    db.execute("do $$ begin create role settings_test login password 'x' in role lexrelay_worker; "
               "exception when duplicate_object then null; end $$")  # fmt: skip
    db.execute(f'alter database "{parts["dbname"]}" set session_replication_role = replica')
    url = database_url.replace(database_url.partition("://")[2].partition("@")[0], "settings_test:x")

    assert "session_replication_role" in Terminal(url).run("status", code=78)


def test_somebody_elses_function_is_not_called(db: psycopg.Connection, database_url: str) -> None:
    """Whoever may create in `public` makes functions of usual names; the search path would find them first."""
    for name in ("convert_to(text, text)", "convert_to(text, name)", "lower(text)", "now()", "count(integer)"):
        db.execute(f"create function public.{name} returns text language plpgsql as $$ begin raise 'stolen'; end $$")
    db.execute(f'alter database "{conninfo_to_dict(database_url)["dbname"]}" set search_path = public, pg_catalog')

    _deliver(db, database_url)


@pytest.mark.proof
def test_nobody_reads_what_libpq_says(database_url: str) -> None:
    """A real process with all of these variables."""
    ended = subprocess.run(
        [sys.executable, "-m", "worker", "status", "--json"], env=ENVIRONMENT | {"DATABASE_URL": database_url},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert (ended.returncode, ended.stderr) == (0, "")
