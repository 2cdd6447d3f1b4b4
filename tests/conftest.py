"""What every test can ask for: a migrated database of its own, an empty Redis, and an environment without surprises."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import hypothesis
import polling
import psycopg
import pytest
import redis
import services
from furnished import Furnished, furnished
from psycopg.conninfo import conninfo_to_dict

from worker.host.apply import migrate

_KEPT = {services.DATABASE_VARIABLE, services.REDIS_VARIABLE, polling.PATIENCE_VARIABLE}
_REAL_INSTALLATION = ("DATABASE_URL", "REDIS_URL", "LEXWARE_", "LEXRELAY_")
#: How wide a screen is, which pytest's own processes are told: what is put out would be laid out for it.
_SCREEN = "COLUMNS"
#: Keeps what was compiled to nobody's use: each process that a test starts would compile all of it again.
_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
#: How many examples hypothesis looks at where a test does not say.
_EXAMPLES = 30


def pytest_configure() -> None:
    """Forget the environment of a real installation, before a test module can be imported that reads it."""
    hypothesis.settings.register_profile("every run", max_examples=_EXAMPLES)
    hypothesis.settings.load_profile("every run")
    for name in os.environ.keys() - _KEPT:
        if name.startswith(_REAL_INSTALLATION):
            del os.environ[name]
    os.environ.pop(_SCREEN, None)
    os.environ.pop(_UNCOMPILED, None)
    sys.dont_write_bytecode = False
    if (
        threading.current_thread() is threading.main_thread()
    ):  # a job in the background inherits that Ctrl-C means nothing
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start one PostgreSQL for all processes of a distributed run, before they are started."""
    distributes = session.config.getoption("numprocesses", None) and not hasattr(session.config, "workerinput")
    if not distributes or services.DATABASE_VARIABLE in os.environ or session.config.option.collectonly:
        return
    shared = ExitStack()
    os.environ[services.DATABASE_VARIABLE] = shared.enter_context(services.postgres())
    session.config.add_cleanup(shared.close)


def pytest_report_header() -> str:
    """Say what the tests run on."""
    return services.versions()


@pytest.fixture(scope="session")
def _postgres() -> Iterator[str]:
    with services.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def _template(_postgres: str) -> Iterator[str]:
    """The name of a migrated database with an empty reference practice, to be copied."""
    with services.database(_postgres) as url:
        migrate(url, reference_practice=True)
        yield str(conninfo_to_dict(url)["dbname"])


@pytest.fixture
def database_url(_postgres: str, _template: str) -> Iterator[str]:
    """A database of this test's own: migrated, with the reference practice, empty."""
    with services.database(_postgres, template=_template) as url:
        yield url


@pytest.fixture
def db(database_url: str) -> Iterator[psycopg.Connection]:
    """A connection of the database's owner that commits each statement, unless the test opens a transaction."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module", name="furnished_house")
def _furnished_house(_postgres: str, _template: str) -> Iterator[Furnished]:
    """A practice in which everything has happened, and its console, for tests that change nothing in it."""
    with (
        services.database(_postgres, template=_template) as url,
        psycopg.connect(url, autocommit=True) as connection,
        furnished(connection, url) as one,
    ):
        yield one


@pytest.fixture(scope="session")
def _valkey() -> Iterator[str]:
    with services.valkey() as url:
        yield url


@pytest.fixture
def redis_url(_valkey: str) -> str:
    """A Redis database, emptied for this test."""
    with redis.Redis.from_url(_valkey) as client:
        client.flushdb()
    return _valkey


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say the figures that tests have recorded."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")
