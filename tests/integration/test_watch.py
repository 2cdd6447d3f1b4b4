"""What becomes of a document in Lexware is read back: states that go forward and back, absence by two signs, orphans."""

import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from polling import until
from practice import token
from stage import Stage
from watching import Watcher

from worker.lab.sandbox.faults import Fault


@pytest.fixture(name="watcher")
def _watcher(stage: Stage) -> Iterator[Watcher]:
    """The watch of the stage's practice."""
    one = Watcher(stage)
    yield one
    one.close()


def delivered(stage: Stage, count: int = 1) -> list[int]:
    """So many invoices that are drafts in Lexware."""
    made = [stage.practice.invoice(stage.practice.customer()) for _ in range(count)]
    stage.run()
    return made


def act(stage: Stage, action: str, document: int, **arguments: object) -> None:
    """What a user does in the web app."""
    stage.control.act(stage.tenant.id, action, document=stage.lexware_id(document), **arguments)


def test_a_document_is_followed_forward_and_back(stage: Stage, watcher: Watcher) -> None:
    """Each change is one more row; what is seen again unchanged is none."""
    [invoice] = delivered(stage)
    steps = [
        ("sweep", None, {}, "draft"),
        ("delta", "finalise", {}, "overdue"),
        ("delta", "pay", {"amount": 30}, "partly_paid"),
        ("sweep", None, {}, "partly_paid"),
        ("delta", "pay", {}, "paid"),
        ("deep", None, {}, "paid"),
    ]
    for kind, action, arguments, expected in steps:
        if action:
            act(stage, action, invoice, **arguments)
        assert watcher.run(kind) == (True, None)
        assert watcher.state(invoice) == expected

    rows = stage.db.execute(
        "select state, open_amount, paid_on is not null, settled_by, source, number is not null, taxes is not null "
        "from lexware.document_states order by id"
    ).fetchall()
    assert [row[0] for row in rows] == ["draft", "overdue", "partly_paid", "partly_paid", "paid", "paid", "paid"]
    assert [row[1] for row in rows] == [None, 85, 55, 55, 0, 0, 0]
    assert rows[-1][2:] == (True, ["manualPayment"], "deep", True, True)


def test_back_to_draft_changed_and_voided(stage: Stage, watcher: Watcher) -> None:
    """Going back is normal; money that differs is said as long as it does."""
    first, second, third = delivered(stage, 3)
    for document in (first, second, third):
        act(stage, "finalise", document)
    watcher.run("sweep")
    act(stage, "reopen", first)
    act(stage, "reopen", second)
    act(stage, "set_total", second, total=90)
    act(stage, "void", third)

    watcher.run("sweep")

    assert [watcher.state(each) for each in (first, second, third)] == ["back_to_draft", "changed", "voided"]
    assert stage.db.execute(
        "select differs, total, sent_total from lexware.watched where state = 'changed'"
    ).fetchall() == [(["money"], Decimal("90.00"), Decimal("85.00"))]


def absent(stage: Stage, watcher: Watcher) -> None:
    """Both signs of whatever is not there."""
    watcher.run("sweep")
    time.sleep(stage.pace.second_absence_seconds)
    watcher.run("delta")


def test_a_deleted_draft_needs_two_signs_and_is_told_once(stage: Stage, watcher: Watcher) -> None:
    """Not listed and one 404 say nothing yet; it is never sent again by itself."""
    first, second = delivered(stage, 2)
    watcher.run("sweep")
    act(stage, "delete_draft", first)

    for _ in range(2):
        watcher.run("sweep")
        assert watcher.state(first) == "draft"
    absent(stage, watcher)
    absent(stage, watcher)

    assert watcher.state(first) == "deleted"
    assert watcher.state(second) == "draft"
    assert stage.db.execute("select count(*) from lexware.document_states where state = 'deleted'").fetchone() == (1,)
    assert stage.unsettled() == 0
    assert len(stage.documents()) == 1


def test_404_for_everything_raises_one_alarm_and_changes_nothing(stage: Stage, watcher: Watcher) -> None:
    """More than a twentieth at once is no tidying up: whatever it is, no document is believed to be gone."""
    invoices = delivered(stage, 5)
    watcher.run("sweep")
    stage.control.add_fault(Fault(method="GET", path="/v1/invoices/*", status=404, count=None))

    outcomes = {watcher.run(kind) for kind in ("deep", "deep")}
    time.sleep(stage.pace.second_absence_seconds)
    watcher.run("deep")

    assert outcomes == {(False, "too_many_missing")}
    assert {watcher.state(each) for each in invoices} == {"draft"}


def test_a_copy_with_our_marker_is_an_orphan_until_it_is_gone(stage: Stage, watcher: Watcher) -> None:
    """A document of a user's own is read once and never again."""
    [invoice] = delivered(stage)
    original = stage.documents()[0]
    remark = {"remark": original["source"]["remark"]}
    copy = stage.control.act(stage.tenant.id, "copy_document", document=original["id"], changes=remark)["id"]
    own = stage.control.act(stage.tenant.id, "copy_document", document=original["id"])["id"]

    watcher.run("sweep")
    assert [str(row[0]) for row in stage.db.execute("select remote_id from lexware.orphans where gone_at is null")] == [
        copy
    ]
    stage.control.act(stage.tenant.id, "delete_draft", document=copy)
    watcher.run("sweep")

    assert stage.db.execute("select count(*) from lexware.orphans where gone_at is null").fetchone() == (0,)
    reads = [call for call in stage.control.requests(stage.tenant.id) if call["path"].endswith(own)]
    assert len(reads) == 1
    assert watcher.state(invoice) == "draft"


