"""PostgreSQL and Valkey (Redis) out of Python wheels, for the demo and the tests: nothing to install beside pip.

Each server listens on 127.0.0.1 only, on a free port and behind a random password, keeps its files in a temporary
folder, and runs as an unprivileged account also when the caller is root. However the owner ends (return, exception,
Ctrl-C, SIGTERM, kill -9), the server ends with it and the folder goes. Knows nothing of lexrelay's tables or queues.
"""

from worker.lab.embedded.errors import EmbeddedError
from worker.lab.embedded.postgres import EmbeddedPostgres
from worker.lab.embedded.valkey import EmbeddedValkey

__all__ = ["EmbeddedError", "EmbeddedPostgres", "EmbeddedValkey"]
