"""`lexrelay replay`: the plan first, a fresh start for what was chosen, nothing for the rest, and everything recorded."""

import threading
from datetime import timedelta

import psycopg
import pytest
from letters import (
    FOUND,
    ORGANISATION,
    Operator,
    attempt,
    event_of,
    intent,
    kill,
    on_duty,
    switched_on,
)
from practice import Practice

from outbox.db import connect
from outbox.dead_letters import Filter, letters
from outbox.replay import replay


@pytest.fixture(name="operator")
def _operator(db: psycopg.Connection, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """Whoever looks after lexrelay."""
    return on_duty(db, database_url, monkeypatch)


@pytest.fixture(name="house")
def _house(db: psycopg.Connection) -> Practice:
    """A switched-on practice."""
    return switched_on(db)


def test_replay_gives_a_fresh_start(house: Practice, operator: Operator) -> None:
    """Pending, due, all counters at zero; what names the hand-outs and claims only grows, and no intent is touched."""
    event_id = kill(
        house, "retries_exhausted", tries=9, crashes=2, epoch=7, fence=9, step="contact", http_status=500, priority=1
    )
    kept = intent(house, event_id, "not_sent")

    [row] = operator.json("replay", event_id)

    event = operator.event(event_id)
    assert row == {"event_id": event_id, "number": "RE-2026-0001", "plan": "send", "result": "replayed"}
    assert (event["state"], event["step"], event["tries"], event["crashes"]) == ("pending", "document", 0, 0)
    assert (event["epoch"], event["fence"], event["priority"]) == (7, 9, 1)
    assert [event[name] for name in ("reason", "detail", "http_status", "cause", "closed_at")] == [None] * 5
    assert event["due_at"] is not None
    assert house.db.execute("select intent_id, outcome from outbox.intent").fetchall() == [(kept, "not_sent")]


def test_replay_is_recorded(house: Practice, operator: Operator) -> None:
    """Who, what, why; and what it had died of, which the event forgets."""
    event_id = kill(house, "retries_exhausted", http_status=503)

    operator.json("replay", event_id, "--by", "ada", "--why", "network is back")

    assert operator.history() == [("ada", "replay", event_id, "network is back")]
    detail = house.db.execute("select detail from outbox.operator_action").fetchone()[0]
    assert (detail["reason"], detail["http_status"]) == ("retries_exhausted", 503)


def test_a_dry_run_changes_nothing(house: Practice, operator: Operator) -> None:
    """The plan, and not a row more."""
    event_id = kill(house, "retries_exhausted")

    [row] = operator.json("replay", event_id, "--dry-run")

    assert (row["plan"], row["result"]) == ("send", "planned")
    assert operator.state(event_id) == "dead"
    assert operator.history() == []


def test_unlinked_means_nothing_to_an_invoice(house: Practice, operator: Operator) -> None:
    """Only cancellations have an original to do without."""
    event_id = kill(house, "retries_exhausted")

    operator.json("replay", event_id, "--unlinked")

    assert operator.event(event_id)["unlinked"] is False


def test_a_letter_that_lacks_something_is_replayed_all_the_same(house: Practice, operator: Operator) -> None:
    """A human was told; it is checked again before anything is sent, so there is nothing to protect."""
    event_id = kill(house, "missing_field")
    house.db.execute("update practice.customers set country_code = null")

    result = operator.run("replay", event_id)

    assert "addressee's country (payer.country_code)" in result.stdout
    assert operator.state(event_id) == "pending"


def test_a_duplicate_is_refused(house: Practice, operator: Operator) -> None:
    """It is there already: named, the replay fails; met by a filter, it stays dead and the others go."""
    twice, other = kill(house, "duplicate_found", detail={"lexware_ids": [FOUND]}), kill(house, "retries_exhausted")

    named, filtered = operator.run("replay", twice, other), operator.json("replay", "--all")

    assert named.exit_code == 1
    assert "discard --remote-id" in named.stdout
    assert [row["result"] for row in filtered] == ["refused", "replayed"]
    assert (operator.state(twice), operator.state(other)) == ("dead", "pending")


def test_a_frozen_sender_holds_a_replay_back(house: Practice, operator: Operator) -> None:
    """While the process that may have sent it holds its lock, the replay is refused and names it; then it looks first."""
    event_id = kill(house, "sender_frozen")
    attempt(house, event_id, None)
    house.db.execute("insert into outbox.process (kind, host, pid, threads) values ('worker', 'heron', 4711, 8)")
    process_id = house.db.execute("select process_id from outbox.process").fetchone()[0]
    intent(house, event_id, worker=process_id)
    house.db.execute("select pg_advisory_lock(5462898, %s)", (process_id,))

    frozen = operator.run("replay", event_id)
    house.db.execute("select pg_advisory_unlock(5462898, %s)", (process_id,))
    [freed] = operator.json("replay", event_id)

    assert frozen.exit_code == 1
    assert "heron, pid 4711" in frozen.stdout
    assert (freed["plan"], freed["result"]) == ("look_first", "replayed")


def test_what_is_not_dead_is_refused_and_nothing_else_happens(house: Practice, operator: Operator) -> None:
    """One wrong id among several: a sentence for it, exit code 1, and the others stay dead."""
    dead = kill(house, "retries_exhausted")
    pending = event_of(house, house.invoice(house.customer()))

    result = operator.run("replay", dead, pending, 4711)

    assert result.exit_code == 1
    assert f"Event {pending} (RE-2026-0002) is not dead but pending." in result.stderr
    assert "There is no event 4711." in result.stderr
    assert operator.state(dead) == "dead"


def test_a_delivered_event_is_refused_with_its_link(house: Practice, operator: Operator) -> None:
    """Never a second time; the operator gets the page in Lexware instead."""
    event_id = kill(house, "", state="delivered")
    house.db.execute(
        "insert into lexware.document_link (practice_id, document_id, organisation_id, kind, lexware_id, origin) "
        "select practice_id, document_id, %s, kind, %s, 'created' from outbox.event", (ORGANISATION, FOUND),
    )  # fmt: skip

    result = operator.run("replay", event_id, "--json")

    assert result.exit_code == 1
    assert f"https://app.lexware.de/permalink/invoices/view/{FOUND}" in result.stderr
    assert '"result": "refused"' in result.stdout


def test_a_filter_that_finds_nothing_is_no_failure(house: Practice, operator: Operator) -> None:
    """An empty list, exit code 0."""
    assert operator.json("replay", "--reason", "no_items") == []


@pytest.mark.parametrize(
    "words", [[], ["7", "--all"], ["--all", "--reason", "no_items"], ["--all", "--canary", "0"]], ids=" ".join
)
def test_what_to_replay_is_said_in_one_way(operator: Operator, words: list[str]) -> None:
    """Events, or filters, or all: anything else is a usage error."""
    assert operator.run("replay", *words).exit_code == 2


def test_only_the_chosen_group_is_replayed(house: Practice, operator: Operator) -> None:
    """Everything else stays as it is."""
    chosen = [kill(house, "retries_exhausted", cause="retries_exhausted no_answer") for _ in range(3)]
    other = kill(house, "retries_exhausted", cause="retries_exhausted not_reached")
    group = operator.json("dead", "groups")[0]["group"]

    replayed = operator.json("replay", "--group", group)

    assert [row["event_id"] for row in replayed] == chosen
    assert operator.state(other) == "dead"


def test_of_two_operators_the_second_changes_nothing(house: Practice, database_url: str, operator: Operator) -> None:
    """Both saw the same plan and press at once: each letter is replayed by one of them, and recorded once."""
    for _ in range(20):
        kill(house, "retries_exhausted")
    start, replayed = threading.Barrier(2), []

    def press(name: str) -> None:
        with connect(database_url) as connection:
            seen = letters(connection, Filter())
            start.wait()
            replayed.append(replay(connection, seen, by=name, why=None))

    operators = [threading.Thread(target=press, args=(name,)) for name in ("ada", "bob")]
    for one in operators:
        one.start()
    for one in operators:
        one.join()

    assert sorted(map(len, replayed)) == [0, 20]
    assert len(operator.history()) == 20


def test_a_letter_that_died_again_is_another_letter(house: Practice, database_url: str) -> None:
    """Between plan and deed it was replayed and died of something else: what was not seen is not replayed."""
    event_id = kill(house, "retries_exhausted")
    with connect(database_url) as connection:
        seen = letters(connection, Filter())
        kill(house, "in_doubt", document=seen[0].document_id)

        assert replay(connection, seen, by="ada", why=None) == set()
        assert letters(connection, Filter(since=timedelta(minutes=1)))[0].event_id == event_id


@pytest.mark.parametrize(("reason", "anew"), [("tax_conflict", True), ("totals_differ", False)])
def test_a_tax_letter_has_the_profile_read_anew(house: Practice, operator: Operator, reason: str, anew: bool) -> None:
    """Its remedy may be a setting in Lexware, which is otherwise read once a day."""
    event_id = kill(house, reason)

    operator.json("replay", event_id)

    assert house.db.execute("select profile_read_at is null from lexware.connection").fetchone()[0] is anew
