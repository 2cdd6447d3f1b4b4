"""A filter that names a practice of which there is nothing to tell."""

import psycopg
import pytest
from practice import Practice
from terminal import Terminal


@pytest.mark.parametrize("words", [("dead", "list"), ("dead", "groups"), ("history",)])
def test_a_known_practice_without_anything_is_well(
    db: psycopg.Connection, database_url: str, words: tuple[str, ...]
) -> None:
    """Exit code 0, and an empty list."""
    known = Practice(db)

    assert Terminal(database_url).json(*words, "--practice", known.practice_id) == []
