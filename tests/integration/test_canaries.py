"""`lexrelay replay --canary N`: a few must arrive before the rest follows."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from letters import Operator, intent, kill, on_duty, switched_on
from practice import Practice

from outbox import canary
from outbox.db import connect
from outbox.dead_letters import Filter, letters
from outbox.ids import EventId
from outbox.pace import Pace
from worker.operations import replay as replaying
from worker.operations.replay import Order
from worker.operations.replay_plan import plan


@pytest.fixture(name="operator")
def _operator(db: psycopg.Connection, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """Whoever looks after lexrelay."""
    return on_duty(db, database_url, monkeypatch)


@pytest.fixture(name="house")
def _house(db: psycopg.Connection) -> Practice:
    """A switched-on practice."""
    return switched_on(db)


@contextmanager
def _workers(database_url: str, end: str) -> Iterator[None]:
    """Somebody who brings every pending event to this end, one after another."""
    done = threading.Event()

    def work() -> None:
        with psycopg.connect(database_url, autocommit=True) as db:
            while not done.wait(0.02):
                db.execute(
                    "update outbox.event set state = %s, reason = 'refused_by_lexware', due_at = null, "
                    "closed_at = clock_timestamp() where event_id = (select min(event_id) from outbox.event "
                    "where state = 'pending')",
                    (end,),
                )

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        done.set()
        worker.join()


def _results(output: str) -> list[str]:
    return [row["result"] for row in json.loads(output)]


def test_the_rest_follows_when_the_canaries_arrived(house: Practice, operator: Operator, database_url: str) -> None:
    """Two first, watched to their end; then all the others, which are not waited for."""
    for _ in range(5):
        kill(house, "retries_exhausted")

    with _workers(database_url, "delivered"):
        result = operator.run("replay", "--all", "--canary", "2", "--json")

    assert result.exit_code == 0
    assert _results(result.stdout) == ["delivered", "delivered", "replayed", "replayed", "replayed"]
    assert "Canaries: 2 of 2 settled." in result.stderr


def test_one_dead_canary_stops_the_replay(house: Practice, operator: Operator, database_url: str) -> None:
    """A wrong remedy costs the canaries only: exit code 1, and the rest stays dead, untouched and unrecorded."""
    killed = [kill(house, "refused_by_lexware") for _ in range(5)]

    with _workers(database_url, "dead"):
        result = operator.run("replay", "--all", "--canary", "1", "--json")

    assert result.exit_code == 1
    assert _results(result.stdout) == ["dead", *["stopped"] * 4]
    assert [operator.state(event_id) for event_id in killed] == ["dead"] * 5
    assert [event_id for _, _, event_id, _ in operator.history()] == killed[:1]


def test_canaries_that_take_too_long_stop_the_replay(
    house: Practice, operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody works: after a while the command gives up, the canary goes on by itself, the rest stays dead."""
    monkeypatch.setattr(canary, "patience_seconds", lambda _pace: 0.1)
    first, second = kill(house, "retries_exhausted"), kill(house, "retries_exhausted")

    result = operator.run("replay", "--all", "--canary", "1", "--json")

    assert result.exit_code == 1
    assert _results(result.stdout) == ["replayed", "stopped"]
    assert (operator.state(first), operator.state(second)) == ("pending", "dead")


def test_an_interrupt_leaves_the_rest_dead(house: Practice, operator: Operator, database_url: str) -> None:
    """Ctrl-C while the canaries fly: what is on its way goes on, nothing more is replayed."""
    first, second = kill(house, "retries_exhausted"), kill(house, "retries_exhausted")

    def interrupt(_settled: int, _count: int) -> None:
        raise KeyboardInterrupt

    with connect(database_url) as connection:
        items = plan(connection, letters(connection, Filter()), unlinked=False)
        order = Order(by="ada", why=None, unlinked=False, canaries=1, named=False)
        went = replaying.carry_out(connection, items, order, Pace(), interrupt)

    assert went is False
    assert [item.result for item in items] == ["replayed", "stopped"]
    assert (operator.state(first), operator.state(second)) == ("pending", "dead")


def test_who_waits_is_no_canary(house: Practice, operator: Operator, database_url: str) -> None:
    """A letter of a paused practice would never settle: another one goes first, and it follows with the rest."""
    waiting = switched_on(house.db)
    house.db.execute(
        "update outbox.lane set pause_reason = 'operator', paused_at = now() where practice_id = %s",
        (waiting.practice_id,),
    )
    kill(waiting, "retries_exhausted")
    kill(house, "retries_exhausted")

    with _workers(database_url, "delivered"):
        result = operator.run("replay", "--all", "--canary", "1", "--json")

    assert _results(result.stdout) == ["replayed", "delivered"]


def test_with_nobody_able_to_go_first_nothing_happens(house: Practice, operator: Operator) -> None:
    """Everything waits: a sentence, exit code 1, and not one letter is touched."""
    event_id = kill(house, "retries_exhausted")
    house.db.execute("update outbox.lane set pause_reason = 'operator', paused_at = now()")

    result = operator.run("replay", "--all", "--canary", "1")

    assert result.exit_code == 1
    assert "There is nothing to begin with" in result.stderr
    assert operator.state(event_id) == "dead"


def test_each_practice_gives_a_canary_before_a_second_of_any(house: Practice, database_url: str) -> None:
    """A cause may be a single practice's; so they come from as many as there are."""
    other = switched_on(house.db)
    first, second, third = kill(house, "no_items"), kill(house, "no_items"), kill(other, "no_items")
    with connect(database_url) as connection:
        found = letters(connection, Filter())

    assert [one.event_id for one in canary.choose(found, 2)] == [first, third]
    assert [one.event_id for one in canary.choose(found, 9)] == [first, third, second]


def test_one_dead_canary_is_enough_to_know(house: Practice, operator: Operator, database_url: str) -> None:
    """The others need not be waited for, however long they would take."""
    died, waiting = kill(house, "no_items"), kill(house, "no_items")
    operator.json("replay", waiting)

    with connect(database_url) as connection:
        seen = canary.watch(
            connection, [EventId(died), EventId(waiting)], seconds=3600, tell=lambda _settled, _count: None
        )

    assert seen == {died: "dead", waiting: "pending"}


def test_patience_lasts_for_a_whole_proof(house: Practice, operator: Operator) -> None:
    """A canary that looks first may prove an absence, send, and be doubted once more."""
    pace = Pace()
    intent(house, kill(house, "in_doubt"))

    assert canary.patience_seconds(pace) >= 2 * (pace.settle_seconds + pace.second_look_seconds)
