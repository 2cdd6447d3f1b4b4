"""A filter that names a practice which is not there: exit code 1, and which one."""

import psycopg
import pytest
from practice import Practice
from terminal import Terminal


@pytest.mark.parametrize(
    "words",
    [("dead", "list"), ("dead", "groups"), ("history",), ("replay",), ("contact", "list"), ("practice", "show")],
)
def test_an_unknown_practice_is_said(db: psycopg.Connection, database_url: str, words: tuple[str, ...]) -> None:
    """An empty answer would read as "all is well"."""
    Practice(db)
    terminal = Terminal(database_url)

    assert "99" in terminal.run(*words, "--practice", "99", code=1)


@pytest.mark.parametrize("words", [("dead", "list"), ("dead", "groups"), ("history",)])
def test_a_known_practice_without_anything_is_well(
    db: psycopg.Connection, database_url: str, words: tuple[str, ...]
) -> None:
    """Exit code 0, and an empty list."""
    known = Practice(db)

    assert Terminal(database_url).json(*words, "--practice", known.practice_id) == []
