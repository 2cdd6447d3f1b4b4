"""Millions of events, written past all triggers and with the indexes built afterwards."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg

_LANES = """
insert into outbox.lane (practice_id, enabled, booked_from, connected)
select n, true, now() - interval '1 day', true from generate_series(1, %s::int) n
"""
#: Lanes take turns, as they do where everybody works at the same time.
_EVENTS = """
insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, state, due_at, closed_at)
select 1 + n %% %(lanes)s, n, n %% 1000, 'invoice', 'RE-' || n, '7Q4K-X2MB-91TD', 'trigger', %(state)s,
       case %(state)s when 'pending' then clock_timestamp() end, case %(state)s when 'pending' then null else now() end
from generate_series(%(first)s::bigint, %(last)s::bigint) n
"""
_INDEXES = """
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
from pg_index i
where i.indrelid = %s::regclass
  and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
  and (%s or i.indpred is null)
"""


_SETTLED = """
insert into outbox.event (practice_id, document_id, payer_id, kind, number, marker_code, origin, state, closed_at,
                          due_at)
select (%(lanes)s::bigint[])[1 + n %% cardinality(%(lanes)s::bigint[])], -n, n %% 1000, 'invoice', 'ALT-' || n, '7Q4K-X2MB-91TD',
       'trigger', 'delivered', now(), null
from generate_series(1, %(count)s::bigint) n
"""


def fill_lanes(db: psycopg.Connection, lanes: Sequence[int], count: int) -> None:
    """So many settled events beside what these practices have."""
    with db.transaction():
        db.execute("set local session_replication_role = replica")
        db.execute(_SETTLED, {"lanes": list(lanes), "count": count})
    db.execute("vacuum analyze outbox.event")


class Masses:
    """The events of one database; `db` is an owner's connection."""

    def __init__(self, db: psycopg.Connection, lanes: int) -> None:
        self._db, self._lanes, self._last = db, lanes, 0
        db.execute(_LANES, (lanes,))

    def add(self, count: int, state: str = "pending") -> None:
        """So many more events, spread over all lanes; then PostgreSQL tidies and counts the table."""
        span = {"first": self._last + 1, "last": self._last + count, "lanes": self._lanes, "state": state}
        with self._db.transaction():
            self._db.execute("set local session_replication_role = replica")
            self._db.execute("set local maintenance_work_mem = '1GB'")
            # settled events are in none of the partial ones
            with without_indexes(self._db, "outbox.event", partial=state == "pending"):
                self._db.execute(_EVENTS, span)
        self._last += count
        self._db.execute("vacuum analyze outbox.event")


@contextmanager
def without_indexes(db: psycopg.Connection, table: str, *, partial: bool = True) -> Iterator[None]:
    """A table without its indexes but for those of its constraints; built again afterwards. `partial`: those as well."""
    indexes = db.execute(_INDEXES, (table, partial)).fetchall()
    for name, _ in indexes:
        db.execute(f"drop index {name}")
    yield
    for _, definition in indexes:
        db.execute(definition)
