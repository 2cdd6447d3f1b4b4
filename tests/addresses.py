"""The address of every page of the console, by its own routes: a new page is in each test that asks for all of them."""

import re
from collections.abc import Mapping

import psycopg

from worker.console.routes import WAYS

_PLACE = re.compile(r"\{(\w+):int\}")
_FOUND = """
select (select max(event_id) from outbox.event where practice_id = %(practice)s) as event,
       (select min(id) from practice.customers where practice_id = %(practice)s) as customer
"""


def places(db: psycopg.Connection, practice_id: int) -> dict[str, int]:
    """What the addresses of a practice's pages are made of: the practice, its newest event, its first customer."""
    found = db.execute(_FOUND, {"practice": practice_id}).fetchone()
    assert found is not None
    return {"practice": practice_id, "event": found[0], "customer": found[1]}


def every_page(of: Mapping[str, int], *, own: bool = False) -> dict[str, str]:
    """The address of each page by its pattern; `own`: only those of a practice. Raises KeyError for an unknown place."""
    patterns = [way.path for way in WAYS if not own or way.path.startswith("/practices/{practice:int}")]
    return {pattern: _PLACE.sub(lambda place: str(of[place[1]]), pattern) for pattern in patterns}
