"""All that the end of a claim writes, in one commit: event, answer of the intent, links, slot, and what the lane learns.

Ends that come together are written together (`rows.py`). One that has news for its lane is written alone: that is rare,
and it may concern other lanes.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields

import psycopg
from psycopg.rows import DictRow

from outbox.claims import PostResult
from outbox.db import Connection, Row
from outbox.group import GroupCall
from outbox.pace import Pace
from outbox.rows import Connecting, Connections, Write, rows
from outbox.sql import query


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The end of one claim."""

    ending: Row
    answer: PostResult | None
    also: Sequence[Write]
    """Links and the like; their queries take rows."""
    unused: Row | None
    """The slot that no call was made in."""
    news: Sequence[Write]


class SharedSettlement:
    """Writes settlements, for all threads of a process. Tells whether the claim was still ours."""

    def __init__(self, connections: Connections, pace: Pace) -> None:
        self._connections, self._gap = connections, {"gap_seconds": pace.gap_seconds}
        self._call: GroupCall[Settlement, bool] = GroupCall(
            self._together, self._alone, key=lambda one: one.ending["event_id"], lock=connections.lock
        )

    def __call__(self, one: Settlement) -> bool:
        """Write it whole or not at all. An answer and its links are written even if the claim was lost (R5)."""
        return self._alone(one) if one.news else self._call(one)

    def _alone(self, one: Settlement) -> bool:
        with _transaction(self._connections.alone) as connection:
            settled = self._write(connection, [one])
            for name, values in one.news:
                connection.execute(query(name), values)
        return settled.rowcount > 0

    def _together(self, many: Sequence[Settlement]) -> Mapping[Hashable, bool]:
        with _transaction(self._connections.together) as connection:
            settled = self._write(connection, many)
        return {row["event_id"]: True for row in settled.fetchall()}

    def _write(self, connection: Connection, many: Sequence[Settlement]) -> psycopg.Cursor[DictRow]:
        settled = connection.execute(query("ledger.settle"), {"rows": rows([one.ending for one in many])})
        further: Mapping[str, list[Row]] = defaultdict(list)
        for one in many:
            if one.answer is not None:
                further["ledger.answer"].append(_fields(one.answer))
            for name, row in one.also:
                further[name].append(row)
            if one.unused is not None:
                further["ledger.give_slots_back"].append(one.unused)
        for name in sorted(further):
            connection.execute(query(name), self._gap | {"rows": rows(further[name])})
        return settled


@contextmanager
def _transaction(connecting: Connecting) -> Iterator[Connection]:
    """A connection in one transaction and one round trip."""
    with connecting() as connection, connection.pipeline(), connection.transaction():
        yield connection


def _fields(result: PostResult) -> Row:
    return {field.name: getattr(result, field.name) for field in fields(result)}
