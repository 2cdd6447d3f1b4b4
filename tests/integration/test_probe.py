"""Whether Lexware's answers have changed is seen by their shapes: names, types and words, no values."""

import psycopg
import pytest
from stage import Stage
from terminal import Terminal


@pytest.fixture(name="terminal")
def _terminal(stage: Stage, database_url: str) -> Terminal:
    """Commands that reach the stage's Lexware, with a document there."""
    stage.practice.invoice(stage.practice.customer())
    stage.run()
    return Terminal(database_url, LEXWARE_API_URL=stage.sandbox.url, LEXRELAY_RATE_PER_SECOND="1000")


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
