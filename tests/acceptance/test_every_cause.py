"""Every way to die by what a practice, its customers or Lexware say: told in words, put right, and then delivered once."""

import psycopg
import pytest
from causes.cause import Cause, live_through
from causes.of_contacts import OF_CONTACTS
from causes.of_lexware import OF_LEXWARE
from causes.of_originals import OF_ORIGINALS
from causes.of_the_practice import BEFORE_SENDING
from causes.scene import scene
from causes.wording import DEFAULT, WAYS, is_told_by_a_code, worded
from chosen import a_few_of

_CAUSES = (*BEFORE_SENDING, *OF_CONTACTS, *OF_LEXWARE, *OF_ORIGINALS)


@pytest.mark.parametrize("cause", a_few_of(_CAUSES, every=24))
def test_after_the_remedy_exactly_one_arrives(db: psycopg.Connection, database_url: str, cause: Cause) -> None:
    """The right reason, the right actor, the right words; harmless before the step, settled as it says after it."""
    with scene(db, database_url, **cause.settings) as one:
        live_through(one, worded(cause))


@pytest.mark.parametrize("way", sorted({*WAYS} - {DEFAULT}))
@pytest.mark.parametrize(
    "cause",
    a_few_of(
        [cause for cause in (*OF_CONTACTS, *OF_LEXWARE) if is_told_by_a_code(cause) or cause.reason == "contact_gone"]
    ),
)
def test_in_whatever_way_lexware_tells_it(db: psycopg.Connection, database_url: str, cause: Cause, way: str) -> None:
    """What is seen by a look is known in any way; what stands in a code only, with it."""
    with scene(db, database_url, **cause.settings) as one:
        one.lexware.set_switches(refusals_named=way)
        one.lexware.set_switches(one.stage.tenant.id, refusals_named=way)
        live_through(one, worded(cause, way))
