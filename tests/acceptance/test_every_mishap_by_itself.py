"""What comes right by itself needs nobody; whoever asks reads what happened."""

import psycopg
import pytest
from causes.by_itself import BY_ITSELF, ByItself, come_right
from causes.scene import scene


@pytest.mark.parametrize("mishap", BY_ITSELF, ids=str)
def test_nobody_has_to_act(db: psycopg.Connection, database_url: str, mishap: ByItself) -> None:
    """No dead letter, no second document, and nothing is replayed that is settled."""
    with scene(db, database_url) as one:
        come_right(one, mishap)
