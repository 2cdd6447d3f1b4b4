"""What an operator reads first: what stops the transfer, in one sentence; what a practice lacks, the daemon included; and
nothing irreversible without a question.
"""

import io
import os
import pty
import subprocess
import sys
from collections.abc import Iterator

import practice
import psycopg
import pytest
from chosen import a_few_of
from ledger_rows import ORGANISATION, doubt
from letters import kill
from polling import until
from practice import Practice
from stage import Stage
from terminal import Terminal

from outbox.session_lock import SessionLock


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
    processes = SessionLock(database_url, "poller"), SessionLock(database_url, "worker", threads=1)
    for session_lock in processes:
        session_lock.start()
    until(lambda: all(session_lock.process_id for session_lock in processes))
    yield
    for session_lock in processes:
        session_lock.stop()


def test_an_outage_is_the_first_word(terminal: Terminal, praxis: Practice, alive: None) -> None:
    """Two calls without an answer and nobody answered since: said before anything else, also in JSON."""
    first = praxis.invoice(praxis.customer())
    doubt(praxis, first, "invoice", first)
    praxis.db.execute(
        "update outbox.lane set silent_calls = 2, silent_since = '2026-11-28 14:02Z', last_dispatch_at = now()"
    )

    page, state = terminal.run("status"), terminal.json("status")["state_of_things"]

    assert page.startswith("Lexware has answered nobody since 2026-11-28")
    assert "1 document is being looked for" in page.splitlines()[0]
    assert "Nothing is pending" not in page
    assert [condition["code"] for condition in state["conditions"]] == ["lexware_silent", "in_doubt"]
    assert page.startswith(state["sentence"])

    other = Practice(praxis.db)
    other.switch_on("22222222-2222-4222-8222-222222222222", "key")
    praxis.db.execute("update outbox.lane set last_dispatch_at = now() where practice_id = %s", (other.practice_id,))
    assert "answered nobody" not in terminal.run("status")  # somebody was answered


def test_all_is_well(terminal: Terminal, praxis: Practice, alive: None) -> None:
    """One sentence, and no condition."""
    assert terminal.run("status").startswith("Everything is delivered.")
    assert terminal.json("status")["state_of_things"] == {"sentence": "Everything is delivered.", "conditions": []}


def test_a_practice_is_told_of_a_missing_daemon(terminal: Terminal, praxis: Practice) -> None:
    """Booked, connected and switched on is not enough."""
    said = terminal.run("practice", "show", "--practice", praxis.practice_id)

    assert "No poller is running" in said
    assert "No worker is running" in said
    assert "The transfer runs." not in said
    assert terminal.json("practice", "show", "--practice", praxis.practice_id)["daemon_lacks"] == [
        "no_poller",
        "no_worker",
    ]


def test_a_key_that_lexware_refuses_is_said(stage: Stage, database_url: str, alive: None) -> None:
    """Although no document has met it yet, by each command that says how the practice stands."""
    terminal = Terminal(database_url, LEXWARE_API_URL=stage.sandbox.url, LEXRELAY_RATE_PER_SECOND="1000")
    here = ("--practice", stage.practice.practice_id)
    assert "API key does not work" not in terminal.run("practice", "show", *here)

    stage.control.act(stage.tenant.id, "revoke_key", key=stage.tenant.key)

    terminal.run("practice", "pause", *here)
    for command in ("show", "enable", "resume"):
        said = terminal.run("practice", command, *here)
        if command != "show":
            assert "The API key does not work" in said, command
            assert "The transfer runs." not in said


