"""What a command works with: the configuration, and a connection to a database that this program fits."""

from collections.abc import Iterator
from contextlib import contextmanager

from outbox.db import Connection, connect
from outbox.migrate import require_schema
from worker import config


def settings(*needs: config.Need) -> config.Config:
    """The configuration; raises ConfigurationError (exit code 78)."""
    return config.read(*needs)


@contextmanager
def database(*needs: config.Need) -> Iterator[Connection]:
    """A connection for a one-shot command, to a schema that this program fits (else exit code 78 or 1)."""
    with connect(settings("database", *needs).direct_database_url) as connection:
        require_schema(connection)
        yield connection
