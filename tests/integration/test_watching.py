"""The commands status, show and history: what they say is what the ledger says."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from polling import eventually
from practice import Practice
from stage import Stage
from terminal import Terminal

from outbox.db import connect
from outbox.figures import STANDINGS
from outbox.presence import Presence
from outbox.sql import query

ORGANISATION = "0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11"
INTENT = (
    "insert into outbox.intent (practice_id, organisation_id, event_id, effect, subject_id, fence, worker, send_by, sent_with) "
    "values (%s, %s, %s, %s, %s, 1, 1, now(), '{}')"
)


@pytest.fixture(name="terminal")
def _terminal(database_url: str) -> Terminal:
    return Terminal(database_url, LEXWARE_APP_URL="https://app.example")


@pytest.fixture(name="praxis")
def _praxis(db: psycopg.Connection) -> Practice:
    """A practice that may transfer."""
    praxis = Practice(db)
    praxis.switch_on(ORGANISATION, "key")
    return praxis


def event_of(db: psycopg.Connection, document_id: int) -> int:
    """The id of a document's event."""
    row = db.execute("select event_id from outbox.event where document_id = %s", (document_id,)).fetchone()
    assert row is not None
    return int(row[0])


def change(db: psycopg.Connection, document_id: int, assignments: str) -> None:
    """Change columns of a document's event."""
    db.execute(f"update outbox.event set {assignments} where document_id = {document_id}")


def settle(db: psycopg.Connection, document_id: int, state: str) -> None:
    """Settle a document's event."""
    change(db, document_id, f"state = '{state}', closed_at = clock_timestamp(), due_at = null")


def deliver(praxis: Practice, document_id: int, **columns: Any) -> str:
    """What a delivery leaves behind; returns the Lexware id."""
    settle(praxis.db, document_id, "delivered")
    made = str(uuid.uuid4())
    link = {"kind": "invoice", "linked_invoice_id": None, "notice": None} | columns
    praxis.db.execute(
        "insert into lexware.document_link (practice_id, document_id, organisation_id, kind, lexware_id, linked_invoice_id, "
        "notice, origin) values (%s, %s, %s, %s, %s, %s, %s, 'created')",
        (praxis.practice_id, document_id, ORGANISATION, link["kind"], made, link["linked_invoice_id"], link["notice"]),
    )
    return made


def standing_of(terminal: Terminal, **expected: int) -> None:
    """The figures are these, and all others are 0."""
    assert terminal.json("status")["events"] == dict.fromkeys(STANDINGS, 0) | expected


