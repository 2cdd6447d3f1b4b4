"""Two releases side by side: a schema only grows, so both work on it, until it says that the older one may not."""

import re
import sys
from itertools import product
from pathlib import Path

import later
import psycopg
import pytest
from chosen import a_few_of
from frost import known_payer
from polling import PATIENCE_SECONDS
from relay import Relay
from stage import Stage
from terminal import Terminal

from outbox import migrate, sql
from outbox.db import connect
from outbox.errors import SchemaMismatch
from outbox.session_lock import SessionLock
from worker.host import apply

#: What makes a schema one that a program does not fit, and what is said then.
_ENDED = {
    "older program": (
        (
            "insert into outbox.migration (name, sha256) values ('9999_later.sql', 'x'); "
            "update outbox.installation set compatible_from = 9999"
        ),
        "Install a newer lexrelay.",
    ),
    "newer program": (
        "delete from outbox.migration where name = (select max(name) from outbox.migration)",
        "Run `lexrelay migrate`.",
    ),
}
#: What a program of before would miss, or could not fill.
_TAKES_AWAY = re.compile(
    r"\bdrop\s+(?!index\b|constraint\b)|\brename\b|\btruncate\b|\bdelete\s+from\b|\balter\s+column\s+\w+\s+(type|set\s+not\s+null)\b"
    r"|\badd\s+column\s+(?=[^,;]*\bnot\s+null\b)(?![^,;]*\bdefault\b)"
)


def takes_away(migration: str) -> bool:
    """Whether a migration does more than add."""
    return _TAKES_AWAY.search(re.sub(r"--.*", "", migration).lower()) is not None


@pytest.mark.parametrize(
    ("command", "ended"),
    a_few_of(
        product(["worker poller", "worker run", "dramatiq worker.app:broker --processes 1 --skip-logging"], _ENDED)
    ),
)
def test_no_process_starts_on_a_schema_it_does_not_fit(
    db: psycopg.Connection, database_url: str, redis_url: str, command: str, ended: str
) -> None:
    """Exit code 78, and what to do."""
    change, remedy = _ENDED[ended]
    db.execute(change)

    with Relay(database_url, redis_url, "http://127.0.0.1:9") as relay:
        process = relay.start(sys.executable, "-m", *command.split())

        assert process.wait(PATIENCE_SECONDS) == 78
        assert remedy in relay.said()


@pytest.mark.parametrize(("change", "remedy"), _ENDED.values(), ids=_ENDED)
def test_no_command_works_on_a_schema_it_does_not_fit(
    db: psycopg.Connection, database_url: str, change: str, remedy: str
) -> None:
    """Neither do those that only read."""
    db.execute(change)

    assert remedy in Terminal(database_url).run("status", code=78)


def test_an_older_program_works_on_a_schema_that_has_grown(
    stage: Stage, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The later release has migrated; what still runs, and what starts again, goes on as before."""
    with monkeypatch.context() as released:
        released.setattr(sql, "ROOT", later.copy_sql(tmp_path))
        released.setattr(migrate, "SCHEMA", later.LATER)
        assert apply.migrate(database_url) == [later.COLUMN, later.INDEX]

    invoice = stage.practice.invoice(known_payer(stage))
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert Terminal(database_url).json("status")["events"]["delivered"] == 1


@pytest.mark.parametrize("migration", sql.files("migrations"), ids=lambda path: path.name)
def test_releases_only_add(migration: Path) -> None:
    """What is not needed any more goes one release later, by a migration that says which programs may still run."""
    body = migration.read_text(encoding="utf-8")

    assert not takes_away(body) or "set compatible_from" in body


@pytest.mark.parametrize(
    ("migration", "is_more"),
    [
        ("alter table outbox.event drop column note", True),
        ("alter table outbox.event rename column note to notice", True),
        ("alter table outbox.event alter column note type int using note::int", True),
        ("alter table outbox.event alter column note set not null", True),
        ("alter table outbox.event add column note text not null", True),
        ("alter table outbox.event add column note text not null default ''", False),
        ("alter table outbox.event add column note text", False),
        ("drop index concurrently if exists outbox.event_note", False),
        ("-- Rename nothing, drop nothing.", False),
    ],
)
def test_taking_away_is_noticed(migration: str, is_more: bool) -> None:
    """By the words of the statement, comments aside."""
    assert takes_away(migration) is is_more


def test_a_process_that_the_schema_has_outgrown_begins_nothing_more(db: psycopg.Connection, database_url: str) -> None:
    """It lost its session, and meanwhile the schema has moved on: it gets no new one."""
    db.execute(_ENDED["older program"][0])

    with connect(database_url) as connection, pytest.raises(SchemaMismatch):
        SessionLock(database_url, "worker", threads=1)._hold(connection)
    assert db.execute("select count(*) from outbox.process").fetchone() == (0,)
