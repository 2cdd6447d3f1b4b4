"""Every way to die by what a practice, its customers or Lexware say: told in words, put right, and then delivered once."""

import psycopg
import pytest
from causes.cause import Cause, live_through
from causes.chosen import one_of_each
from causes.of_contacts import OF_CONTACTS
from causes.of_lexware import OF_LEXWARE
from causes.of_originals import OF_ORIGINALS
from causes.of_the_practice import BEFORE_SENDING
from causes.scene import scene

_CAUSES = (*BEFORE_SENDING, *OF_CONTACTS, *OF_LEXWARE, *OF_ORIGINALS)


@pytest.mark.parametrize("cause", one_of_each(_CAUSES, lambda cause: cause.reason))
def test_after_the_remedy_exactly_one_arrives(db: psycopg.Connection, database_url: str, cause: Cause) -> None:
    """The right reason, the right actor, the right words; harmless before the step, settled as it says after it."""
    with scene(db, database_url, **cause.settings) as one:
        live_through(one, cause)