def test_contacts_are_noticed_before_a_document_dies_of_them(stage: Stage, watcher: Watcher) -> None:
    """Archived, merged, deleted: by listing, without a name kept."""
    delivered(stage, 3)
    first, second, third = (contact["id"] for contact in stage.contacts())
    stage.control.act(stage.tenant.id, "archive_contact", contact=first)
    stage.control.act(stage.tenant.id, "merge_contacts", contact=second, into=third)

    assert watcher.run("contacts") == (True, None)

    states = stage.db.execute("select contact_id::text, state from lexware.contact_now").fetchall()
    assert dict(states) == {first: "archived", second: "gone"}


def test_uploads_go_first(stage: Stage, watcher: Watcher) -> None:
    """A job that is due waits as long as an event of its lane could be handed out."""
    delivered(stage)
    stage.practice.invoice(stage.practice.customer())
    stage.db.execute("insert into outbox.job (practice_id, kind, due_at) values (%s, 'sweep', now())", (1,))

    assert watcher.turn() == 0
    stage.run()

    assert watcher.turn() == 1


def test_first_due_one_period_after_the_first_delivery(stage: Stage, watcher: Watcher) -> None:
    """Never at a start, and not before anything was delivered."""
    watcher.turn()
    assert stage.db.execute("select count(*) from outbox.job").fetchone() == (0,)
    delivered(stage)
    watcher.dispatch._armed = float("-inf")

    watcher.turn()

    rows = stage.db.execute(
        "select kind, round(extract(epoch from due_at - now()) / 60)::int from outbox.job order by kind"
    ).fetchall()
    assert rows == [("contacts", 10080), ("deep", 10080), ("delta", 15), ("sweep", 1440)]


def test_an_unknown_word_is_open_and_never_paid(stage: Stage, watcher: Watcher) -> None:
    """Lexware's words may grow."""
    [invoice] = delivered(stage)
    act(stage, "finalise", invoice)
    stage.control.act(stage.tenant.id, "set_status_word", document=stage.lexware_id(invoice), word="frobnicated")

    watcher.run("deep")

    assert watcher.state(invoice) == "overdue"
    assert stage.db.execute("select remote_status from lexware.document_now").fetchone() == ("frobnicated",)


def test_a_full_window_proves_nothing(stage: Stage, watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is halved by days until it fits; of a single day there are no halves, so the run is not complete."""
    monkeypatch.setattr("worker.lexware.watch.lists.WINDOW_ROWS", 4)
    stage.control.set_switches(stage.tenant.id, voucherlist_window=4)
    payer = stage.practice.customer()
    for day in (1, 1, 1, 2, 3, 4, 4):
        stage.practice.invoice(payer, invoice_date=date(2026, 11, day))
    stage.run()

    assert watcher.run("sweep") == (True, None)
    assert stage.db.execute("select count(*) from lexware.document_now where source = 'sweep'").fetchone() == (7,)
    stage.practice.invoice(payer, invoice_date=date(2026, 11, 1))
    stage.run()

    assert watcher.run("sweep") == (False, "window_full")


def test_another_organisation_behind_the_key_stops_the_practice(stage: Stage, watcher: Watcher) -> None:
    """No absence is believed before the profile has said whose documents they are."""
    [invoice] = delivered(stage)
    watcher.run("sweep")
    act(stage, "delete_draft", invoice)
    watcher.run("sweep")
    time.sleep(stage.pace.second_absence_seconds)
    other = stage.control.add_organisation()
    key = token(1, stage.tenant.id, other.key)
    stage.db.execute("update lexware.connection set key_encrypted = %s", (key,))

    assert watcher.run("sweep") == (False, "other_organisation")

    assert watcher.state(invoice) == "draft"
    assert stage.db.execute("select pause_reason from outbox.lane").fetchone() == ("other_organisation",)


def test_no_name_is_kept(stage: Stage, watcher: Watcher) -> None:
    """Lists and documents name the payers; what is kept of them does not."""
    delivered(stage, 2)
    for kind in ("sweep", "deep", "delta", "contacts"):
        watcher.run(kind)

    kept = [
        str(row)
        for table in ("document_states", "watch_runs", "orphans", "strangers", "contact_states", "absences")
        for row in stage.db.execute(f"select t::text from lexware.{table} t").fetchall()
    ]
    assert len(kept) > 4
    assert not [row for row in kept if "Beispiel" in row or "Lindenweg" in row]


def test_a_revoked_key_holds_the_practice_and_loses_nothing(stage: Stage, watcher: Watcher) -> None:
    """The first 401 cools the lane, the profile's decides; with another key the run goes on where it was."""
    [invoice] = delivered(stage)
    fresh = stage.control.act(stage.tenant.id, "new_key")["key"]
    stage.control.act(stage.tenant.id, "revoke_key", key=stage.tenant.key)
    stage.db.execute("insert into outbox.job (practice_id, kind, due_at) values (1, 'sweep', now())")
    paused = "select pause_reason from outbox.lane"

    until(lambda: watcher.turn() >= 0 and stage.db.execute(paused).fetchone() == ("key_invalid",))
    key = token(1, stage.tenant.id, fresh)
    stage.db.execute("update lexware.connection set key_encrypted = %s", (key,))
    stage.db.execute("update outbox.lane set pause_reason = null, paused_at = null")
    until(lambda: watcher.turn() >= 0 and watcher.state(invoice) == "draft")

    assert stage.db.execute("select count(*) from lexware.watch_runs").fetchone() == (1,)
