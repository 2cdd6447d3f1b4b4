"""Keys that are no numbers: the ids that stand for them."""

import psycopg
import pytest
from rows import one


@pytest.mark.parametrize("keys", [("a", "b"), ("", "-"), ("ä", "a\u0308")])
def test_an_id_is_stable_and_its_own(db: psycopg.Connection, keys: tuple[str, str]) -> None:
    """63 bits; the same on every server, whatever its encoding."""
    first, second = (one(db, "select contract.id(%s) as id", key)["id"] for key in keys)

    assert first != second
    assert 0 <= min(first, second) <= max(first, second) < 2**63
    assert one(db, "select contract.id('a') as id")["id"] == 0x4A978112CA1BBDCA
    assert one(db, "select contract.id(null) as id")["id"] is None
