"""The command show: the whole story of one document, and what happens next."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from ledger_rows import ORGANISATION, change, deliver, doubt, event_of, settle
from practice import Practice
from stage import Stage
from terminal import Terminal


@pytest.fixture(name="terminal")
def _terminal(database_url: str) -> Terminal:
    return Terminal(database_url, LEXWARE_APP_URL="https://app.example")


@pytest.fixture(name="praxis")
def _praxis(db: psycopg.Connection) -> Practice:
    """A practice that may transfer."""
    praxis = Practice(db)
    praxis.switch_on(ORGANISATION, "key")
    return praxis


def show(terminal: Terminal, praxis: Practice, number: str = "RE-2026-0001") -> Any:
    """What the command says in JSON."""
    return terminal.json("show", number, "--practice", praxis.practice_id)


def page(terminal: Terminal, praxis: Practice, number: str = "RE-2026-0001") -> str:
    """What the command says to people."""
    return terminal.run("show", number, "--practice", praxis.practice_id)


def fail(terminal: Terminal, praxis: Practice, number: str = "RE-2026-0001") -> str:
    """What the command says with exit code 1."""
    return terminal.run("show", number, "--practice", praxis.practice_id, code=1)


def test_a_delivered_document_is_told_from_its_beginning(stage: Stage, database_url: str) -> None:
    """A new payer: the contact first, then the document; exactly the keys of the contract."""
    document = stage.practice.invoice(stage.practice.customer())
    stage.run()
    made = stage.lexware_id(document)

    said = show(Terminal(database_url, LEXWARE_APP_URL="https://app.example"), stage.practice)

    attempts, intents = said.pop("attempts"), said.pop("intents")
    assert [attempt["outcome"] for attempt in attempts] == ["needs_contact", "snooze", "delivered"]
    assert [(intent["effect"], intent["outcome"]) for intent in intents] == [
        ("contact", "created"),
        ("invoice", "created"),
    ]
    assert said == {
        "number": "RE-2026-0001", "kind": "invoice", "state": "delivered", "reason": None,
        "event_id": event_of(stage.db, document), "lexware_id": made, "contact_id": intents[0]["lexware_id"],
        "url": f"https://app.example/permalink/invoices/view/{made}", "linked_invoice_id": None, "next": None,
        "lexware_status": None, "lexware_number": None, "open_amount": None, "paid_on": None, "differs": [], "states": [],
    }  # fmt: skip


def test_the_page_can_be_read_aloud(stage: Stage, database_url: str) -> None:
    """In order of time, with what was tried, what Lexware made of it, and where it is."""
    document = stage.practice.invoice(stage.practice.customer())
    stage.run()

    read = page(Terminal(database_url), stage.practice)

    told = ["was written", "Attempt 1 begins", "The contact in Lexware is needed first", "find or create the contact",
            "create contact", "created, ", "create invoice", "Arrived in Lexware", "Settled: delivered", "In Lexware: ", "To edit it: ", "Its contact: ",
            "Nothing more happens."]  # fmt: skip
    places = [read.index(piece) for piece in told]
    assert places == sorted(places)
    assert stage.lexware_id(document) in read


def test_looks_are_told_with_their_evidence(terminal: Terminal, praxis: Practice) -> None:
    """What was found, when, and whether it counts."""
    invoice = praxis.invoice(praxis.customer())
    doubt(praxis, invoice, "invoice", invoice)
    praxis.db.execute(
        "insert into outbox.look (intent_id, verdict, counts, evidence) "
        """select intent_id, 'absent', false, '{"lexware_ids": []}' from outbox.intent"""
    )

    said = show(terminal, praxis)

    assert (said["state"], said["next"]["what"]) == ("in_doubt", "look")
    assert [(look["verdict"], look["counts"]) for look in said["intents"][0]["looks"]] == [("absent", False)]
    assert "does not count while its sender may be alive" in page(terminal, praxis)


def test_the_next_step_is_reckoned_from_the_place_in_the_lane(terminal: Terminal, praxis: Practice) -> None:
    """One gap of the rate for each event before it."""
    for _ in range(31):
        praxis.invoice(praxis.customer())

    said = show(terminal, praxis, "RE-2026-0031")

    ahead = datetime.fromisoformat(said["next"]["at"]) - datetime.now(UTC)
    assert said["next"]["what"] == "upload_invoice"
    assert timedelta(seconds=18) < ahead <= timedelta(seconds=20)
    assert "Before it: 30." in page(terminal, praxis, "RE-2026-0031")


def test_a_later_due_time_wins(terminal: Terminal, praxis: Practice) -> None:
    """A retry comes when it is due."""
    invoice = praxis.invoice(praxis.customer())
    change(praxis.db, invoice, "due_at = now() + interval '1 hour', reason = 'no_answer'")

    said = show(terminal, praxis)

    assert datetime.fromisoformat(said["next"]["at"]) - datetime.now(UTC) > timedelta(minutes=59)
    assert (said["state"], said["reason"]) == ("pending", "no_answer")


@pytest.mark.parametrize(
    ("assignments", "reason", "words"),
    [
        pytest.param("enabled = false", "disabled", "practice enable", id="disabled"),
        pytest.param("booked_from = null", "not_booked", "practice book", id="not booked"),
        pytest.param("connected = false", "not_connected", "practice connect", id="no key"),
        pytest.param("pause_reason = 'operator', paused_at = now()", "operator", "practice resume", id="by hand"),
        pytest.param("pause_reason = 'key_invalid', paused_at = now()", "key_invalid", "practice connect", id="key"),
    ],
)
def test_a_held_document_says_by_what(
    terminal: Terminal, praxis: Practice, assignments: str, reason: str, words: str
) -> None:
    """And which command lets it go on."""
    praxis.invoice(praxis.customer())
    praxis.db.execute(f"update outbox.lane set {assignments}")

    said = show(terminal, praxis)

    assert (said["state"], said["reason"]) == ("held", reason)
    assert said["next"] == {"what": "wait_for_practice", "at": None}
    assert words in page(terminal, praxis)


def test_a_blocked_cancellation_names_its_invoice(terminal: Terminal, praxis: Practice) -> None:
    """What it waits for, and how that stands."""
    invoice = praxis.invoice(praxis.customer())
    praxis.cancel(invoice)
    settle(praxis.db, invoice, "dead", "totals_differ")

    said = show(terminal, praxis, "ST-2026-0001")

    assert (said["state"], said["next"]) == ("blocked", {"what": "wait_for_original", "at": None})
    told = page(terminal, praxis, "ST-2026-0001")
    assert "waits for its invoice RE-2026-0001" in told
    assert "dead (totals_differ)" in told


def test_a_document_behind_its_customers_contact_names_the_other(terminal: Terminal, praxis: Practice) -> None:
    """The contact is in doubt in another event."""
    payer = praxis.customer()
    first, _ = praxis.invoice(payer), praxis.invoice(payer)
    doubt(praxis, first, "contact", payer)

    said = show(terminal, praxis, "RE-2026-0002")

    assert (said["state"], said["next"]) == ("blocked", {"what": "wait_for_customer", "at": None})
    assert "the same customer's RE-2026-0001" in page(terminal, praxis, "RE-2026-0002")


def test_a_dead_letter_points_to_its_remedy(terminal: Terminal, praxis: Practice) -> None:
    """Nothing happens by itself."""
    invoice = praxis.invoice(praxis.customer())
    settle(praxis.db, invoice, "dead", "no_items")

    said = show(terminal, praxis)

    assert (said["state"], said["reason"], said["next"]) == ("dead", "no_items", None)
    told = page(terminal, praxis)
    assert f"lexrelay dead show {said['event_id']}" in told
    assert "To do (the practice): " in told


def test_a_pair_of_drafts_is_named(terminal: Terminal, praxis: Practice) -> None:
    """Both are for a human to finish; to delete them would lose what is left after a part was cancelled."""
    invoice = praxis.invoice(praxis.customer())
    for total in ("-85.00", "-60.00"):
        deliver(praxis, praxis.cancel(invoice, total=total), kind="cancellation", notice="original_is_draft")

    whole, part = (page(terminal, praxis, number) for number in ("ST-2026-0001", "ST-2026-0002"))

    assert "Finalise both or delete both" in whole
    assert "Finalise both; deleted, the rest" in part
    assert "/permalink/credit-notes/view/" in whole


def test_a_linked_credit_note_names_its_invoice(terminal: Terminal, praxis: Practice) -> None:
    """By its Lexware id."""
    cancellation, invoice = praxis.cancel(praxis.invoice(praxis.customer())), str(uuid.uuid4())
    deliver(praxis, cancellation, kind="cancellation", linked_invoice_id=invoice)

    assert show(terminal, praxis, "ST-2026-0001")["linked_invoice_id"] == invoice


def test_operators_are_in_the_story(terminal: Terminal, praxis: Practice) -> None:
    """Who did what, and why."""
    invoice = praxis.invoice(praxis.customer())
    praxis.db.execute(
        "insert into outbox.operator_action (by, action, why, event_id) values ('ada', 'replay', 'total corrected', %s)",
        (event_of(praxis.db, invoice),),
    )

    assert "ada: replayed (total corrected)." in page(terminal, praxis)


def test_a_document_from_before_the_switch_on_is_for_a_backfill(terminal: Terminal, db: psycopg.Connection) -> None:
    """It has no event, and the page says why and what brings it over."""
    praxis = Practice(db)
    praxis.invoice(praxis.customer())
    assert "was never switched on" in fail(terminal, praxis)

    praxis.switch_on(ORGANISATION, "key")

    assert "lexrelay backfill" in fail(terminal, praxis)


def test_a_document_that_the_safety_net_will_find_is_announced(terminal: Terminal, praxis: Practice) -> None:
    """Loaded without the trigger, completed while switched on."""
    with praxis.db.transaction():
        praxis.db.execute("alter table practice.invoices disable trigger lexrelay_document_completed")
        praxis.invoice(praxis.customer())

    assert "within a minute" in fail(terminal, praxis)


def test_a_draft_has_no_story_yet(terminal: Terminal, praxis: Practice) -> None:
    """It goes over when it is completed."""
    praxis.invoice(praxis.customer(), status="draft")

    assert "still a draft" in fail(terminal, praxis)


@pytest.mark.parametrize("number", ["RE-1", "", "'; drop table outbox.event; --", "\udcff"])
def test_an_unknown_number_is_said(terminal: Terminal, praxis: Practice, number: str) -> None:
    """Whatever was typed: exit code 1 and a sentence."""
    assert "has no document" in fail(terminal, praxis, number)


def test_an_unknown_practice_is_said(terminal: Terminal, praxis: Practice) -> None:
    """Also one whose number no database can hold."""
    for practice_id, said in ((77, "no practice 77"), (10**30, "no number or key 1000")):
        assert said in terminal.run("show", "RE-1", "--practice", practice_id, code=1)
