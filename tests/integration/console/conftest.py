"""The console before one practice and its organisation in the simulated Lexware."""

from collections.abc import Iterator

import pytest
from browser import Pages, pages
from stage import Stage


@pytest.fixture(name="pages")
def _pages(stage: Stage, database_url: str) -> Iterator[Pages]:
    with pages(database_url, stage.sandbox.url) as one:
        yield one
