"""What belongs to another company, or to an invoice that never went over: an operator decides, and nothing goes twice."""

import psycopg
import pytest
from causes.cause import Cause, live_through
from causes.of_originals import OF_ORIGINALS
from causes.scene import scene


@pytest.mark.parametrize("cause", OF_ORIGINALS, ids=str)
def test_after_the_remedy_at_most_one_is_there(db: psycopg.Connection, database_url: str, cause: Cause) -> None:
    """The right reason, the right actor, the right words; harmless before the step, settled after it."""
    with scene(db, database_url, **cause.settings) as one:
        live_through(one, cause)
