"""Whether Lexware's answers have changed is seen by their shapes: names, types and words, no values."""

from collections.abc import Iterator

import psycopg
import pytest
from stage import Stage
from terminal import Terminal
from watching import Watcher


@pytest.fixture(name="terminal")
def _terminal(stage: Stage, database_url: str) -> Terminal:
    """Commands that reach the stage's Lexware, with a document there."""
    stage.practice.invoice(stage.practice.customer())
    stage.run()
    return Terminal(
        database_url,
        LEXWARE_API_URL=stage.sandbox.url,
        LEXRELAY_RATE_PER_SECOND="1000",
        REDIS_URL="redis://127.0.0.1:9",
    )


def test_the_same_answers_are_quiet(stage: Stage, terminal: Terminal, db: psycopg.Connection) -> None:
    """The first probe keeps shapes, the second finds nothing; no name and no sum is kept, and nothing is written there."""
    posts = stage.posts()
    first = terminal.json("probe", "--practice", 1)
    again = terminal.json("probe", "--practice", 1)

    assert (first["first"], again["first"], again["ok"]) == (True, False, True)
    assert {one["answer"] for one in again["answers"]} >= {"profile", "voucherlist", "invoice", "contacts"}
    assert [one for one in again["answers"] if any(one[key] for key in ("new", "gone", "changed", "new_words"))] == []
    kept = str(db.execute("select shape::text from lexware.answer_shapes").fetchall())
    assert not [word for word in ("Beispiel", "Lindenweg", "85", "RE1001") if word in kept]
    assert stage.posts() == posts


def test_what_is_new_gone_changed_or_an_unknown_word_is_told(
    stage: Stage, terminal: Terminal, db: psycopg.Connection
) -> None:
    """Gone and changed end with 1."""
    terminal.json("probe", "--practice", 1)
    db.execute(
        "update lexware.answer_shapes set shape = shape #- '{types,taxType}' #- '{types,organizationId}' "
        """|| jsonb_build_object('types', (shape -> 'types') - 'taxType'
                                 || '{"smallBusiness": ["text"], "motto": ["text"]}') where answer = 'profile'"""
    )
    [document] = stage.documents()
    stage.control.act(stage.tenant.id, "set_status_word", document=document["id"], word="frobnicated")

    found = {one["answer"]: one for one in terminal.json("probe", "--practice", 1, code=1)["answers"]}

    assert found["profile"]["new"] == ["taxType"]
    assert found["profile"]["gone"] == ["motto"]
    assert found["profile"]["changed"] == [{"field": "smallBusiness", "was": ["text"], "is": ["flag"]}]
    assert found["invoice"]["new_words"] == [{"field": "voucherStatus", "words": ["frobnicated"]}]
    assert "as the last time" in terminal.run("probe", "--practice", 1)


@pytest.fixture(name="watcher")
def _watcher(stage: Stage) -> Iterator[Watcher]:
    watcher = Watcher(stage)
    yield watcher
    watcher.close()


def _weekly(terminal: Terminal, name: str) -> list[tuple[str, str]]:
    """Level and sentence of the lines of `check` or of the alarms about answers."""
    _, found = terminal.answer("check", *(["--alarms"] if name == "alarms" else []))
    return [(one["level"], one["message"]) for one in found if one["check"] == "answers"]


def test_the_weekly_probe_notices_until_somebody_looks(
    stage: Stage, terminal: Terminal, watcher: Watcher, db: psycopg.Connection
) -> None:
    """The first run keeps the shapes; what is gone later rings, what is new is a warning; the command takes both as known."""
    terminal.run("probe", "--practice", 1, "--weekly", "on", "--by", "Ada")
    posts, calls = stage.posts(), len(stage.control.requests(stage.tenant.id))
    assert watcher.run("probe") == (True, None)
    assert _weekly(terminal, "check") == []
    assert len(stage.control.requests(stage.tenant.id)) - calls <= 12
    db.execute(
        "update lexware.answer_shapes set shape = jsonb_set(shape, '{types,motto}', '[\"text\"]') where answer = 'profile'"
    )
    db.execute("update lexware.answer_shapes set shape = shape #- '{types,totalPages}' where answer = 'contacts'")

    assert watcher.run("probe") == watcher.run("probe") == (True, None)

    lines = _weekly(terminal, "check")
    assert [level for level, _ in lines] == ["warning", "failure"]
    assert "contacts: new fields: totalPages." in lines[0][1]
    assert "profile: fields that are gone: motto." in lines[1][1]
    assert [level for level, _ in _weekly(terminal, "alarms")] == ["failure"]
    assert terminal.json("probe", "--practice", 1, code=1)["answers"][0]["gone"] == ["motto"]
    assert _weekly(terminal, "check") == []
    assert stage.posts() == posts
    assert "probe.weekly" in {one["action"] for one in terminal.json("history")}


def test_the_weekly_probe_is_switched_for_each_practice(
    terminal: Terminal, watcher: Watcher, db: psycopg.Connection
) -> None:
    """Not on by itself; off again it is not handed out; it comes after every other job of its lane."""
    handed = "select kind from outbox.job where handed_at is not null"
    watcher.dispatch._arm(watcher._connection)
    assert db.execute("select count(*) from outbox.job where kind = 'probe'").fetchone() == (0,)
    terminal.run("probe", "--practice", 1, "--weekly", "on")
    db.execute("update outbox.job set due_at = now() - case kind when 'probe' then interval '1 h' else '1 s' end")

    watcher.dispatch.tend(watcher._connection, [watcher.stage.runtime.ledger._session_lock.process_id or 0])
    first = db.execute(handed).fetchall()
    db.execute("update outbox.job set handed_at = null, lease_until = null, due_at = 'infinity' where kind <> 'probe'")
    terminal.run("probe", "--practice", 1, "--weekly", "off")
    watcher.dispatch.tend(watcher._connection, [watcher.stage.runtime.ledger._session_lock.process_id or 0])

    assert len(first) == 1
    assert first != [("probe",)]
    assert db.execute(handed).fetchall() == []
    terminal.run("probe", "--practice", 999, "--weekly", "on", code=1)
