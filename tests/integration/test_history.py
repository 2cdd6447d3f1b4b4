"""The command history: what operators did, the newest first."""

import os
import pwd

import psycopg
import pytest
from ledger_rows import ORGANISATION, event_of
from practice import Practice
from terminal import Terminal


@pytest.fixture(name="terminal")
def _terminal(database_url: str) -> Terminal:
    return Terminal(database_url)


@pytest.fixture(name="praxis")
def _praxis(db: psycopg.Connection) -> Practice:
    """A practice that may transfer."""
    praxis = Practice(db)
    praxis.switch_on(ORGANISATION, "key")
    return praxis


@pytest.fixture(name="done", autouse=True)
def _done(praxis: Practice) -> int:
    """Two actions, one of them about an event, which is returned."""
    event_id = event_of(praxis.db, praxis.invoice(praxis.customer()))
    praxis.db.execute(
        "insert into outbox.operator_action (by, action, why, practice_id, event_id) values "
        "('ada', 'pause', null, 1, null), ('bert', 'replay', 'fixed', 2, %s)",
        (event_id,),
    )
    return event_id


def test_everything_is_listed(terminal: Terminal) -> None:
    """Who, what, why; the newest first, as many as are asked for, and since when."""
    done = terminal.json("history")

    assert [(row["by"], row["action"], row["why"]) for row in done] == [
        ("bert", "replay", "fixed"),
        ("ada", "pause", None),
    ]
    assert [row["by"] for row in terminal.json("history", "--limit", 1)] == ["bert"]
    assert terminal.json("history", "--since", "2h") == done
    assert terminal.json("history", "--since", "2100-01-01") == []
    assert "bert" in terminal.run("history")


def test_who_it_really_was_stands_beside_what_is_said(terminal: Terminal, db: psycopg.Connection) -> None:
    """The database's login and the machine's user, whatever `--by` and the environment say."""
    terminal.run("practice", "disable", "--practice", 1, "--by", "somebody else")

    [last, *_] = terminal.json("history")

    assert (last["by"], last["login"], last["os_user"]) == (
        "somebody else",
        "postgres",
        pwd.getpwuid(os.getuid()).pw_name,
    )


def test_details_are_read_without_brackets(terminal: Terminal, db: psycopg.Connection, done: int) -> None:
    """What a replay keeps of the death it undid, in a row."""
    detail = '{"reason": "contact_gone", "detail": {"codes": ["NOTFOUND address.contactId"], "trace_id": "a1b2"}}'
    db.execute("insert into outbox.operator_action (by, action, detail) values ('ada', 'replay', %s)", (detail,))

    said = " ".join(terminal.run("history").split())

    assert "Detail codes NOTFOUND address.contactId, trace_id a1b2, Reason contact_gone" in said


def test_filters(terminal: Terminal, db: psycopg.Connection, done: int) -> None:
    """By practice and by event; an empty result is an answer."""
    quiet = Practice(db)
    while quiet.practice_id <= 2:
        quiet = Practice(db)
    assert [row["by"] for row in terminal.json("history", "--practice", 1)] == ["ada"]
    assert [row["by"] for row in terminal.json("history", "--event", done)] == ["bert"]
    assert terminal.json("history", "--practice", quiet.practice_id) == []


def test_an_event_that_is_not_there_is_said(terminal: Terminal) -> None:
    """An explicit id must exist."""
    assert "There is no event 999" in terminal.run("history", "--event", 999, code=1)


def test_an_id_that_no_database_holds_is_said(terminal: Terminal) -> None:
    """A slip of the keyboard is no crash."""
    assert "no number or key 1000" in terminal.run("history", "--practice", 10**30, code=1)
