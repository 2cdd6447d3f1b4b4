"""`lexrelay run` as systemd sees it: ready when it works, fed by its work and not by its being there, stopping when asked."""

import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from polling import PATIENCE_SECONDS, until
from relay import Relay


class Systemd:
    """The socket of `Type=notify`."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.setblocking(False)
        self.heard: list[str] = []

    def listen(self) -> list[str]:
        """Everything heard so far, a line each."""
        while True:
            try:
                self.heard += self._socket.recv(1000).decode().split("\n")
            except BlockingIOError:
                return self.heard

    def close(self) -> None:
        """Be gone."""
        self._socket.close()


@pytest.fixture(name="systemd")
def _systemd(tmp_path: Path) -> Iterator[Systemd]:
    systemd = Systemd(tmp_path / "notify")
    yield systemd
    systemd.close()


@pytest.fixture(name="relay")
def _relay(database_url: str, redis_url: str, tmp_path: Path, systemd: Systemd) -> Iterator[Relay]:
    """Where processes are started."""
    with Relay(database_url, redis_url, "http://127.0.0.1:9") as relay:
        relay.environment["NOTIFY_SOCKET"] = str(tmp_path / "notify")
        yield relay


@pytest.mark.proof
def test_systemd_hears_of_work_and_of_nothing_else(relay: Relay, systemd: Systemd) -> None:
    """A poller that is frozen feeds no watchdog, though `run` and the workers are alive."""
    run = relay.start(sys.executable, "-m", "worker", "run")
    until(lambda: "WATCHDOG=1" in systemd.listen())
    assert systemd.heard[0] == "READY=1"
    poller = next(each for each in psutil.Process(run.pid).children() if "worker.service.poller" in each.cmdline())

    poller.suspend()
    until(lambda: poller.status() == psutil.STATUS_STOPPED)
    systemd.listen()
    systemd.heard.clear()
    with pytest.raises(AssertionError, match="not within"):
        until(systemd.listen, seconds=3)
    poller.resume()

    until(lambda: "WATCHDOG=1" in systemd.listen())
    run.send_signal(signal.SIGTERM)
    assert run.wait(PATIENCE_SECONDS) == 0
    assert "STOPPING=1" in systemd.listen()
