"""What names mean in a host's own SQL: what they mean in a session of this login; in ours they are pinned."""

from collections.abc import Iterator
from contextlib import contextmanager

from outbox.db import Connection
from outbox.session import PINNED


@contextmanager
def as_the_host_means(connection: Connection) -> Iterator[None]:
    """Within, tables without a schema are found where database and role say. In a transaction, whose end undoes it, too."""
    connection.execute("set local search_path to default")
    yield
    connection.execute(b"set local search_path = " + PINNED["search_path"].encode())
