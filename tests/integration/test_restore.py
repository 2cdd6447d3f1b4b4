"""A restored or cloned database sends nothing by itself, and nothing twice when it may go on."""

import sys
from uuid import uuid4

import psycopg
import pytest
import services
from chosen import a_few_of
from frost import known_payer
from ledger_rows import ELSEWHERE, restore
from polling import PATIENCE_SECONDS, until
from practice import Practice
from psycopg.conninfo import conninfo_to_dict
from relay import Relay
from stage import Stage
from terminal import Terminal

from outbox.session_lock import SessionLock


@pytest.fixture(name="terminal")
def _terminal(database_url: str) -> Terminal:
    return Terminal(database_url)


def go_on(stage: Stage, terminal: Terminal) -> None:
    """What the remedy says."""
    terminal.run("migrate", "--after-restore", "--by", "Ada", "--why", "disk failure")
    terminal.run("practice", "resume", "--practice", stage.practice.practice_id)
    stage.run()


def test_a_clone_is_known_as_one(database_url: str, _postgres: str) -> None:
    """Another name, another oid: nothing there works before somebody says so; the original is not touched."""
    with psycopg.connect(database_url, autocommit=True) as db:
        Practice(db).switch_on(str(uuid4()), "key")

    with services.database(_postgres, template=str(conninfo_to_dict(database_url)["dbname"])) as clone:
        assert "--after-restore" in Terminal(clone).run("migrate", code=78)
        Terminal(clone).run("migrate", "--after-restore")
        Terminal(clone).run("migrate")
    Terminal(database_url).run("migrate")


def test_a_copy_of_an_empty_installation_is_no_clone(terminal: Terminal) -> None:
    """Without a practice there is nothing that could be sent twice: this very test's database is such a copy."""
    terminal.run("migrate")


@pytest.mark.parametrize(
    "command", a_few_of(["worker poller", "worker run", "dramatiq worker.app:broker --processes 1 --skip-logging"])
)
def test_no_process_starts_in_a_clone(db, database_url: str, redis_url: str, command: str) -> None:
    """Exit code 78, and what to do."""
    Practice(db).switch_on(str(uuid4()), "key")
    db.execute(ELSEWHERE)

    with Relay(database_url, redis_url, "http://127.0.0.1:9") as relay:
        process = relay.start(sys.executable, "-m", *command.split())

        assert process.wait(PATIENCE_SECONDS) == 78
        assert "migrate --after-restore" in relay.said()


def test_a_process_that_was_running_gets_no_new_session(db, database_url: str) -> None:
    """A restore ends all sessions; without one nothing is begun."""
    Practice(db).switch_on(str(uuid4()), "key")
    session_lock = SessionLock(database_url, "worker", threads=1)
    session_lock.start()
    until(lambda: session_lock.process_id)

    db.execute(ELSEWHERE)
    db.execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 5462898")
    until(lambda: session_lock.process_id is None)

    with pytest.raises(AssertionError, match="not within"):
        until(lambda: session_lock.process_id, seconds=3)
    session_lock.stop()


def test_every_practice_is_held_until_somebody_lets_it_go_on(stage: Stage, terminal: Terminal) -> None:
    """Also one that was paused for another reason; and it is recorded who said so."""
    stage.practice.invoice(known_payer(stage))
    stage.db.execute("update outbox.lane set pause_reason = 'key_invalid', paused_at = now()")
    restore(stage.db)

    terminal.run("migrate", "--after-restore", "--by", "Ada", "--why", "disk failure")

    assert list(stage.hand_out()) == []
    assert terminal.json("status")["practices"][0]["pause_reason"] == "operator"
    actions = terminal.json("history")
    assert [(a["action"], a["by"], a["why"]) for a in actions] == [("restore", "Ada", "disk failure")]


def test_what_was_sent_before_the_restore_is_found_and_not_sent_again(stage: Stage, terminal: Terminal) -> None:
    """Invoice and cancellation, and the contact that was made for them."""
    invoice = stage.practice.invoice(stage.practice.customer())
    stage.run()
    cancellation = stage.practice.cancel(invoice)
    stage.run()
    sent = {document: stage.lexware_id(document) for document in (invoice, cancellation)}
    posts = stage.posts()
    restore(stage.db)

    go_on(stage, terminal)

    assert {document: stage.lexware_id(document) for document in sent} == sent
    assert (len(stage.contacts()), stage.posts()) == (1, posts)


@pytest.mark.proof
def test_the_contact_is_found_though_nobody_is_matched(stage: Stage, terminal: Terminal) -> None:
    """Without matching, a contact with our own marker is still ours; others stay others."""
    stage.db.execute("update lexware.connection set matching = 'never'")
    stage.practice.invoice(stage.practice.customer())
    stage.run()
    restore(stage.db)

    go_on(stage, terminal)

    assert len(stage.contacts()) == 1


def test_what_was_never_sent_is_sent_once(stage: Stage, terminal: Terminal) -> None:
    """An absence is enough: whatever was lost has long ended."""
    payer = known_payer(stage)
    restore(stage.db)
    invoice = stage.practice.invoice(payer)

    go_on(stage, terminal)

    assert (stage.outcome(invoice), len(stage.documents())) == (("delivered", None), 1)


@pytest.mark.proof
def test_a_document_of_the_payer_without_a_marker_is_a_humans_case(stage: Stage, terminal: Terminal) -> None:
    """Somebody may have edited it."""
    invoice = stage.practice.invoice(known_payer(stage))
    stage.run()
    stage.control.act(stage.tenant.id, "edit_draft", document=stage.lexware_id(invoice), changes={"remark": "Danke"})
    restore(stage.db)

    go_on(stage, terminal)

    assert (stage.outcome(invoice), len(stage.documents())) == (("dead", "in_doubt"), 1)


def test_an_event_that_the_safety_net_writes_anew_is_looked_for(stage: Stage, terminal: Terminal) -> None:
    """The event was lost, its document was loaded again; it is in Lexware."""
    invoice = stage.practice.invoice(known_payer(stage))
    stage.run()
    restore(stage.db)
    stage.db.execute("delete from outbox.event")
    terminal.run("migrate", "--after-restore")
    terminal.run("practice", "resume", "--practice", stage.practice.practice_id)

    stage._poller._upkeep._swept = float("-inf")
    stage.turn()
    stage.run()

    assert (stage.event(invoice)["origin"], len(stage.documents())) == ("sweep", 1)


def test_what_is_new_after_the_restore_is_not_looked_for(stage: Stage, terminal: Terminal) -> None:
    """A look costs calls; only what may have been sent is worth them."""
    go_on(stage, terminal)

    invoice = stage.practice.invoice(known_payer(stage))
    stage.run()

    assert stage.event(invoice)["look_since"] is None
    assert [c["method"] for c in stage.control.requests(stage.tenant.id) if "voucherlist" in c["path"]] == []
