"""What a poller does now and then: writes the events that the trigger missed, folds counts, removes old detail."""

import time
from typing import LiteralString

import psycopg
import structlog

from outbox.db import LOST_DATABASE, Connection, limited
from outbox.sql import query

log = structlog.get_logger()
#: Counts folded, old detail removed.
_HOUSEKEEPING_SECONDS = 60.0
#: Rows of old detail that go each time: short enough that nobody waits for it.
_PRUNE = 1000
#: How far back the safety net looks each time, and at the start and every few hours.
_REACH_SECONDS = 2 * 86400.0
_LONG_REACH_SECONDS = 400 * 86400.0
_LONG_EVERY_SECONDS = 6 * 3600.0
#: A sweep that takes longer is given up: hand-outs wait for it. The next one comes so many times later.
_LONGEST_SWEEP: LiteralString = "60s"
_REST_SWEEPS = 10


class Upkeep:
    """Called at every round; what is not due yet is left for a later one."""

    def __init__(self) -> None:
        self._swept = self._swept_far = self._kept_house = float("-inf")
        self._unlanded = 0

    def __call__(self, connection: Connection) -> None:
        """Sweep in the host's rhythm, and keep house every minute."""
        rhythm = connection.execute(query("poller.rhythm")).fetchone()
        if rhythm and time.monotonic() - self._swept >= rhythm["seconds"]:
            self._sweep(connection)
        if time.monotonic() - self._kept_house >= _HOUSEKEEPING_SECONDS:
            self._keep_house(connection)

    def _sweep(self, connection: Connection) -> None:
        """Never in the way of the rest: what the host's views cannot give is counted there, or at least said."""
        self._swept = began = time.monotonic()
        far = began - self._swept_far >= _LONG_EVERY_SECONDS
        try:
            with limited(connection, _LONGEST_SWEEP):
                reach = {"reach_seconds": _LONG_REACH_SECONDS if far else _REACH_SECONDS}
                row = connection.execute(query("poller.sweep"), reach).fetchone()
        except psycopg.DatabaseError as error:
            if isinstance(error, LOST_DATABASE) and connection.broken:
                raise
            log.warning("poller.sweep_failed", error=type(error).__name__, sqlstate=error.sqlstate)
            if isinstance(error, psycopg.errors.QueryCanceled):
                self._swept, self._swept_far = began + _REST_SWEEPS * (time.monotonic() - began), began
            return
        if far:
            self._swept_far = began
        if row and row["landed"]:
            log.info("poller.tidied", what="swept", events=row["landed"])
        if row and row["unlanded"] != self._unlanded:
            self._unlanded = row["unlanded"]
            log.warning("poller.unlanded", documents=self._unlanded)

    def _keep_house(self, connection: Connection) -> None:
        self._kept_house = time.monotonic()
        connection.execute(query("tally.fold"))
        connection.execute(query("tally.fold_counters"))
        tidied(connection, "attempts pruned", "retention.attempts", {"batch": _PRUNE})
        tidied(connection, "looks pruned", "retention.looks", {"batch": _PRUNE})


def tidied(connection: Connection, what: str, name: str, values: dict[str, object]) -> None:
    """Run a query that gives a row for all that it tidied, and say how many they were."""
    rows = connection.execute(query(name), values).fetchall()
    if rows:
        log.info("poller.tidied", what=what, events=len(rows))
