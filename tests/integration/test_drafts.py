"""What waits for people in Lexware, what they decide about it, and what the practice software sees of it."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from psycopg.rows import dict_row
from stage import Stage
from terminal import Terminal
from watching import Watcher


@pytest.fixture(name="watcher")
def _watcher(stage: Stage) -> Iterator[Watcher]:
    """The watch of the stage's practice."""
    one = Watcher(stage)
    yield one
    one.close()


@pytest.fixture(name="terminal")
def _terminal(database_url: str) -> Terminal:
    return Terminal(database_url)


def delivered(stage: Stage, count: int = 1) -> list[int]:
    """So many invoices that are drafts in Lexware."""
    made = [stage.practice.invoice(stage.practice.customer()) for _ in range(count)]
    stage.run()
    return made


def act(stage: Stage, action: str, document: int, **arguments: object) -> None:
    """What a user does in the web app."""
    stage.control.act(stage.tenant.id, action, document=stage.lexware_id(document), **arguments)


def delete(stage: Stage, watcher: Watcher, document: int) -> None:
    """A user deletes a draft, and both signs are seen."""
    watcher.run("sweep")
    act(stage, "delete_draft", document)
    watcher.run("sweep")
    time.sleep(stage.pace.second_absence_seconds)
    watcher.run("delta")


def status(stage: Stage, document: int) -> dict[str, Any]:
    """The document's row for the practice software."""
    with stage.db.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute("select * from lexrelay.document_status where document_id = %s", (document,)).fetchone()
    assert row is not None
    return row


def test_the_practice_software_sees_that_it_is_paid(stage: Stage, watcher: Watcher) -> None:
    """Number, status, what is open, the day; and it is told at once."""
    [invoice] = delivered(stage)
    stage.db.execute("listen lexrelay_status")
    act(stage, "finalise", invoice)
    act(stage, "pay", invoice)

    watcher.run("delta")

    row = status(stage, invoice)
    assert (row["lexware_number"], row["lexware_status"], row["open_amount"]) == ("RE1001", "paid", 0)
    assert row["paid_on"] is not None
    assert row["changed_in_lexware"] is None
    assert row["checked_at"] is not None
    assert str(invoice) in {told.payload for told in stage.db.notifies(timeout=0.1)}


def test_show_tells_what_became_of_it(stage: Stage, watcher: Watcher, terminal: Terminal) -> None:
    """As JSON and in words."""
    [invoice] = delivered(stage)
    act(stage, "finalise", invoice)
    act(stage, "pay", invoice, amount=30)
    watcher.run("delta")

    shown = terminal.json("show", "RE-2026-0001", "--practice", 1)

    assert (shown["lexware_status"], shown["lexware_number"], shown["open_amount"], shown["paid_on"]) == (
        "partly_paid", "RE1001", "55.00", None
    )  # fmt: skip
    assert shown["states"][0]["state"] == "partly_paid"
    said = terminal.run("show", "RE-2026-0001", "--practice", 1)
    assert "partly paid" in said
    assert "55.00" in said


def test_drafts_lists_what_waits(stage: Stage, watcher: Watcher, terminal: Terminal) -> None:
    """Drafts by age, what is changed, what is back; a human's change is an alarm until it is accepted."""
    first, second = delivered(stage, 2)
    stage.db.execute(
        "update lexware.document_link set linked_at = linked_at - interval '11 days' where document_id = %s", (first,)
    )
    act(stage, "set_total", second, total=90)
    watcher.run("sweep")

    waiting = terminal.json("drafts", "--practice", 1)
    old = terminal.json("drafts", "--practice", 1, "--older-than", 10)
    alarms = terminal.json("check", "--alarms", code=1)

    assert [(row["number"], row["age_days"]) for row in waiting["drafts"]] == [
        ("RE-2026-0001", 11),
        ("RE-2026-0002", 0),
    ]
    assert [row["number"] for row in old["drafts"]] == ["RE-2026-0001"]
    assert [(row["number"], row["differs"], row["total"]) for row in waiting["changed"]] == [
        ("RE-2026-0002", ["money"], "90.00")
    ]
    assert {"lexware old", "lexware changed"} <= {line["check"] for line in alarms}
    assert status(stage, second)["changed_in_lexware"] is not None
    assert "RE-2026-0002" in terminal.run("drafts")

    terminal.run("drafts", "accept", "RE-2026-0002", "--practice", 1, "--why", "corrected by hand")

    assert terminal.json("drafts")["changed"] == []
    act(stage, "set_total", second, total=91)
    watcher.run("sweep")
    assert [row["total"] for row in terminal.json("drafts")["changed"]] == ["91.00"]


def test_a_deleted_draft_is_accepted_once(stage: Stage, watcher: Watcher, terminal: Terminal) -> None:
    """By whom and why stands in the history; nothing is sent."""
    invoices = delivered(stage, 2)
    delete(stage, watcher, invoices[0])
    assert [row["number"] for row in terminal.json("drafts")["deleted"]] == ["RE-2026-0001"]

    terminal.run("drafts", "accept", "RE-2026-0001", "--practice", 1, "--by", "ada", "--why", "twice written")

    assert terminal.json("drafts")["deleted"] == []
    assert [(row["by"], row["action"], row["why"]) for row in terminal.json("history")] == [
        ("ada", "accept", "twice written")
    ]
    assert len(stage.documents()) == 1


def test_a_deleted_draft_is_sent_again_when_a_human_says_so(stage: Stage, watcher: Watcher, terminal: Terminal) -> None:
    """It is another document in Lexware then; what it was before is kept."""
    [invoice, _] = delivered(stage, 2)
    before = stage.lexware_id(invoice)
    delete(stage, watcher, invoice)

    terminal.run("drafts", "send-again", "RE-2026-0001", "--practice", 1, "--by", "ada")
    terminal.run("drafts", "send-again", "RE-2026-0001", "--practice", 1, code=1)
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert stage.lexware_id(invoice) != before
    assert len(stage.documents()) == 2
    assert [str(row[0]) for row in stage.db.execute("select lexware_id from lexware.former_links")] == [before]
    watcher.run("sweep")
    assert watcher.state(invoice) == "draft"
    assert terminal.json("drafts")["deleted"] == []


def test_nothing_that_is_there_is_sent_again(stage: Stage, terminal: Terminal) -> None:
    """Only a deleted draft; an unknown number is said."""
    delivered(stage)

    assert "not known to be a deleted draft" in terminal.run(
        "drafts", "send-again", "RE-2026-0001", "--practice", 1, code=1
    )
    assert "no document" in terminal.run("drafts", "accept", "RE-1", "--practice", 1, code=1)
    assert len(stage.documents()) == 1


def test_a_pair_that_a_human_has_ended_vanishes(stage: Stage, watcher: Watcher, terminal: Terminal) -> None:
    """Both finalised or both deleted: `status` lists it no more."""
    [invoice] = delivered(stage)
    cancellation = stage.practice.cancel(invoice)
    stage.run()
    watcher.run("sweep")
    assert len(terminal.json("status")["draft_pairs"]) == 1
    act(stage, "finalise", invoice)
    watcher.run("delta")
    assert len(terminal.json("drafts")["pairs"]) == 1
    act(stage, "finalise", cancellation)

    watcher.run("delta")

    assert terminal.json("status")["draft_pairs"] == []
    assert terminal.json("drafts")["pairs"] == []
