"""Where the demo plays: services of its own, the environment that names them, `lexrelay run`, and a console.

Nothing of the caller's environment is left, so a real installation cannot be touched. All of it ends with the block,
and with the process, however that ends.
"""

import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Self

from worker.keys import new_secret_key
from worker.lab.embedded import EmbeddedPostgres, EmbeddedValkey
from worker.lab.sandbox.server import Sandbox
from worker.messages import Declined, Lang
from worker.messages import demo as words
from worker.service.parent import tied_to_parent

#: Five times what Lexware allows; lexrelay keeps to three quarters of it, as it does in earnest.
CALLS_PER_SECOND = 10.0
_OURS = ("LEXRELAY_", "LEXWARE_", "DATABASE_URL", "REDIS_URL", "PG", "dramatiq_")
_PACE = {
    "LEXRELAY_RATE_PER_SECOND": f"{0.75 * CALLS_PER_SECOND:g}",
    "LEXRELAY_HTTP_TIMEOUT_SECONDS": "3",
    "LEXRELAY_SETTLE_SECONDS": "3",
    "LEXRELAY_LEASE_SECONDS": "8",
}
_FAREWELL_SECONDS = 30.0
_LOOK_SECONDS = 0.2
_LINES = 20


@contextmanager
def services(lang: Lang) -> Iterator[tuple[str, Sandbox]]:
    """PostgreSQL, Redis and the simulated Lexware, named by this process's environment; the database and the sandbox.

    Commands speak the language that is given.

    Raises EmbeddedError when a server cannot run here.
    """
    for name in [name for name in os.environ if name.startswith(_OURS)]:
        del os.environ[name]
    with (
        EmbeddedPostgres(settings={"fsync": "off"}) as postgres,
        EmbeddedValkey() as valkey,
        Sandbox(organisations=0) as sandbox,
    ):
        os.environ |= _PACE | {
            "DATABASE_URL": postgres.url(),
            "REDIS_URL": valkey.url,
            "LEXWARE_API_URL": sandbox.url,
            "LEXRELAY_SECRET_KEYS": new_secret_key(),
            "LEXRELAY_LANG": lang,
        }
        yield postgres.url(), sandbox


def exports() -> str:
    """The environment of the services, for a shell."""
    return "\n".join(f"export {name}='{value}'" for name, value in os.environ.items() if name.startswith(_OURS))


def console() -> "Run":
    """A console on a free port; links to it lead there. To be entered as a block."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    os.environ["LEXRELAY_CONSOLE_URL"] = f"http://127.0.0.1:{port}"
    return Run("console", "--port", str(port))


class Run:
    """`lexrelay run`, or another command that goes on, as a child for the length of a `with` block; it drains at the end."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments or ("run",)
        self._log: IO[bytes] = tempfile.TemporaryFile("a+b")  # noqa: SIM115 (closed with the block)

    def __enter__(self) -> Self:
        self._child = subprocess.Popen(  # noqa: S603 (our own program)
            tied_to_parent("worker", *self._arguments),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._child.terminate()
        try:
            self._child.wait(_FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
        self._log.close()

    def wait(self, *others: "Run") -> None:
        """Until Ctrl-C, or as long as it and the others live."""
        with suppress(KeyboardInterrupt):
            while True:
                for each in (self, *others):
                    each.must_live()
                time.sleep(_LOOK_SECONDS)

    def must_live(self) -> None:
        """Raises Declined with the end of its log when it has ended."""
        if self._child.poll() is not None:
            raise Declined(words.RUN_ENDED(said=self.said()))

    def said(self) -> str:
        """The end of its log."""
        self._log.seek(0)
        return "\n".join(self._log.read().decode(errors="replace").splitlines()[-_LINES:])
