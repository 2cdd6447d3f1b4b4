"""What the practice's data lack is told to the practice, in words; put right and replayed, exactly one document arrives."""

import psycopg
import pytest
from causes.cause import Cause, live_through
from causes.of_the_practice import OF_THE_PRACTICE
from causes.scene import scene


@pytest.mark.parametrize("cause", OF_THE_PRACTICE, ids=str)
def test_after_the_remedy_exactly_one_arrives(db: psycopg.Connection, database_url: str, cause: Cause) -> None:
    """The right reason, the right actor, the right words; harmless before the step, delivered once after it."""
    with scene(db, database_url, **cause.settings) as one:
        live_through(one, cause)