class TestStatus:
    """Every unsettled event counts once, by the first of the five that fits."""

    def test_an_empty_installation(self, terminal: Terminal) -> None:
        """All keys of the contract, and nothing in them."""
        assert terminal.json("status") == {
            "events": dict.fromkeys(STANDINGS, 0),
            "oldest_pending_seconds": None,
            "practices": [],
            "draft_pairs": [],
            "poller": {"last_round_at": None},
            "workers": 0,
        }

    def test_a_leased_event_is_in_flight_even_if_its_practice_is_held(
        self, terminal: Terminal, praxis: Practice
    ) -> None:
        """In flight comes first."""
        invoice = praxis.invoice(praxis.customer())
        change(praxis.db, invoice, "handed_at = now(), lease_until = now()")
        praxis.db.execute("update outbox.lane set enabled = false")

        standing_of(terminal, in_flight=1)

    def test_an_event_in_doubt_is_held_while_its_practice_is(self, terminal: Terminal, praxis: Practice) -> None:
        """Held comes before in doubt."""
        invoice = praxis.invoice(praxis.customer())
        self.doubt(praxis, invoice, "invoice", invoice)
        standing_of(terminal, in_doubt=1)

        praxis.db.execute("update outbox.lane set pause_reason = 'operator', paused_at = now()")

        standing_of(terminal, held=1)

    def test_an_open_contact_intent_doubts_one_and_blocks_the_others(
        self, terminal: Terminal, praxis: Practice
    ) -> None:
        """The event that opened it is in doubt; those of the same customer wait; other customers do not."""
        payer = praxis.customer()
        first, _ = praxis.invoice(payer), praxis.invoice(payer)
        praxis.invoice(praxis.customer())

        self.doubt(praxis, first, "contact", payer)

        standing_of(terminal, in_doubt=1, blocked=1, pending=1)

    def test_a_cancellation_is_blocked_by_its_invoice(self, terminal: Terminal, praxis: Practice) -> None:
        """Also by a dead one."""
        invoice = praxis.invoice(praxis.customer())
        praxis.cancel(invoice)
        standing_of(terminal, pending=1, blocked=1)

        settle(praxis.db, invoice, "dead")

        standing_of(terminal, dead=1, blocked=1)

    @pytest.mark.parametrize(
        ("change", "connection"),
        [
            pytest.param("enabled = false", "disabled", id="disabled"),
            pytest.param("connected = false", "not_connected", id="no key"),
            pytest.param("booked_until = now()", "not_booked", id="not booked"),
            pytest.param("pause_reason = 'key_invalid', paused_at = now()", "paused", id="paused"),
        ],
    )
    def test_events_of_a_practice_that_may_not_transfer_are_held(
        self, terminal: Terminal, praxis: Practice, change: str, connection: str
    ) -> None:
        """And the practice says why."""
        praxis.invoice(praxis.customer())

        praxis.db.execute(f"update outbox.lane set {change}")

        standing_of(terminal, held=1)
        [row] = terminal.json("status")["practices"]
        assert (row["connection"], row["pending"]) == (connection, 1)

    def test_settled_events_are_counted_as_they_settle(self, terminal: Terminal, praxis: Practice) -> None:
        """Also back from dead to pending, and from delivered to dead."""
        one, two, three = (praxis.invoice(praxis.customer()) for _ in range(3))
        settle(praxis.db, one, "delivered")
        settle(praxis.db, two, "dead")
        settle(praxis.db, three, "discarded")
        standing_of(terminal, delivered=1, dead=1, discarded=1)

        change(praxis.db, two, "state = 'pending', closed_at = null, due_at = now()")
        settle(praxis.db, one, "dead")

        standing_of(terminal, pending=1, dead=1, discarded=1)

    def test_folding_the_tally_changes_no_figure(self, terminal: Terminal, praxis: Practice, database_url: str) -> None:
        """Before, between and after; and what is folded is gone from the changes."""
        one, two = praxis.invoice(praxis.customer()), praxis.invoice(praxis.customer())
        with connect(database_url) as connection:
            settle(praxis.db, one, "delivered")
            connection.execute(query("tally.fold"))
            settle(praxis.db, two, "delivered")
            before = terminal.json("status")

            connection.execute(query("tally.fold"))

        assert terminal.json("status")["practices"] == before["practices"]
        assert before["events"]["delivered"] == 2
        assert praxis.db.execute("select count(*) from outbox.tally_change").fetchone() == (0,)

    def test_a_rolled_back_settlement_does_not_count(self, terminal: Terminal, praxis: Practice) -> None:
        """The tally is of the same transaction."""
        invoice = praxis.invoice(praxis.customer())
        with praxis.db.transaction(force_rollback=True):
            settle(praxis.db, invoice, "delivered")

        standing_of(terminal, pending=1)

    def test_a_practice_shows_what_it_has_done(self, terminal: Terminal, praxis: Practice) -> None:
        """Exactly the keys of the contract."""
        delivered, dead = praxis.invoice(praxis.customer()), praxis.invoice(praxis.customer())
        praxis.invoice(praxis.customer())
        settle(praxis.db, delivered, "delivered")
        settle(praxis.db, dead, "dead")

        [row] = terminal.json("status")["practices"]

        assert datetime.now(UTC) - datetime.fromisoformat(row.pop("last_delivered_at")) < timedelta(minutes=1)
        assert row == {
            "practice_id": praxis.practice_id, "name": "Praxis Lindenweg", "connection": "active", "pause_reason": None,
            "pending": 1, "dead": 1, "delivered": 1,
        }  # fmt: skip

    def test_the_oldest_pending_event_gives_the_age(self, terminal: Terminal, praxis: Practice) -> None:
        """Held ones do not count: somebody decided that they wait."""
        praxis.invoice(praxis.customer())
        praxis.db.execute("update outbox.event set created_at = now() - interval '1 hour'")
        assert 3600 <= terminal.json("status")["oldest_pending_seconds"] < 3700

        praxis.db.execute("update outbox.lane set enabled = false")

        assert terminal.json("status")["oldest_pending_seconds"] is None

    def test_pairs_of_drafts_are_listed(self, terminal: Terminal, praxis: Practice) -> None:
        """With the numbers and Lexware ids of both."""
        invoice = praxis.invoice(praxis.customer())
        cancellation = praxis.cancel(invoice)
        made = deliver(praxis, invoice)
        credit = deliver(praxis, cancellation, kind="cancellation", notice="original_is_draft")

        assert terminal.json("status")["draft_pairs"] == [
            {
                "practice_id": praxis.practice_id, "invoice_number": "RE-2026-0001",
                "cancellation_number": "ST-2026-0001", "invoice_id": made, "credit_note_id": credit,
            }
        ]  # fmt: skip
        assert "finalise both or delete both" in terminal.run("status")

    def test_living_processes_are_counted(self, terminal: Terminal, database_url: str) -> None:
        """A process counts as long as its session holds its lock, and no longer."""
        worker, poller = Presence(database_url, "worker", threads=2), Presence(database_url, "poller")
        for presence in (worker, poller):
            presence.start()
        eventually(lambda: worker.process_id and poller.process_id)
        alive = terminal.json("status")

        for presence in (worker, poller):
            presence.stop()

        assert (alive["workers"], alive["poller"]["last_round_at"] is None) == (1, False)
        assert terminal.json("status")["workers"] == 0

    def test_the_page_says_what_to_do(self, terminal: Terminal, praxis: Practice) -> None:
        """Nobody works, and a practice is paused."""
        praxis.invoice(praxis.customer())
        praxis.db.execute("update outbox.lane set pause_reason = 'key_invalid', paused_at = now()")

        page = terminal.run("status")

        for piece in ("No poller is running", "No worker is running", "paused: key_invalid", "Nothing is pending"):
            assert piece in page

    def test_many_practices_that_are_well_are_only_counted(self, terminal: Terminal, praxis: Practice) -> None:
        """The page shows where somebody has to look."""
        praxis.db.execute(
            "insert into outbox.lane (practice_id, enabled, booked_from, connected) "
            "select n, true, now() - interval '1 day', true from generate_series(1000, 1040) as n"
        )
        praxis.db.execute("update outbox.lane set enabled = false where practice_id = 1007")

        page = terminal.run("status")

        assert "1007" in page
        assert "1008" not in page
        assert "And 41 practices where everything is delivered." in page

    def test_watching_and_json_exclude_each_other(self, terminal: Terminal) -> None:
        """One JSON document, or a page that moves."""
        terminal.run("status", "--watch", "--json", code=2)

    @staticmethod
    def doubt(praxis: Practice, document_id: int, effect: str, subject_id: int) -> None:
        """Open an intent for a document's event."""
        event_id = event_of(praxis.db, document_id)
        praxis.db.execute(INTENT, (praxis.practice_id, ORGANISATION, event_id, effect, subject_id))


