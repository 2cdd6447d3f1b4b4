"""What is due says the state of a row; one event of a lane at a time; nothing is left behind."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from threading import Thread

import psycopg
import pytest
from frost import frozen, known_payer, let_lease_expire, rows
from polling import until
from stage import Stage

from outbox.db import connect
from outbox.ledger import Ledger
from outbox.pace import HOLD_SECONDS
from outbox.sql import query
from worker.lab.sandbox.faults import Fault

_DISPATCH = {
    "lanes": 10,
    "fresh_only": False,
    "ahead_seconds": 0.05,
    "hold_seconds": HOLD_SECONDS,
    "handed_since": None,
}
#: Where a poller that is told so waits at the first lane it looks at, its snapshot taken.
_SLOW_POLLER = """
alter function outbox.lane_runs(outbox.lane) rename to lane_runs_at_once;
create function outbox.lane_runs(l outbox.lane) returns boolean language plpgsql as $$
begin
    if current_setting('test.waits', true) = 'yes' then perform pg_advisory_xact_lock(4711); end if;
    return outbox.lane_runs_at_once(l);
end
$$
"""
_WAITING = """
select 1 from pg_locks where locktype = 'advisory' and objid = 4711 and not granted
    and database = (select oid from pg_database where datname = current_database())
"""


@contextmanager
def _slow_poller(stage: Stage, database_url: str, refusals: list[Exception]) -> Iterator[None]:
    """Another poller whose choice was made before what happens here, and takes effect after it."""

    def choose() -> None:
        with connect(database_url) as connection:
            connection.execute("set test.waits = 'yes'")
            try:
                connection.execute(query("poller.dispatch"), _DISPATCH)
            except psycopg.errors.UniqueViolation as error:
                refusals.append(error)

    stage.db.execute(_SLOW_POLLER)
    thread = Thread(target=choose)
    with psycopg.connect(database_url, autocommit=True) as keeper:
        keeper.execute("select pg_advisory_lock(4711)")
        thread.start()
        until(lambda: rows(stage, _WAITING))
        yield
    thread.join()


def test_two_pollers_do_not_hand_out_two_events_of_a_lane(stage: Stage, database_url: str) -> None:
    """One saw the lane empty and chose, then another event of it is in flight, whoever did that: the index stops the first."""
    payer = known_payer(stage)
    stage.practice.invoice(payer)
    refusals: list[Exception] = []

    with _slow_poller(stage, database_url, refusals):
        urgent = stage.practice.invoice(payer)
        stage.db.execute(
            "update outbox.event set handed_at = now(), lease_until = now() + interval '1 h' where document_id = %s",
            (urgent,),
        )

    assert rows(stage, "select document_id from outbox.event where handed_at is not null") == [urgent]
    assert len(refusals) == 1


def test_one_poller_chooses_at_a_time(stage: Stage, database_url: str) -> None:
    """While one is at it another hands out nothing, and neither waits for the other."""
    stage.practice.invoice(known_payer(stage))
    refusals: list[Exception] = []

    with _slow_poller(stage, database_url, refusals):
        assert list(stage.hand_out()) == []

    assert len(rows(stage, "select event_id from outbox.event where handed_at is not null")) == 1
    assert refusals == []


def test_what_another_poller_has_handed_out_is_passed_over(stage: Stage, database_url: str) -> None:
    """One chose it, then it was handed out, begun and delivered: the first goes on without it."""
    invoice = stage.practice.invoice(known_payer(stage))
    refusals: list[Exception] = []

    with _slow_poller(stage, database_url, refusals):
        stage.db.execute(
            "update outbox.event set epoch = epoch + 1, state = 'delivered', closed_at = now(), due_at = null"
        )

    assert (stage.outcome(invoice), stage.event(invoice)["handed_at"]) == (("delivered", None), None)
    assert refusals == []


def test_what_somebody_else_has_locked_keeps_no_other_lane_waiting(db: psycopg.Connection, database_url: str) -> None:
    """A host's transaction may have changed an event and stay open for long: its lane waits, the poller does not (G5)."""
    for practice in (1, 2):
        db.execute(
            "insert into outbox.lane (practice_id, enabled, booked_from, connected) values (%s, true, now(), true)",
            (practice,),
        )
        db.execute(
            "insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin) "
            "values (%s, 1, 1, 'invoice', 'RE-1', '7Q4K-X2MB-91TD', 'trigger')",
            (practice,),
        )

    with psycopg.connect(database_url) as host, connect(database_url) as poller:
        host.execute("update outbox.event set payer_id = 2 where practice_id = 1")
        poller.execute("set lock_timeout = '1s'")
        handed = [row["practice_id"] for row in poller.execute(query("poller.dispatch"), _DISPATCH)]
        host.commit()
        handed += [row["practice_id"] for row in poller.execute(query("poller.dispatch"), _DISPATCH)]

    assert handed == [2, 1]


