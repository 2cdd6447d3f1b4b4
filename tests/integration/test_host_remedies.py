"""A column of another type than promised: whoever follows the remedy that is told has the type that is needed."""

import re

import psycopg
import pytest

from outbox.db import Connection, connect
from worker.host.columns import Column, Type, View
from worker.host.views import describe, fits, remedy

#: What tables of practice softwares hold, and what it is to become.
FOUND: tuple[tuple[str, Type], ...] = (
    ("gen_random_uuid()", "bigint"),
    ("'A-17'::text", "bigint"),
    ("'A-17'::varchar(8)", "bigint"),
    ("1.5::float8", "bigint"),
    ("'3'::text", "int"),
    ("3::numeric", "int"),
    ("'85,50'::text", "numeric"),
    ("'85,50'::varchar(12)", "numeric"),
    ("'85,50'::char(5)", "numeric"),
    ("85.5::money", "numeric"),
    ("'01.02.2026'::text", "date"),
    ("now()", "date"),
    ("localtimestamp", "timestamptz"),
    ("current_date", "timestamptz"),
    ("1.5::float8", "text"),
    ("current_date", "text"),
)


@pytest.fixture(name="connection")
def _connection(db: psycopg.Connection, database_url: str) -> Connection:
    with connect(database_url, as_worker=False) as connection:
        yield connection


@pytest.mark.parametrize(("found", "wanted"), FOUND, ids=[f"{found} for {wanted}" for found, wanted in FOUND])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_who_follows_the_remedy_has_the_type(connection: Connection, found: str, wanted: Type, lang: str) -> None:
    """The expression that is told, with the host's own in it, gives what is promised."""
    column = Column("it", wanted, "")
    view = View("document", "", (column,))
    before = describe(connection, view, f"select {found} as it")["it"]
    assert not fits(column, before)

    told = remedy(column, before).said_in("de" if lang == "de" else "en")

    (expression,) = re.findall(r"`(.+?) as it`", told)
    (after,) = connection.execute(f"select {expression.replace('…', found)} as it".encode()).fetchall()
    assert after["it"] is not None
    assert fits(column, describe(connection, view, f"select {expression.replace('…', found)} as it")["it"])
