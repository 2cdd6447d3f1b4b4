"""`check --alarms`: what must not go unnoticed although nothing fails aloud."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from ledger_rows import ORGANISATION
from polling import until
from practice import Practice
from terminal import Terminal

from outbox.session_lock import SessionLock

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(name="terminal")
def _terminal(database_url: str) -> Terminal:
    return Terminal(database_url)


@pytest.fixture(name="praxis")
def _praxis(db: psycopg.Connection) -> Practice:
    praxis = Practice(db)
    praxis.switch_on(ORGANISATION, "key")
    return praxis


@pytest.fixture(name="alive")
def _alive(database_url: str) -> Iterator[None]:
    """A poller and a worker."""
    processes = SessionLock(database_url, "poller"), SessionLock(database_url, "worker", threads=1)
    for session_lock in processes:
        session_lock.start()
    until(lambda: all(session_lock.process_id for session_lock in processes))
    yield
    for session_lock in processes:
        session_lock.stop()


def rings(terminal: Terminal, *options: object) -> set[str]:
    """The alarms that ring; the exit code tells whether any does."""
    code, lines = terminal.answer("check", "--alarms", *options)
    ringing = {line["check"] for line in lines if line["level"] == "failure"}
    assert code == bool(ringing)
    return ringing


def working_hours(since: datetime) -> int:
    """Whole hours later than `since`, Monday to Friday, 8 to 18 in Berlin."""
    now, count, moment = datetime.now(UTC), 0, since + timedelta(hours=1)
    while moment <= now:
        local = moment.astimezone(BERLIN)
        count += local.isoweekday() <= 5 and 8 <= local.hour < 18
        moment += timedelta(hours=1)
    return count


def test_nobody_there_rings_twice(terminal: Terminal) -> None:
    """The poller and the workers are two alarms."""
    assert rings(terminal) == {"poller gone", "workers gone"}


def test_all_is_quiet(terminal: Terminal, praxis: Practice, alive: None) -> None:
    """A fresh document is no reason to call anybody."""
    praxis.invoice(praxis.customer())

    assert rings(terminal) == set()


def test_a_pending_event_that_waits_too_long_rings(terminal: Terminal, praxis: Practice, alive: None) -> None:
    """By its age, with a limit that can be set."""
    praxis.invoice(praxis.customer())
    praxis.db.execute("update outbox.event set created_at = now() - interval '31 minutes'")

    assert rings(terminal) == {"pending too long"}
    assert rings(terminal, "--pending-minutes", 32) == set()


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        pytest.param("key_invalid", {"practice paused"}, id="by Lexware"),
        pytest.param("operator", set(), id="by an operator"),
    ],
)
def test_a_paused_practice_rings_unless_a_human_did_it(
    terminal: Terminal, praxis: Practice, alive: None, reason: str, expected: set[str]
) -> None:
    """Its events are held, not pending: the age would never tell."""
    praxis.db.execute("update outbox.lane set pause_reason = %s, paused_at = now()", (reason,))

    assert rings(terminal) == expected


def test_a_new_dead_letter_rings_for_a_while(terminal: Terminal, praxis: Practice, alive: None) -> None:
    """New is what died in the last hour, or as long as one says."""
    praxis.invoice(praxis.customer())
    praxis.db.execute(
        "update outbox.event set state = 'dead', due_at = null, reason = 'no_items', closed_at = now() - interval '50 minutes'"
    )

    assert rings(terminal) == {"new dead letters"}
    assert rings(terminal, "--dead-minutes", 45) == set()


def test_silence_rings_after_working_hours(terminal: Terminal, praxis: Practice, alive: None) -> None:
    """Documents were completed, in working hours, and nothing was delivered since."""
    since = datetime.now(UTC) - timedelta(days=4)
    praxis.invoice(praxis.customer())
    praxis.db.execute("update practice.invoices set completed_at = %s", (since,))
    hours = working_hours(since)

    assert "silence" in rings(terminal, "--silent-hours", hours)
    assert "silence" not in rings(terminal, "--silent-hours", hours + 1)


@pytest.mark.parametrize(
    "calm",
    [
        pytest.param("update outbox.event set state = 'discarded', closed_at = now(), due_at = null", id="discarded"),
        pytest.param("update outbox.lane set enabled = false", id="switched off"),
        pytest.param("update practice.invoices set status = 'draft'", id="a draft again"),
        pytest.param(
            "insert into outbox.tally values (1, 1, 0, 0, now()) on conflict (practice_id) do update "
            "set last_delivered_at = now()", id="something was delivered since",
        ),
    ],
)  # fmt: skip
def test_silence_without_work_is_no_alarm(terminal: Terminal, praxis: Practice, alive: None, calm: str) -> None:
    """Nothing was to be delivered, or something was."""
    praxis.invoice(praxis.customer())
    praxis.db.execute("update practice.invoices set completed_at = now() - interval '4 days'")
    assert "silence" in rings(terminal, "--silent-hours", 1)

    praxis.db.execute(calm)

    assert "silence" not in rings(terminal, "--silent-hours", 1)


def test_a_document_without_an_event_is_not_overlooked(terminal: Terminal, praxis: Practice, alive: None) -> None:
    """Neither trigger nor safety net wrote it: only the practice's own table tells."""
    praxis.invoice(praxis.customer())
    praxis.db.execute("update practice.invoices set completed_at = now() - interval '4 days'")
    praxis.db.execute("delete from outbox.event")

    assert rings(terminal, "--silent-hours", 1) == {"silence"}


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        pytest.param("21 months", set(), id="far from its end"),
        pytest.param("22 months 15 days", {"key age"}, id="less than 60 days"),
        pytest.param("25 months", {"key age"}, id="over"),
    ],
)
def test_a_key_near_its_end_rings(
    terminal: Terminal, praxis: Practice, alive: None, age: str, expected: set[str]
) -> None:
    """Keys live for 24 months."""
    praxis.db.execute("update lexware.connection set key_stored_at = now() - %s::interval", (age,))

    assert rings(terminal) == expected


def test_the_page_says_what_rings(terminal: Terminal) -> None:
    """For the mail that cron sends."""
    assert "No poller is running" in terminal.run("check", "--alarms", code=1)
