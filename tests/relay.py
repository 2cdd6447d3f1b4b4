"""The relay as real processes: poller and workers, started, killed, frozen and stopped for real."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import practice

ROOT = Path(__file__).resolve().parent.parent
#: Compressed time: everything that waits waits little.
FAST = {
    "LEXRELAY_RATE_PER_SECOND": "50",
    "LEXRELAY_HTTP_TIMEOUT_SECONDS": "1",
    "LEXRELAY_SETTLE_SECONDS": "1",
    "LEXRELAY_RECHECK_SECONDS": "1",
    "LEXRELAY_LEASE_SECONDS": "3",
    "LEXRELAY_POLL_SECONDS": "0.2",
    "LEXRELAY_RETRY_DELAYS": "200ms,400ms,800ms,1s,2s",
}


class Relay:
    """Processes of one test, all ended with it. Their stderr goes to `log`."""

    def __init__(self, database_url: str, redis_url: str, api_url: str, **pace: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LEXRELAY_", "LEXWARE_"))}
        self.environment = kept | FAST | pace | {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "LEXWARE_API_URL": api_url,
            "LEXRELAY_SECRET_KEYS": practice.SECRET_KEY,
            "dramatiq_worker_timeout": "50",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}",
        }  # fmt: skip
        self._folder = tempfile.TemporaryDirectory(prefix="lexrelay-test-")
        self.log = Path(self._folder.name) / "log"
        self.processes: list[subprocess.Popen[bytes]] = []
        #: Where the program lies that is started.
        self.home = ROOT

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGCONT)
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if kind is not None:
            sys.stderr.write(self.said()[-6000:])
        self._folder.cleanup()

    def poller(self) -> subprocess.Popen[bytes]:
        """One poller."""
        return self.start(sys.executable, "-m", "worker", "poller")

    def worker(
        self, *, processes: int = 1, threads: int = 4, app: str = "worker.app:broker"
    ) -> subprocess.Popen[bytes]:
        """One Dramatiq master with its worker processes."""
        counts = ("--processes", str(processes), "--threads", str(threads))
        return self.start(sys.executable, "-m", "dramatiq", app, *counts, "--skip-logging")

    def start(self, *command: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Any process, in a session of its own."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                command, env=self.environment | dict(environment or {}), stderr=log, stdout=log, cwd=self.home,
                start_new_session=True,
            )  # fmt: skip
        self.processes.append(process)
        return process

    def said(self) -> str:
        """What all of them wrote."""
        return self.log.read_text(errors="replace") if self.processes else ""
