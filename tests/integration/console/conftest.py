"""The console before one practice: with its organisation in the simulated Lexware, or, for a whole module, without."""

from collections.abc import Iterator
from uuid import uuid4

import practice
import psycopg
import pytest
import services
from browser import NOBODY_THERE, House, Pages, pages
from stage import Stage


@pytest.fixture(name="pages")
def _pages(stage: Stage, database_url: str) -> Iterator[Pages]:
    with pages(database_url, stage.sandbox.url) as one:
        yield one


@pytest.fixture(scope="module", name="shared")
def _shared(_postgres: str, _template: str) -> Iterator[House]:
    with (
        services.database(_postgres, template=_template) as url,
        psycopg.connect(url, autocommit=True) as db,
        pages(url, NOBODY_THERE) as one,
    ):
        host = practice.Practice(db)
        host.switch_on(str(uuid4()), "key")
        yield House(db, url, host, one)


@pytest.fixture(name="house")
def _house(shared: House) -> House:
    """The module's, with nobody in it and nothing paused."""
    shared.db.execute("truncate console.code, console.session, outbox.operator_action")
    shared.db.execute("update outbox.lane set paused_at = null, pause_reason = null")
    return shared