class TestShow:
    """The whole story of one document, and what happens next."""

    def show(self, terminal: Terminal, praxis: Practice, number: str = "RE-2026-0001") -> Any:
        """What the command says in JSON."""
        return terminal.json("show", number, "--practice", praxis.practice_id)

    def page(self, terminal: Terminal, praxis: Practice, number: str = "RE-2026-0001") -> str:
        """What the command says to people."""
        return terminal.run("show", number, "--practice", praxis.practice_id)

    def test_a_delivered_document_is_told_from_its_beginning(self, stage: Stage, database_url: str) -> None:
        """A new payer: the contact first, then the document; exactly the keys of the contract."""
        document = stage.practice.invoice(stage.practice.customer())
        stage.run()
        made = stage.lexware_id(document)

        said = self.show(Terminal(database_url, LEXWARE_APP_URL="https://app.example"), stage.practice)

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
        }  # fmt: skip

    def test_the_page_can_be_read_aloud(self, stage: Stage, database_url: str) -> None:
        """In order of time, with what was tried, what Lexware made of it, and where it is."""
        document = stage.practice.invoice(stage.practice.customer())
        stage.run()

        page = self.page(Terminal(database_url), stage.practice)

        told = ["was written", "Attempt 1 begins", "The contact in Lexware is needed first", "find or create the contact",
                "create contact", "created, ", "create invoice", "Arrived in Lexware", "Settled: delivered", "In Lexware: ", "To edit it: ", "Its contact: ",
                "Nothing more happens."]  # fmt: skip
        places = [page.index(piece) for piece in told]
        assert places == sorted(places)
        assert stage.lexware_id(document) in page

    def test_looks_are_told_with_their_evidence(self, terminal: Terminal, praxis: Practice) -> None:
        """What was found, when, and whether it counts."""
        invoice = praxis.invoice(praxis.customer())
        event_id = event_of(praxis.db, invoice)
        praxis.db.execute(INTENT, (praxis.practice_id, ORGANISATION, event_id, "invoice", invoice))
        praxis.db.execute(
            "insert into outbox.look (intent_id, verdict, counts, evidence) "
            """select intent_id, 'absent', false, '{"lexware_ids": []}' from outbox.intent"""
        )

        said = self.show(terminal, praxis)

        assert (said["state"], said["next"]["what"]) == ("in_doubt", "look")
        assert [(look["verdict"], look["counts"]) for look in said["intents"][0]["looks"]] == [("absent", False)]
        assert "does not count while its sender may be alive" in self.page(terminal, praxis)

    def test_the_next_step_is_reckoned_from_the_place_in_the_lane(self, terminal: Terminal, praxis: Practice) -> None:
        """One gap of the rate for each event before it."""
        for _ in range(31):
            praxis.invoice(praxis.customer())

        said = self.show(terminal, praxis, "RE-2026-0031")

        ahead = datetime.fromisoformat(said["next"]["at"]) - datetime.now(UTC)
        assert said["next"]["what"] == "upload_invoice"
        assert timedelta(seconds=18) < ahead <= timedelta(seconds=20)
        assert "Before it: 30." in self.page(terminal, praxis, "RE-2026-0031")

    def test_a_later_due_time_wins(self, terminal: Terminal, praxis: Practice) -> None:
        """A retry comes when it is due."""
        invoice = praxis.invoice(praxis.customer())
        change(praxis.db, invoice, "due_at = now() + interval '1 hour', reason = 'no_answer'")

        said = self.show(terminal, praxis)

        assert datetime.fromisoformat(said["next"]["at"]) - datetime.now(UTC) > timedelta(minutes=59)
        assert (said["state"], said["reason"]) == ("pending", "no_answer")

    @pytest.mark.parametrize(
        ("assignments", "reason", "words"),
        [
            pytest.param("enabled = false", "disabled", "practice enable", id="disabled"),
            pytest.param("booked_from = null", "not_booked", "practice book", id="not booked"),
            pytest.param("connected = false", "not_connected", "practice connect", id="no key"),
            pytest.param("pause_reason = 'operator', paused_at = now()", "operator", "practice resume", id="by hand"),
            pytest.param(
                "pause_reason = 'key_invalid', paused_at = now()", "key_invalid", "practice connect", id="key"
            ),
        ],
    )
    def test_a_held_document_says_by_what(
        self, terminal: Terminal, praxis: Practice, assignments: str, reason: str, words: str
    ) -> None:
        """And which command lets it go on."""
        praxis.invoice(praxis.customer())
        praxis.db.execute(f"update outbox.lane set {assignments}")

        said = self.show(terminal, praxis)

        assert (said["state"], said["reason"]) == ("held", reason)
        assert said["next"] == {"what": "wait_for_practice", "at": None}
        assert words in self.page(terminal, praxis)

    def test_a_blocked_cancellation_names_its_invoice(self, terminal: Terminal, praxis: Practice) -> None:
        """What it waits for, and how that stands."""
        invoice = praxis.invoice(praxis.customer())
        praxis.cancel(invoice)
        change(praxis.db, invoice, "state = 'dead', closed_at = now(), due_at = null, reason = 'totals_differ'")

        said = self.show(terminal, praxis, "ST-2026-0001")

        assert (said["state"], said["next"]) == ("blocked", {"what": "wait_for_original", "at": None})
        page = self.page(terminal, praxis, "ST-2026-0001")
        assert "waits for its invoice RE-2026-0001" in page
        assert "dead (totals_differ)" in page

    def test_a_document_behind_its_customers_contact_names_the_other(
        self, terminal: Terminal, praxis: Practice
    ) -> None:
        """The contact is in doubt in another event."""
        payer = praxis.customer()
        first, _ = praxis.invoice(payer), praxis.invoice(payer)
        praxis.db.execute(INTENT, (praxis.practice_id, ORGANISATION, event_of(praxis.db, first), "contact", payer))

        said = self.show(terminal, praxis, "RE-2026-0002")

        assert (said["state"], said["next"]) == ("blocked", {"what": "wait_for_customer", "at": None})
        assert "the same customer's RE-2026-0001" in self.page(terminal, praxis, "RE-2026-0002")

    def test_a_dead_letter_points_to_its_remedy(self, terminal: Terminal, praxis: Practice) -> None:
        """Nothing happens by itself."""
        invoice = praxis.invoice(praxis.customer())
        change(praxis.db, invoice, "state = 'dead', closed_at = now(), due_at = null, reason = 'no_items'")

        said = self.show(terminal, praxis)

        assert (said["state"], said["reason"], said["next"]) == ("dead", "no_items", None)
        page = self.page(terminal, praxis)
        assert f"lexrelay dead show {said['event_id']}" in page
        assert "To do: " in page

    def test_a_pair_of_drafts_is_named(self, terminal: Terminal, praxis: Practice) -> None:
        """Both are for a human to finish."""
        cancellation = praxis.cancel(praxis.invoice(praxis.customer()))
        deliver(praxis, cancellation, kind="cancellation", notice="original_is_draft")

        page = self.page(terminal, praxis, "ST-2026-0001")

        assert "Finalise both or delete both" in page
        assert "/permalink/credit-notes/view/" in page

    def test_a_linked_credit_note_names_its_invoice(self, terminal: Terminal, praxis: Practice) -> None:
        """By its Lexware id."""
        cancellation, invoice = praxis.cancel(praxis.invoice(praxis.customer())), str(uuid.uuid4())
        deliver(praxis, cancellation, kind="cancellation", linked_invoice_id=invoice)

        assert self.show(terminal, praxis, "ST-2026-0001")["linked_invoice_id"] == invoice

    def test_operators_are_in_the_story(self, terminal: Terminal, praxis: Practice) -> None:
        """Who did what, and why."""
        invoice = praxis.invoice(praxis.customer())
        praxis.db.execute(
            "insert into outbox.operator_action (by, action, why, event_id) values ('ada', 'replay', 'total corrected', %s)",
            (event_of(praxis.db, invoice),),
        )

        assert "ada: replay (total corrected)." in self.page(terminal, praxis)

    def test_a_document_from_before_the_switch_on_is_for_a_backfill(
        self, terminal: Terminal, db: psycopg.Connection
    ) -> None:
        """It has no event, and the page says why and what brings it over."""
        praxis = Practice(db)
        praxis.invoice(praxis.customer())
        assert "was never switched on" in self.fail(terminal, praxis)

        praxis.switch_on(ORGANISATION, "key")

        assert "lexrelay backfill" in self.fail(terminal, praxis)

    def test_a_document_that_the_safety_net_will_find_is_announced(self, terminal: Terminal, praxis: Practice) -> None:
        """Loaded without the trigger, completed while switched on."""
        with praxis.db.transaction():
            praxis.db.execute("alter table practice.invoices disable trigger lexrelay_document_completed")
            praxis.invoice(praxis.customer())

        assert "within a minute" in self.fail(terminal, praxis)

    def test_a_draft_has_no_story_yet(self, terminal: Terminal, praxis: Practice) -> None:
        """It goes over when it is completed."""
        praxis.invoice(praxis.customer(), status="draft")

        assert "still a draft" in self.fail(terminal, praxis)

    @pytest.mark.parametrize("number", ["RE-1", "", "'; drop table outbox.event; --", "\udcff"])
    def test_an_unknown_number_is_said(self, terminal: Terminal, praxis: Practice, number: str) -> None:
        """Whatever was typed: exit code 1 and a sentence."""
        assert "has no document" in self.fail(terminal, praxis, number)

    def test_an_unknown_practice_is_said(self, terminal: Terminal, praxis: Practice) -> None:
        """Also one whose number no database can hold."""
        for practice_id in (77, 10**30):
            assert f"no practice {practice_id}" in terminal.run("show", "RE-1", "--practice", practice_id, code=1)

    def fail(self, terminal: Terminal, praxis: Practice, number: str = "RE-2026-0001") -> str:
        """What the command says with exit code 1."""
        return terminal.run("show", number, "--practice", praxis.practice_id, code=1)


