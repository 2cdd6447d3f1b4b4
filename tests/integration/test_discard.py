"""`lexrelay discard`: closes dead letters for good, says what they became, and lets the others go on."""

import psycopg
import pytest
from commands import Commands
from letters import FOUND, Operator, event_of, intent, kill, on_duty, switched_on
from practice import Practice
from sandbox_bodies import CREDIT_NOTE, INVOICE
from stage import Stage

from worker.lab.sandbox.faults import Fault


@pytest.fixture(name="operator")
def _operator(db: psycopg.Connection, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """Whoever looks after lexrelay."""
    return on_duty(db, database_url, monkeypatch)


@pytest.fixture(name="house")
def _house(db: psycopg.Connection) -> Practice:
    """A switched-on practice."""
    return switched_on(db)


@pytest.fixture(name="lexrelay")
def _lexrelay(stage: Stage, database_url: str) -> Commands:
    """An operator of the practice on the stage, which has a Lexware."""
    return Commands(database_url, stage.sandbox)


def _by_hand(stage: Stage, kind: str, remark: str | None = None) -> str:
    """A document that somebody has entered in Lexware."""
    body = (INVOICE if kind == "invoice" else CREDIT_NOTE) | {"remark": remark}
    return str(stage.control.act(stage.tenant.id, "create_document", kind=kind, body=body)["id"])


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


def test_done_by_hand_links_the_document(stage: Stage, lexrelay: Commands) -> None:
    """With `--remote-id` the document is known as that one in Lexware, and its open intent is resolved with it."""
    event_id = kill(stage.practice, "in_doubt")
    intent(stage.practice, event_id, organisation=stage.tenant.id)
    found = _by_hand(stage, "invoice")

    result = lexrelay("discard", event_id, "--why", "entered by hand", "--remote-id", found)

    assert f"permalink/invoices/view/{found}" in result.stdout
    link = "select lexware_id::text, origin, kind, confirmed_at is not null from lexware.document_link"
    assert stage.db.execute(link).fetchone() == (found, "by_hand", "invoice", True)
    closed = stage.db.execute("select outcome, remote_id::text from outbox.intent").fetchone()
    assert closed == ("resolved", found)
    assert stage.db.execute("select detail from outbox.event").fetchone() == ({"by_hand": found},)


def test_of_two_duplicates_the_operator_names_the_one_that_stays(stage: Stage, lexrelay: Commands) -> None:
    """What a human states wins over what was believed, so that a cancellation asks for the right one."""
    first, second = _by_hand(stage, "invoice"), _by_hand(stage, "invoice")
    event_id = kill(stage.practice, "duplicate_found", detail={"lexware_ids": [first, second]})
    lexrelay("discard", event_id, "--why", "first", "--remote-id", first)
    stage.db.execute("update outbox.event set state = 'dead'")

    lexrelay("discard", event_id, "--why", "the other one was deleted", "--remote-id", second)

    assert stage.db.execute("select lexware_id::text from lexware.document_link").fetchall() == [(second,)]


def test_a_slip_of_the_hand_is_named(stage: Stage, lexrelay: Commands) -> None:
    """Not there, of another kind, another document's by its link or by its mark: exit code 1, and nothing changes."""
    delivered = stage.practice.invoice(stage.practice.customer())
    stage.run()
    event_id = kill(stage.practice, "in_doubt")
    others = stage.lexware_id(delivered)
    marked = _by_hand(stage, "invoice", remark="Beleg-Nr. RE-2026-0042 · 7Q4K-X2MB-91TD")

    for remote_id, told in {
        FOUND: f"There is no document {FOUND} in Lexware",
        _by_hand(stage, "creditnote"): "is of another kind in Lexware (Cancellation)",
        others: f"{others} is document RE-2026-0001 in Lexware already",
        marked: "carries the mark of another document",
    }.items():
        words = ("discard", event_id, "--why", "by hand", "--remote-id", remote_id)
        assert told in lexrelay(*words, exits=1).stderr

    assert stage.db.execute("select state from outbox.event where event_id = %s", (event_id,)).fetchone() == ("dead",)
    assert stage.db.execute("select count(*) from outbox.operator_action where action = 'discard'").fetchone() == (0,)


@pytest.mark.parametrize("status", [503, 429, 401])
def test_without_an_answer_nothing_is_believed(stage: Stage, lexrelay: Commands, status: int) -> None:
    """It says what is wrong, and that nothing was recorded."""
    event_id = kill(stage.practice, "in_doubt")
    stage.control.add_fault(Fault(method="GET", path="/v1/profile", status=status))

    words = ("discard", event_id, "--why", "by hand", "--remote-id", _by_hand(stage, "invoice"))

    assert "No id is recorded without looking it up" in lexrelay(*words, exits=1).stderr
    assert stage.db.execute("select state from outbox.event").fetchone() == ("dead",)


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
