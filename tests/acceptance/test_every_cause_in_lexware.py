"""What Lexware refuses is told in its codes and in words; the step done and replayed, exactly one document arrives."""

import psycopg
import pytest
from causes.cause import Cause, live_through
from causes.of_lexware import OF_LEXWARE
from causes.scene import scene


@pytest.mark.parametrize("cause", OF_LEXWARE, ids=str)
def test_after_the_remedy_exactly_one_arrives(db: psycopg.Connection, database_url: str, cause: Cause) -> None:
    """The right reason, the right actor, the right words; harmless before the step, delivered once after it."""
    with scene(db, database_url, **cause.settings) as one:
        live_through(one, cause)
