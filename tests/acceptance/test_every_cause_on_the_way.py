"""Whatever goes wrong on the way: the operator reads what, waits for its end or ends it, and exactly one document arrives."""

import psycopg
import pytest
from causes.cause import Cause, live_through
from causes.of_the_way import OF_THE_WAY
from causes.scene import scene


@pytest.mark.parametrize("cause", OF_THE_WAY, ids=str)
def test_after_the_remedy_exactly_one_arrives(db: psycopg.Connection, database_url: str, cause: Cause) -> None:
    """The right reason, the right actor, the right words; harmless before the step, delivered once after it."""
    with scene(db, database_url, **cause.settings) as one:
        live_through(one, cause)