@pytest.mark.parametrize(
    ("name", "begun"),
    [
        ("poller.take_back_unbegun", "null"),
        ("poller.take_back_orphans", "now()"),
        ("poller.take_back_expired", "now()"),
    ],
)
def test_what_somebody_else_has_locked_is_taken_back_later(
    db: psycopg.Connection, database_url: str, name: str, begun: str
) -> None:
    """All others at once (G5)."""
    db.execute(
        "insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, handed_at, begun_at, "
        "lease_until, worker) select n, 1, 1, 'invoice', 'RE-1', '7Q4K-X2MB-91TD', 'trigger', now() - interval '1 h', "
        f"{begun}, now() - interval '1 h', 7 from generate_series(1, 2) n"
    )
    living = [7] if name == "poller.take_back_expired" else [8]
    given = {"processes": living, "settle_seconds": 60.0, "crashes": 5, "retry_delays": [30.0], "hold_seconds": 5.0}

    with psycopg.connect(database_url) as host, connect(database_url) as poller:
        host.execute("update outbox.event set payer_id = 2 where practice_id = 1")
        poller.execute("set lock_timeout = '1s'")
        taken = [len(poller.execute(query(name), given | {"handed_since": None}).fetchall())]
        host.commit()
        taken += [len(poller.execute(query(name), given | {"handed_since": None}).fetchall())]

    assert taken == [1, 1]


def test_an_event_that_commits_late_is_not_passed_over(stage: Stage, database_url: str) -> None:
    """Ids are given before commits: a lower id may appear after a higher one has been delivered."""
    payer = known_payer(stage)
    with psycopg.connect(database_url) as slow:
        slow.execute("set constraints all immediate")
        host = copy(stage.practice)
        host.db = slow
        late = host.invoice(payer)
        stage.practice.invoice(payer)
        stage.run()
    stage.run()

    assert stage.outcome(late) == ("delivered", None)


def test_one_of_a_lane_at_a_time(stage: Stage) -> None:
    """Three are due: one is handed out, and none beside it until it is settled."""
    for _ in range(3):
        stage.practice.invoice(known_payer(stage))

    assert [len(stage.hand_out()) for _ in range(3)] == [1, 0, 0]


def test_while_a_contact_is_in_doubt_its_customer_waits(stage: Stage) -> None:
    """The contact may exist or not: no other event of this customer moves, those of others do."""
    stage.control.add_fault(Fault(method="POST", path="/v1/contacts", status=504, when="after"))
    payer, other = stage.practice.customer(), known_payer(stage)
    stage.practice.invoice(payer)
    stage.turn()
    stage.turn()
    stage.db.execute("update outbox.event set due_at = due_at + interval '1 h'")

    second = stage.practice.invoice(payer)
    unrelated = stage.practice.invoice(other)
    while stage.turn():
        pass

    assert rows(stage, "select effect from outbox.intent where closed_at is null") == ["contact"]
    assert (stage.event(second)["epoch"], stage.outcome(unrelated)) == (0, ("delivered", None))


@pytest.mark.parametrize(
    "switch",
    [
        "enabled = false",
        "connected = false",
        "booked_until = clock_timestamp()",
        "pause_reason = 'operator', paused_at = clock_timestamp()",
        "cool_until = clock_timestamp() + interval '1 minute'",
    ],
    ids=["disabled", "no-key", "not-booked", "paused", "cooling"],
)
def test_a_lane_that_does_not_run_is_left_alone(stage: Stage, switch: str) -> None:
    """Its events are held, whatever the reason."""
    stage.practice.invoice(known_payer(stage))
    stage.db.execute(f"update outbox.lane set {switch}")

    assert list(stage.hand_out()) == []


def test_what_redis_does_not_take_comes_back_at_once(stage: Stage, database_url: str) -> None:
    """The queue is lost: the hand-out is given back, and the next round hands it out again."""
    stage.practice.invoice(known_payer(stage))

    def lost(_handouts: object) -> None:
        raise ConnectionError

    enqueue, stage._poller._enqueue = stage._poller._enqueue, lost
    with connect(database_url) as connection:
        stage._poller.tidy(connection)
        stage._poller.run_once(connection)
    stage._poller._enqueue = enqueue

    assert rows(stage, "select handed_at from outbox.event") == [None]
    until(stage.hand_out)


def test_a_document_without_an_event_is_found(stage: Stage) -> None:
    """Loaded with triggers off: the safety net writes its event, once."""
    payer = known_payer(stage)
    stage.db.execute("set session_replication_role = replica")
    invoice = stage.practice.invoice(payer)
    stage.db.execute("set session_replication_role = origin")

    stage._poller._upkeep._swept = float("-inf")
    stage.run()
    stage._poller._upkeep._swept = float("-inf")
    stage.run()

    assert stage.outcome(invoice) == ("delivered", None)
    assert rows(stage, "select origin from outbox.event") == ["sweep"]


def test_a_claim_past_its_lease_comes_back(stage: Stage) -> None:
    """Its process lives but does not move: another takes over, and looks first if a POST may be out."""
    stage.practice.invoice(known_payer(stage))
    (handed,) = stage.hand_out()
    with frozen(stage, handed, Ledger, "intend", after=True):
        let_lease_expire(stage)
        stage.turn()
        looks_first = rows(stage, "select reason from outbox.event")

    assert looks_first in (["in_doubt"], ["sender_alive"])  # before the settle time, or after it


def test_attempts_that_never_end_are_tries_like_others(stage: Stage) -> None:
    """What takes longer than a lease each time is given up after the last try, and not tried for ever."""
    stage.practice.invoice(known_payer(stage))
    lost = len(stage.pace.retry_delays) + 1

    with ExitStack() as standing:
        for number in range(1, lost + 1):
            stage.db.execute("update outbox.event set due_at = clock_timestamp()")
            (handed,) = stage.hand_out()
            standing.enter_context(frozen(stage, handed, Ledger, "intend"))
            let_lease_expire(stage)
            stage._poller.tidy(stage._connection)  # a whole round might hand it out again at once
            assert rows(stage, "select tries from outbox.event") == [number]

    assert rows(stage, "select reason from outbox.event") == ["retries_exhausted"]
    assert stage.posts() == 0