class TestHistory:
    """Operator actions, the oldest first."""

    @pytest.fixture(name="done", autouse=True)
    def _done(self, praxis: Practice) -> int:
        """Two actions, one of them about an event, which is returned."""
        event_id = event_of(praxis.db, praxis.invoice(praxis.customer()))
        praxis.db.execute(
            "insert into outbox.operator_action (by, action, why, practice_id, event_id) values "
            "('ada', 'pause', null, 1, null), ('bert', 'replay', 'fixed', 2, %s)",
            (event_id,),
        )
        return event_id

    def test_everything_is_listed(self, terminal: Terminal) -> None:
        """Who, what, why."""
        done = terminal.json("history")

        assert [(row["by"], row["action"], row["why"]) for row in done] == [
            ("ada", "pause", None),
            ("bert", "replay", "fixed"),
        ]
        assert "bert" in terminal.run("history")

    def test_filters(self, terminal: Terminal, done: int) -> None:
        """By practice and by event; an empty result is an answer."""
        assert [row["by"] for row in terminal.json("history", "--practice", 1)] == ["ada"]
        assert [row["by"] for row in terminal.json("history", "--event", done)] == ["bert"]
        assert terminal.json("history", "--practice", 3) == []

    def test_an_event_that_is_not_there_is_said(self, terminal: Terminal) -> None:
        """An explicit id must exist."""
        assert "There is no event 999" in terminal.run("history", "--event", 999, code=1)
