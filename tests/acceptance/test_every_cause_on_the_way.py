"""Every way to die of what goes wrong on the way, or cannot be known: a human looks, and it is in Lexware exactly once."""

import psycopg
import pytest
from causes.cause import Cause, live_through
from causes.of_doubt import OF_DOUBT
from causes.of_the_way import OF_THE_WAY
from causes.scene import scene
from chosen import a_few_of


@pytest.mark.parametrize("cause", a_few_of((*OF_THE_WAY, *OF_DOUBT)))
def test_after_the_remedy_exactly_one_is_there(db: psycopg.Connection, database_url: str, cause: Cause) -> None:
    """The right reason, the right actor, the right words; nothing is sent without proof, and exactly one is left."""
    with scene(db, database_url, **cause.settings) as one:
        live_through(one, cause)
