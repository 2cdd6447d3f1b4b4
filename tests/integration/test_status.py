"""The command status: every unsettled event counts once, by the first of the five that fits."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from ledger_rows import ORGANISATION, change, deliver, doubt, settle
from polling import until
from practice import Practice
from terminal import Terminal

from outbox.db import connect
from outbox.figures import STANDINGS
from outbox.session_lock import SessionLock
from outbox.sql import query


@pytest.fixture(name="terminal")
def _terminal(database_url: str) -> Terminal:
    return Terminal(database_url, LEXWARE_APP_URL="https://app.example")


@pytest.fixture(name="praxis")
def _praxis(db: psycopg.Connection) -> Practice:
    """A practice that may transfer."""
    praxis = Practice(db)
    praxis.switch_on(ORGANISATION, "key")
    return praxis


def standing_of(terminal: Terminal, **expected: int) -> None:
    """The figures are these, and all others are 0."""
    assert terminal.json("status")["events"] == dict.fromkeys(STANDINGS, 0) | expected


def test_an_empty_installation(terminal: Terminal) -> None:
    """All keys of the contract, and nothing in them; beside them the state of things."""
    said = terminal.json("status")

    assert [condition["code"] for condition in said.pop("state_of_things")["conditions"]] == ["no_poller", "no_worker"]
    assert said == {
        "events": dict.fromkeys(STANDINGS, 0),
        "oldest_pending_seconds": None,
        "practices": [],
        "draft_pairs": [],
        "poller": {"last_round_at": None},
        "workers": 0,
    }


def test_a_leased_event_is_in_flight_even_if_its_practice_is_held(terminal: Terminal, praxis: Practice) -> None:
    """In flight comes first."""
    invoice = praxis.invoice(praxis.customer())
    change(praxis.db, invoice, "handed_at = now(), lease_until = now()")
    praxis.db.execute("update outbox.lane set enabled = false")

    standing_of(terminal, in_flight=1)


def test_an_event_in_doubt_is_held_while_its_practice_is(terminal: Terminal, praxis: Practice) -> None:
    """Held comes before in doubt."""
    invoice = praxis.invoice(praxis.customer())
    doubt(praxis, invoice, "invoice", invoice)
    standing_of(terminal, in_doubt=1)

    praxis.db.execute("update outbox.lane set pause_reason = 'operator', paused_at = now()")

    standing_of(terminal, held=1)


def test_an_open_contact_intent_doubts_one_and_blocks_the_others(terminal: Terminal, praxis: Practice) -> None:
    """The event that opened it is in doubt; those of the same customer wait; other customers do not."""
    payer = praxis.customer()
    first, _ = praxis.invoice(payer), praxis.invoice(payer)
    praxis.invoice(praxis.customer())

    doubt(praxis, first, "contact", payer)

    standing_of(terminal, in_doubt=1, blocked=1, pending=1)


def test_a_cancellation_is_blocked_by_its_invoice(terminal: Terminal, praxis: Practice) -> None:
    """Also by a dead one."""
    invoice = praxis.invoice(praxis.customer())
    praxis.cancel(invoice)
    standing_of(terminal, pending=1, blocked=1)

    settle(praxis.db, invoice, "dead")

    standing_of(terminal, dead=1, blocked=1)


_EACH = """
select e.practice_id, outbox.standing(e, outbox.lane_connection(l)) as standing, count(*) as events
from outbox.event e left join outbox.lane l using (practice_id) where e.state = 'pending' group by 1, 2 order by 1, 2
"""
_ASKED = "select calls from pg_stat_user_functions where funcname = 'standing'"


def test_each_event_is_counted_where_it_stands_and_few_are_asked(praxis: Practice) -> None:
    """What an event costs does not grow with those that stand like it: a page asks again while thousands are sent."""
    other = Practice(praxis.db, name="Praxis Nebenan")
    other.switch_on("22222222-2222-4222-8222-222222222222", "key")
    for one in (praxis, other):
        payer, waiting = one.customer(), one.customer()
        sent, doubted, opened, cancelled, *_ = [one.invoice(payer) for _ in range(40)]
        change(one.db, sent, "handed_at = now(), lease_until = now()")
        doubt(one, doubted, "invoice", doubted)
        doubt(one, opened, "contact", waiting)
        one.invoice(waiting)
        one.cancel(cancelled)
    other.db.execute(
        "update outbox.lane set pause_reason = 'operator', paused_at = now() where practice_id = %s",
        (other.practice_id,),
    )

    one.db.execute("set track_functions = 'all'")
    counted = sorted(row[:3] for row in one.db.execute(query("status.unsettled")).fetchall())
    one.db.execute("select pg_stat_force_next_flush()")
    asked = one.db.execute(_ASKED).fetchone()
    one.db.execute("set track_functions = 'none'")

    assert counted == one.db.execute(_EACH).fetchall()
    assert {standing for _, standing, _ in counted} == {"pending", "in_flight", "in_doubt", "blocked", "held"}
    assert asked is not None
    assert asked[0] <= 12


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
    terminal: Terminal, praxis: Practice, change: str, connection: str
) -> None:
    """And the practice says why."""
    praxis.invoice(praxis.customer())

    praxis.db.execute(f"update outbox.lane set {change}")

    standing_of(terminal, held=1)
    [row] = terminal.json("status")["practices"]
    assert (row["connection"], row["pending"]) == (connection, 1)


def test_settled_events_are_counted_as_they_settle(terminal: Terminal, praxis: Practice) -> None:
    """Also back from dead to pending, and from delivered to dead."""
    one, two, three = (praxis.invoice(praxis.customer()) for _ in range(3))
    settle(praxis.db, one, "delivered")
    settle(praxis.db, two, "dead")
    settle(praxis.db, three, "discarded")
    standing_of(terminal, delivered=1, dead=1, discarded=1)

    change(praxis.db, two, "state = 'pending', closed_at = null, due_at = now()")
    settle(praxis.db, one, "dead")

    standing_of(terminal, pending=1, dead=1, discarded=1)


def test_folding_the_tally_changes_no_figure(terminal: Terminal, praxis: Practice, database_url: str) -> None:
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


def test_a_rolled_back_settlement_does_not_count(terminal: Terminal, praxis: Practice) -> None:
    """The tally is of the same transaction."""
    invoice = praxis.invoice(praxis.customer())
    with praxis.db.transaction(force_rollback=True):
        settle(praxis.db, invoice, "delivered")

    standing_of(terminal, pending=1)


def test_a_practice_shows_what_it_has_done(terminal: Terminal, praxis: Practice) -> None:
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


def test_the_oldest_pending_event_gives_the_age(terminal: Terminal, praxis: Practice) -> None:
    """Held ones do not count: somebody decided that they wait."""
    praxis.invoice(praxis.customer())
    praxis.db.execute("update outbox.event set created_at = now() - interval '1 hour'")
    assert 3600 <= terminal.json("status")["oldest_pending_seconds"] < 3700

    praxis.db.execute("update outbox.lane set enabled = false")

    assert terminal.json("status")["oldest_pending_seconds"] is None


def test_what_was_replayed_is_as_old_as_its_fresh_start(terminal: Terminal, praxis: Practice) -> None:
    """Nobody is alarmed about a letter of last week that goes its way again."""
    praxis.invoice(praxis.customer())
    praxis.db.execute("update outbox.event set created_at = now() - interval '7 days', replayed_at = now()")

    assert terminal.json("status")["oldest_pending_seconds"] < 60
    assert "pending too long" not in terminal.run("check", "--alarms", code=1)


def test_dead_letters_are_pointed_to(terminal: Terminal, praxis: Practice) -> None:
    """The page says where to go on reading."""
    settle(praxis.db, praxis.invoice(praxis.customer()), "dead", "no_items")

    assert "1 dead: `lexrelay dead groups` says why" in terminal.run("status")


def test_pairs_of_drafts_are_listed(terminal: Terminal, praxis: Practice) -> None:
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


def test_nobody_is_told_to_delete_what_was_cancelled_in_part(terminal: Terminal, praxis: Practice) -> None:
    """With both drafts the rest of the invoice would go."""
    invoice = praxis.invoice(praxis.customer())
    deliver(praxis, invoice)
    deliver(praxis, praxis.cancel(invoice, total="-60.00"), kind="cancellation", notice="original_is_draft")

    told = terminal.run("status")

    assert "finalise both." in told
    assert "delete both" not in told
    assert "is_part" not in terminal.json("status")["draft_pairs"][0]


def test_living_processes_are_counted(terminal: Terminal, database_url: str) -> None:
    """A process counts as long as its session holds its lock, and no longer."""
    worker, poller = SessionLock(database_url, "worker", threads=2), SessionLock(database_url, "poller")
    for session_lock in (worker, poller):
        session_lock.start()
    until(lambda: worker.process_id and poller.process_id)
    alive = terminal.json("status")

    for session_lock in (worker, poller):
        session_lock.stop()

    assert (alive["workers"], alive["poller"]["last_round_at"] is None) == (1, False)
    assert terminal.json("status")["workers"] == 0


def test_the_page_says_what_to_do(terminal: Terminal, praxis: Practice) -> None:
    """Nobody works, and a practice is paused."""
    praxis.invoice(praxis.customer())
    praxis.db.execute("update outbox.lane set pause_reason = 'key_invalid', paused_at = now()")

    page = terminal.run("status")

    for piece in (
        "No poller is running",
        "No worker is running",
        "paused: key_invalid",
        "practice 1 is paused; 1 document is held",
    ):
        assert piece in page


def test_many_practices_that_are_well_are_only_counted(terminal: Terminal, praxis: Practice) -> None:
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


def test_watching_and_json_exclude_each_other(terminal: Terminal) -> None:
    """One JSON document, or a page that moves."""
    terminal.run("status", "--watch", "--json", code=2)
