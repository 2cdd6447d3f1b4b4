"""Connections through a pooler in transaction mode, which gives every transaction another session.

What a session is told does not stay there, so each transaction is told it again: role, search path and the rest
(`session.py`). That costs round trips, which is the price of such a pooler. Nothing is prepared. Session locks and
LISTEN do not work through it: they need the direct address.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow

from outbox import role, session


class PooledConnection(psycopg.Connection[DictRow]):
    """In autocommit every statement is a transaction of its own, as elsewhere, but one that begins with its settings."""

    limits: Mapping[LiteralString, LiteralString] = {}
    """Settings of this sort of connection, told last."""

    @contextmanager
    def transaction(self, *args: Any, **options: Any) -> Iterator[psycopg.Transaction]:
        """A transaction; the outermost one tells the session what it depends on."""
        is_outermost = self._is_idle()
        with super().transaction(*args, **options) as transaction:
            if is_outermost:
                self._pin()
            yield transaction

    @contextmanager
    def pipeline(self) -> Iterator[psycopg.Pipeline]:
        """Nothing is sent ahead: the settings of a transaction are several statements in one message."""
        yield psycopg.Pipeline(self)

    def execute(self, *args: Any, **options: Any) -> psycopg.Cursor[DictRow]:
        """Run one statement, in a transaction of its own when there is none."""
        if not self._is_idle():
            return super().execute(*args, **options)
        with self.transaction():
            return super().execute(*args, **options)

    def _is_idle(self) -> bool:
        return self.info.transaction_status == TransactionStatus.IDLE

    def _pin(self) -> None:
        version = self.info.server_version
        plans: LiteralString = "set local jit = off; set local enable_seqscan = off"
        told = (
            session.statements(version, "local"),
            plans,
            session.DURABLE.format("true"),
            role.take(version, local=True),
            *(f"set local {name} = {value}" for name, value in self.limits.items()),
        )
        super().execute("; ".join(told), prepare=False)