def on_a_terminal(database_url: str, *words: object, answer: str) -> tuple[int, str]:
    """A command whose stdin is a terminal on which somebody answers."""
    ours, theirs = pty.openpty()
    given = {
        "DATABASE_URL": database_url, "LEXRELAY_SECRET_KEYS": practice.SECRET_KEY, "LEXRELAY_LANG": "de", "PATH": os.environ["PATH"],
    }  # fmt: skip
    os.write(ours, f"{answer}\n".encode())
    ended = subprocess.run(
        [sys.executable, "-m", "worker", *map(str, words)], env=given, stdin=theirs, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.parametrize(("answer", "state"), a_few_of([("", "dead"), ("n", "dead"), ("j", "discarded")]))
def test_one_letter_is_not_closed_without_a_question(
    praxis: Practice, database_url: str, answer: str, state: str
) -> None:
    """Whatever is not a yes changes nothing."""
    event_id = kill(praxis, "no_items")

    code, said = on_a_terminal(database_url, "discard", event_id, "--why", "x", answer=answer)

    assert (code, "für immer schließen" in said) == (0 if state == "discarded" else 1, True)
    assert praxis.db.execute("select state from outbox.event where event_id = %s", (event_id,)).fetchone() == (state,)


def test_a_replay_leaves_out_what_would_die_again(terminal: Terminal, praxis: Practice) -> None:
    """Unless it is named alone."""
    broken = praxis.customer(country_code=None)
    human, able = kill(praxis, "missing_field", document=praxis.invoice(broken)), kill(praxis, "retries_exhausted")

    results = {item["event_id"]: item["result"] for item in terminal.json("replay", "--all")}
    assert results == {human: "left_out", able: "replayed"}
    assert "Left out" in terminal.run("replay", "--reason", "missing_field")
    assert terminal.json("replay", human)[0]["result"] == "replayed"


def test_the_end_of_a_booking_can_be_taken_back(terminal: Terminal, db: psycopg.Connection) -> None:
    """Until it takes effect; the output says how."""
    here = ("--practice", Practice(db).practice_id)
    terminal.run("practice", "book", *here)

    said = terminal.run("practice", "unbook", *here)

    assert "unbook --practice" in said
    assert "--undo" in said
    assert "is taken back" in terminal.run("practice", "unbook", *here, "--undo")
    assert terminal.json("practice", "show", *here)["booking"]["ends_on"] is None
    assert "Nothing has changed" in terminal.run("practice", "unbook", *here, "--undo")
    assert db.execute("select booked_until from outbox.lane").fetchone() == (None,)


def test_a_letter_that_is_closed_tells_its_story(terminal: Terminal, praxis: Practice) -> None:
    """`dead show` says that it is not dead, and all the rest; `show` takes the event's id as well."""
    event_id = kill(praxis, "no_items", state="discarded")

    said = terminal.run("dead", "show", event_id, code=1)

    assert "Completed; event" in said
    assert "is not dead but discarded" in said
    assert terminal.json("show", event_id)["event_id"] == event_id
    assert "There is no event 99" in terminal.run("show", 99, code=1)
    terminal.run("show", "RE-1", code=2)


def test_an_attempt_that_looks_says_so(terminal: Terminal, praxis: Practice) -> None:
    """Nothing is sent by it."""
    invoice = praxis.invoice(praxis.customer())
    doubt(praxis, invoice, "invoice", invoice)
    praxis.db.execute(
        "insert into outbox.attempt (event_id, fence, epoch, step, worker, begun_at) select event_id, n, 1, 'document', 1, "
        "now() + (n - 2) * interval '1 minute' from outbox.event, generate_series(1, 3) n"
    )

    said = terminal.run("show", "RE-2026-0001", "--practice", praxis.practice_id)

    assert "Attempt 1 begins: send the document." in said
    assert "Attempt 3 begins: look in Lexware" in said


@pytest.mark.proof
def test_a_long_history_goes_through_the_pager(praxis: Practice, database_url: str) -> None:
    """On a terminal, and nowhere else."""
    praxis.db.execute(
        "insert into outbox.operator_action (by, action, practice_id) select 'ada', 'replay', 1 from generate_series(1, 60)"
    )
    ours, theirs = pty.openpty()
    given = {
        "DATABASE_URL": database_url, "LEXRELAY_LANG": "en", "PATH": os.environ["PATH"], "PAGER": "sed s/^/paged:/", "COLUMNS": "100",
        "LINES": "20", "TERM": "xterm",
    }  # fmt: skip
    command = [sys.executable, "-m", "worker", "history"]
    with subprocess.Popen(command, env=given, stdin=theirs, stdout=theirs, stderr=theirs) as shown:
        said = b""
        os.close(theirs)
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            said += piece
    os.close(ours)

    assert shown.returncode == 0
    assert said.count(b"paged:") > 60, said


_OF_A_PRACTICE = [
    ("backfill", "--from", "2026-01-01", "--to", "2026-01-31"), ("contact", "link", "--customer", "1", "10307"), ("contact", "list"),
    ("contact", "suggest"), ("contact", "unlink", "--customer", "1"), ("dead", "groups"), ("dead", "list"), ("history",),
    ("practice", "alarm"), ("practice", "book"), ("practice", "connect"), ("practice", "disable"),
    ("practice", "enable", "--avv-date", "2026-01-01"), ("practice", "pause"), ("practice", "resume"), ("practice", "show"),
    ("practice", "unbook"), ("practice", "unbook", "--undo"), ("preview", "RE-1"), ("replay",), ("show", "RE-1"),
]  # fmt: skip


@pytest.mark.parametrize("practice_id", a_few_of(["99", str(2**63), "99999999999999999999"]))
def test_an_unknown_practice_is_said_by_every_command(
    terminal: Terminal, praxis: Practice, practice_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 1 with its number, never an empty answer, which would read as "all is well"."""
    for words in _OF_A_PRACTICE:
        monkeypatch.setattr(sys, "stdin", io.StringIO("key"))

        said = terminal.run(*words, "--practice", practice_id, code=1)

        assert (practice_id in said, "unexpectedly" in said) == (True, False), words
