"""What integration tests share: the chain in one process."""

from collections.abc import Iterator

import psycopg
import pytest
from stage import Stage, stage


@pytest.fixture(name="stage")
def _stage(db: psycopg.Connection, database_url: str) -> Iterator[Stage]:
    """One switched-on practice (vatfree, neutral, exact) before a sandbox of its own."""
    with stage(db, database_url) as one:
        yield one
