"""Five million settled events: what operators ask is answered at once."""

import time
from collections.abc import Callable

import psycopg

from outbox import dead_letters as letters
from outbox.db import Connection, connect
from outbox.sql import query
from worker import config
from worker.host.apply import migrate
from worker.lab.embedded import EmbeddedPostgres
from worker.operations import status as overview
from worker.operations import story as account

_MILLIONS, _LIMIT_SECONDS = 5, 0.2
_FIVE_HUNDRED_PRACTICES = """
insert into practice.practices (name, plan) select 'P' || n, 'solo' from generate_series(1, 500) n;
insert into outbox.lane (practice_id, enabled, booked_from, connected)
select n, true, now() - interval '1 day', true from generate_series(1, 500) n
"""
_A_MILLION_SETTLED = """
insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, state, closed_at, due_at)
select 1 + n %% 500, n, n %% 1000, 'invoice', 'RE-' || n, 'x', 'trigger', 'delivered', now(), null
from generate_series(%(first)s, %(first)s + 999999) n
"""
_DEAD_AND_PENDING = """
insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, state, closed_at, due_at,
                          reason, cause)
select 1 + n % 500, 6000000 + n, 1, 'invoice', 'D-' || n, 'x', 'trigger', 'dead', now(), null, 'no_items', 'no_items'
from generate_series(1, 500) n;
insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin)
select 1 + n % 500, 7000000 + n, 1, 'invoice', 'N-' || n, 'x', 'trigger' from generate_series(1, 2000) n
"""


def size() -> bool:
    """`status`, `dead list` and `show`, each under 200 ms, without the start of the interpreter."""
    with EmbeddedPostgres(settings={"fsync": "off"}) as postgres:
        migrate(postgres.url(), reference_practice=True)
        with psycopg.connect(postgres.url(), autocommit=True) as db:
            _fill(db)
        settings = config.read(environment={"DATABASE_URL": postgres.url()})
        with connect(postgres.url()) as connection:
            connection.execute(query("tally.fold"))
            quick = [_timed(name, ask) for name, ask in _questions(connection, settings).items()]
            return all(quick)


def _fill(db: psycopg.Connection) -> None:
    db.execute(_FIVE_HUNDRED_PRACTICES)
    for million in range(_MILLIONS):
        db.execute(_A_MILLION_SETTLED, {"first": million * 1_000_000 + 1})
    db.execute(_DEAD_AND_PENDING)
    db.execute("vacuum analyze")


def _questions(connection: Connection, settings: config.Config) -> dict[str, Callable[[], object]]:
    return {
        "status": lambda: overview.read(connection),
        "dead list": lambda: letters.letters(connection, letters.Filter()),
        "show, delivered": lambda: account.read(connection, settings, 1, "RE-2500000"),
        "show, pending": lambda: account.read(connection, settings, 500, "N-1999"),
        "show, dead": lambda: account.read(connection, settings, 8, "D-7"),
    }


def _timed(name: str, ask: Callable[[], object]) -> bool:
    """The slowest of three."""
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - began)
    print(f"size: {name}: {max(seconds) * 1000:.0f} ms beside {_MILLIONS} million settled events")
    return max(seconds) < _LIMIT_SECONDS
