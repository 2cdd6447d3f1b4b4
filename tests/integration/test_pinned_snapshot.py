"""A forgotten transaction keeps dead rows: what was handed out since lies in nobody's way, however much it is."""

from collections.abc import Iterator

import psycopg
import pytest
from frost import known_payer, rows
from stage import Stage

from outbox.db import Connection, Row, connect
from outbox.sql import query

_LANES, _ROUNDS = 100, 20
_FILL = (
    (
        "insert into outbox.lane (practice_id, enabled, booked_from, connected) "
        f"select n, true, now() - interval '1 day', true from generate_series(1, {_LANES}) n"
    ),
    (
        "insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin) "
        f"select n, n, 1, 'invoice', 'RE-' || n, '7Q4K-X2MB-91TD', 'trigger' from generate_series(1, {_LANES}) n"
    ),
    "vacuum analyze outbox.event, outbox.lane",
)
_HAND_OUT = "update outbox.event set handed_at = now() - interval '1 h', lease_until = now()"
_SETTLE = "update outbox.event set handed_at = null, lease_until = null"
_PROCESSES: Row = {"processes": [1], "settle_seconds": 60.0, "crashes": 5, "retry_delays": [30.0], "late_seconds": 5.0}
ASKED: dict[str, Row] = {
    "poller.capacity": _PROCESSES,
    "poller.take_back_unbegun": {"hold_seconds": 5.0},
    "poller.take_back_orphans": _PROCESSES,
    "poller.take_back_expired": _PROCESSES,
    "poller.declare_outage": {"probe_seconds": 30.0},
}


@pytest.fixture(name="poller")
def _poller(db: psycopg.Connection, database_url: str) -> Iterator[Connection]:
    """A poller's connection after many hand-outs, all of which still lie there, dead."""
    for statement in _FILL:
        db.execute(statement)
    with psycopg.connect(database_url) as idler, connect(database_url) as connection:
        idler.execute("set transaction isolation level repeatable read")
        idler.execute("select from outbox.event limit 1")
        for _ in range(_ROUNDS):
            db.execute(_HAND_OUT)
            db.execute(_SETTLE)
        yield connection


def _pages(connection: Connection, name: str, values: Row, since: str) -> int:
    asked = values | {
        "handed_since": connection.execute(f"select now() - interval '{since}' as at").fetchall()[0]["at"]
    }
    explained = connection.execute(b"explain (analyze, buffers, format json) " + query(name), asked).fetchall()
    plan = explained[0]["QUERY PLAN"][0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


@pytest.mark.parametrize("name", ASKED)
def test_what_was_handed_out_before_is_not_read(poller: Connection, name: str) -> None:
    """From the moment that the poller remembers on, it is a few pages; from the beginning it would be those of all dead rows."""
    pages, all_pages = (_pages(poller, name, ASKED[name], since) for since in ("5 seconds", "1 day"))

    assert pages <= 10 < _ROUNDS < all_pages


def test_a_hand_out_leaves_its_lane_as_it_is(stage: Stage) -> None:
    """Lanes are read in each round, so a document makes one version of its lane, not two: that of its begin."""
    stage.practice.invoice(known_payer(stage))
    before = rows(stage, "select xmin::text from outbox.lane")

    assert len(stage.hand_out()) == 1
    assert rows(stage, "select xmin::text from outbox.lane") == before


def test_what_the_poller_does_not_remember_is_found_later(stage: Stage) -> None:
    """A hand-out that committed late was made before the moment from which on the poller reads: all is looked at now and then."""
    stage.practice.invoice(known_payer(stage))
    stage.hand_out()
    stage.hand_out()
    stage.db.execute("update outbox.event set handed_at = now() - interval '1 h', lease_until = now()")

    in_flight = []
    with connect(stage._url) as connection:
        for looked in (float("inf"), float("-inf")):
            stage._poller._looked = looked
            stage._poller.tidy(connection)
            in_flight.append(rows(stage, "select count(*) from outbox.event where handed_at is not null"))

    assert in_flight == [[1], [0]]
