"""`lexrelay discard`: closes dead letters for good, says what they became, and lets the others go on."""

import psycopg
import pytest
from letters import ELSEWHERE, FOUND, Operator, event_of, intent, kill, on_duty, switched_on
from practice import Practice


@pytest.fixture(name="operator")
def _operator(db: psycopg.Connection, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """Whoever looks after lexrelay."""
    return on_duty(db, database_url, monkeypatch)


@pytest.fixture(name="house")
def _house(db: psycopg.Connection) -> Practice:
    """A switched-on practice."""
    return switched_on(db)


def test_discard_closes_and_is_recorded(house: Practice, operator: Operator) -> None:
    """State discarded, the reason stays, and the history says who and why."""
    event_id = kill(house, "missing_field", detail={"field": "payer.zip"})

    result = operator.run("discard", event_id, "--by", "ada", "--why", "wrong customer")

    event = operator.event(event_id)
    assert result.exit_code == 0
    assert (event["state"], event["reason"], event["detail"]) == ("discarded", "missing_field", {"field": "payer.zip"})
    assert operator.history() == [("ada", "discard", event_id, "wrong customer")]
    assert "RE-2026-0001" in result.stdout


@pytest.mark.parametrize("why", [[], ["--why", " "]], ids=["missing", "blank"])
def test_discard_asks_why(house: Practice, operator: Operator, why: list[str]) -> None:
    """Without a reason it is a usage error, and nothing changes."""
    event_id = kill(house, "missing_field")

    assert operator.run("discard", event_id, *why).exit_code == 2
    assert operator.state(event_id) == "dead"


def test_only_dead_letters_are_discarded(house: Practice, operator: Operator) -> None:
    """One that is not there or not dead: exit code 1, and none of them is closed."""
    dead, pending = kill(house, "missing_field"), event_of(house, house.invoice(house.customer()))

    result = operator.run("discard", dead, pending, 4711, "--why", "tidy up")

    assert result.exit_code == 1
    assert (operator.state(dead), operator.state(pending)) == ("dead", "pending")


def test_done_by_hand_links_the_document(house: Practice, operator: Operator) -> None:
    """With `--remote-id` the document is known as that one in Lexware, and its open intent is resolved with it."""
    event_id = kill(house, "in_doubt")
    intent(house, event_id)

    result = operator.run("discard", event_id, "--why", "entered by hand", "--remote-id", FOUND)

    assert (result.exit_code, f"permalink/invoices/view/{FOUND}" in result.stdout) == (0, True)

    link = house.db.execute("select lexware_id::text, origin, kind from lexware.document_link").fetchone()
    closed = house.db.execute("select outcome, remote_id::text from outbox.intent").fetchone()
    assert link == (FOUND, "by_hand", "invoice")
    assert closed == ("resolved", FOUND)
    assert operator.event(event_id)["detail"] == {"by_hand": FOUND}


def test_of_two_duplicates_the_operator_names_the_one_that_stays(house: Practice, operator: Operator) -> None:
    """What a human states wins over what was believed, so that a cancellation asks for the right one."""
    event_id = kill(house, "duplicate_found", detail={"lexware_ids": [ELSEWHERE, FOUND]})
    operator.run("discard", event_id, "--why", "first", "--remote-id", ELSEWHERE)
    house.db.execute("update outbox.event set state = 'dead'")

    operator.run("discard", event_id, "--why", "the other one was deleted", "--remote-id", FOUND)

    assert house.db.execute("select lexware_id::text from lexware.document_link").fetchall() == [(FOUND,)]


def test_a_document_of_another_number_is_refused(house: Practice, operator: Operator) -> None:
    """An id that is another document's is a slip of the hand: named, exit code 1, nothing changes."""
    first, second = kill(house, "in_doubt"), kill(house, "in_doubt")
    operator.run("discard", first, "--why", "by hand", "--remote-id", FOUND)

    result = operator.run("discard", second, "--why", "by hand", "--remote-id", FOUND)

    assert result.exit_code == 1
    assert "is document RE-2026-0001 in Lexware already" in result.stderr
    assert operator.state(second) == "dead"
    assert len(operator.history()) == 1


def test_without_a_connection_no_id_can_be_kept(house: Practice, operator: Operator) -> None:
    """Nobody knows whose document it would be: refused, and nothing changes."""
    event_id = kill(house, "in_doubt")
    house.db.execute("update lexware.connection set organisation_id = null")

    result = operator.run("discard", event_id, "--why", "by hand", "--remote-id", FOUND)

    assert result.exit_code == 1
    assert operator.state(event_id) == "dead"


def test_a_remote_id_goes_with_one_event(house: Practice, operator: Operator) -> None:
    """Two documents cannot be the same one: a usage error."""
    both = kill(house, "in_doubt"), kill(house, "in_doubt")

    assert operator.run("discard", *both, "--why", "by hand", "--remote-id", FOUND).exit_code == 2


def test_a_discarded_letter_holds_nobody_back(house: Practice, operator: Operator) -> None:
    """Its contact's intent stays open, but the customer's other documents go on, and look for the contact themselves."""
    payer = house.customer()
    event_id = kill(house, "in_doubt", document=house.invoice(payer))
    other = event_of(house, house.invoice(payer))
    intent(house, event_id, effect="contact")
    before = _blocked(house, other)

    operator.run("discard", event_id, "--why", "wrong customer")

    assert (before, _blocked(house, other)) == (True, False)
    assert house.db.execute("select outcome from outbox.intent").fetchall() == [(None,)]


def test_a_discarded_letter_is_never_replayed(house: Practice, operator: Operator) -> None:
    """Closed for good: a replay of it fails, and none by filter finds it."""
    event_id = kill(house, "in_doubt")
    operator.run("discard", event_id, "--why", "wrong customer")

    assert operator.run("replay", event_id).exit_code == 1
    assert operator.json("replay", "--all") == []


def _blocked(house: Practice, event_id: int) -> bool:
    row = house.db.execute("select outbox.blocked(e) from outbox.event e where event_id = %s", (event_id,)).fetchone()
    assert row is not None
    return bool(row[0])
