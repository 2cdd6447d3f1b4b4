"""A host of 100,000 invoices: reading one document, the safety net, a bulk in one transaction, and a lock in the way."""

import time
from collections.abc import Callable
from functools import partial
from statistics import median

import psycopg

from outbox.db import Connection, connect, pool
from outbox.sql import query
from worker.host.apply import migrate
from worker.lab.embedded import EmbeddedPostgres

_LIMITS = {"reading one document": 2.0, "sweep": 200.0, "a row of a bulk": 0.3, "30 invoices behind a lock": 1000.0}
_BULK, _READINGS = 5000, 300
_FILL = """
insert into practice.practices (name, plan) select 'P' || n, 'solo' from generate_series(1, 20) n;
insert into practice.customers (practice_id, customer_number, last_name, first_name, street, zip, city, birth_date, insurance_number)
select 1 + n % 20, 'K-' || n, 'Beispiel', 'Ada', 'Lindenweg ' || n, '50667', 'Köln', date '1960-01-01' + n, 'A' || 100000000 + n
from generate_series(1, 10000) n;
insert into practice.invoices (practice_id, customer_id, number, status, invoice_date, exemption_note, total, completed_at)
select 1 + n % 20, 1 + n % 10000, 'RE-' || n, 'completed', current_date - 1, 'steuerfrei', 85, now() - n * interval '3 minutes'
from generate_series(1, 100000) n;
insert into practice.invoices (practice_id, customer_id, kind, cancels_id, number, status, invoice_date, exemption_note, total, completed_at)
select practice_id, customer_id, 'cancellation', id, 'ST-' || id, 'completed', current_date, 'steuerfrei', -85, now() - interval '1 hour'
from practice.invoices where id <= 1000;
insert into practice.invoice_items (invoice_id, position, description, unit_price)
select i.id, n, 'Krankengymnastik', 17 * sign(i.total) from practice.invoices i cross join generate_series(1, 5) n;
insert into outbox.lane (practice_id, enabled, booked_from, connected)
select n, true, now() - interval '1 day', true from generate_series(1, 20) n;
insert into outbox.lane_period (practice_id, enabled_at, since) select n, now() - interval '300 days', now() - interval '300 days'
from generate_series(1, 20) n;
insert into lexware.connection (practice_id, organisation_id, tax_type, small_business, key_encrypted, key_stored_at, profile_read_at)
select n, gen_random_uuid(), 'vatfree', false, 'x', now(), now() from generate_series(1, 20) n;
insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, state, closed_at, due_at)
select practice_id, id, customer_id, kind, number, 'x', 'trigger', 'delivered', now(), null from practice.invoices;
"""
_BULK_INSERT = """
insert into practice.invoices (practice_id, customer_id, number, status, invoice_date, total, completed_at)
select 1 + n %% 20, 1 + n, 'B-' || n || clock_timestamp(), 'completed', current_date, 85, now() from generate_series(1, %s) n
"""


def host() -> bool:
    """The four figures, each beside its limit."""
    with EmbeddedPostgres(settings={"fsync": "off"}) as postgres:
        migrate(postgres.url(), reference_practice=True)
        with psycopg.connect(postgres.url(), autocommit=True) as db:
            db.execute("alter table practice.invoices disable trigger user")
            db.execute(_FILL)
            db.execute("alter table practice.invoices enable trigger user")
            db.execute("vacuum analyze")
            figures = {
                "reading one document": _reading(postgres.url()),
                "sweep": _sweep(postgres.url()),
                "a row of a bulk": _bulk(db),
                "30 invoices behind a lock": _locked(db, postgres.url()),
            }
    for name, milliseconds in figures.items():
        print(f"host: {name} {milliseconds:.2f} ms (at most {_LIMITS[name]:.1f})")
    return all(milliseconds <= _LIMITS[name] for name, milliseconds in figures.items())


def _reading(url: str) -> float:
    """The median over invoices and cancellations, as a worker reads."""
    with pool(url, 1) as workers, workers.connection() as connection:
        documents = connection.execute(
            "select practice_id, document_id from outbox.event where document_id %% 337 = 0 or kind = 'cancellation' "
            "order by random() limit %s", (_READINGS,),
        ).fetchall()  # fmt: skip
        statement = query("reading.snapshot")
        return median(_milliseconds(partial(connection.execute, statement, of)) for of in documents)


def _sweep(url: str) -> float:
    """Two days back, with nothing to be found, and once all the way."""
    with connect(url) as connection:
        near, far = (_rounds(connection, reach) for reach in (2 * 86400.0, 400 * 86400.0))
    print(f"host: sweep all the way {far:.2f} ms")
    return near


def _rounds(connection: Connection, reach: float) -> float:
    statement = query("poller.sweep")
    return median(
        _milliseconds(lambda: connection.execute(statement, {"reach_seconds": reach}).fetchone()) for _ in range(5)
    )


def _bulk(db: psycopg.Connection) -> float:
    """What a row costs more than without a trigger, of those that were landed; the best of three."""
    return min(_a_bulk(db) for _ in range(3))


def _a_bulk(db: psycopg.Connection) -> float:
    before = _landed(db)
    with_trigger = _milliseconds(lambda: db.execute(_BULK_INSERT, (_BULK,)))
    landed = _landed(db) - before
    db.execute("alter table practice.invoices disable trigger user")
    without = _milliseconds(lambda: db.execute(_BULK_INSERT, (_BULK,)))
    db.execute("alter table practice.invoices enable trigger user")
    print(f"host: bulk of {_BULK}: {with_trigger:.0f} ms, without trigger {without:.0f} ms, landed {landed}")
    return (with_trigger - without) / max(1, landed)


def _landed(db: psycopg.Connection) -> int:
    row = db.execute("select count(*) from outbox.event where number like 'B-%'").fetchone()
    return int(row[0]) if row else 0


def _locked(db: psycopg.Connection, url: str) -> float:
    with psycopg.connect(url) as somebody:
        somebody.execute("lock table outbox.event")
        return _milliseconds(lambda: db.execute(_BULK_INSERT, (30,)))


def _milliseconds(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return (time.perf_counter() - began) * 1000
