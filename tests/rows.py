"""Looking at the database as a test does: one row, how many, what a lane says."""

from datetime import date
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row


def one(db: psycopg.Connection, statement: str | sql.Composed, *values: object) -> dict[str, Any]:
    """The first row of a query."""
    with db.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(statement, values).fetchone()
    assert row is not None
    return row


def count(db: psycopg.Connection, table: str, practice_id: int) -> int:
    """How many rows of a table are the practice's."""
    statement = sql.SQL("select count(*) from {} where practice_id = %s").format(sql.Identifier(*table.split(".")))
    return int(one(db, statement, practice_id)["count"])


def lane(db: psycopg.Connection, practice_id: int, *columns: str) -> dict[str, Any]:
    """Columns of the practice's lane."""
    return one(db, f"select {', '.join(columns)} from outbox.lane where practice_id = %s", practice_id)


def waiting_sessions(database_url: str) -> int:
    """How many sessions of a database wait for a lock; a connection of its own, since statistics freeze in a transaction."""
    statement = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    with psycopg.connect(database_url) as connection:
        return int(one(connection, statement)["count"])


def berlin_today(db: psycopg.Connection) -> date:
    """Today, where the practices are."""
    today = one(db, "select (clock_timestamp() at time zone 'Europe/Berlin')::date as day")["day"]
    assert isinstance(today, date)
    return today
