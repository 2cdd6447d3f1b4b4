"""The relay's processes under a supervisor that does what systemd would: restart what died, end what it left behind.

Every role is a session of its own, so that all processes of a role, orphans included, can be found and ended. Should the
soak itself be killed, the roles end with their parent.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from worker.service.parent import tied_to_parent

ROOT = Path(__file__).resolve().parents[2]
_LOOK_SECONDS = 0.2
#: How long processes whose master was killed live on, before the supervisor ends them as systemd ends a control group.
_ORPHAN_SECONDS = 1.0

POLLER = tied_to_parent("worker", "poller")


def worker(processes: int, threads: int) -> list[str]:
    """The command of a Dramatiq master."""
    counts = ("--processes", str(processes), "--threads", str(threads))
    return tied_to_parent("dramatiq", "worker.app:broker", *counts, "--skip-logging")


@dataclass
class Role:
    """One place in the fleet; whoever fills it at the moment is `main`."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    main: subprocess.Popen[bytes] | None = None
    starts: int = 0
    ends: list[int] = field(default_factory=list)
    died_at: float | None = None

    def members(self) -> list[psutil.Process]:
        """All living processes of this role: the main one first, then its children, orphaned or not."""
        if self.main is None:
            return []
        session = [process for process in psutil.process_iter() if _session(process) == self.main.pid]
        living = [process for process in session if _lives(process)]
        return sorted(living, key=lambda process: (process.pid != self.main_pid, process.pid))

    @property
    def main_pid(self) -> int:
        """The pid of the main process; 0 when nobody fills the role."""
        return self.main.pid if self.main else 0


class Fleet:
    """Starts the roles with the `with` block, keeps them filled, and ends them with it. Logs go to `folder`."""

    def __init__(self, roles: list[Role], folder: Path) -> None:
        self.roles, self._folder = roles, folder
        self._ending = threading.Event()
        self._supervisor = threading.Thread(target=self._supervise, name="supervisor", daemon=True)

    def __enter__(self) -> Self:
        for role in self.roles:
            self._start(role)
        self._supervisor.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_supervision()
        for member in self.members():
            _send(member.pid, signal.SIGKILL)

    def members(self) -> list[psutil.Process]:
        """All living processes of the fleet."""
        return [member for role in self.roles for member in role.members()]

    def named(self, prefix: str) -> list[Role]:
        """The roles of one kind."""
        return [role for role in self.roles if role.name.startswith(prefix)]

    @property
    def restarts(self) -> int:
        """How often a role had to be filled again."""
        return sum(role.starts - 1 for role in self.roles)

    def bid_farewell(self, seconds: float) -> Iterator[str]:
        """End everybody by SIGTERM; tells who did not end well in time, and what was left behind (I8)."""
        self._end_supervision()
        for role in self.roles:
            _send(role.main_pid, signal.SIGTERM)
        until = time.monotonic() + seconds
        for role in self.roles:
            try:
                code = role.main.wait(max(0.1, until - time.monotonic())) if role.main else 0
            except subprocess.TimeoutExpired:
                yield f"{role.name} did not end within {seconds:g} s after SIGTERM"
                continue
            if code != 0:
                yield f"{role.name} ended with {code} after SIGTERM"
        yield from (f"{role.name} left process {left.pid} behind" for role in self.roles for left in role.members())

    def _end_supervision(self) -> None:
        self._ending.set()
        self._supervisor.join()

    def _start(self, role: Role) -> None:
        with (self._folder / f"{role.name}.log").open("ab") as log:
            role.main = subprocess.Popen(
                role.command, env=dict(role.environment), stdout=log, stderr=log, cwd=ROOT, start_new_session=True
            )
        role.starts, role.died_at = role.starts + 1, None

    def _supervise(self) -> None:
        while not self._ending.wait(_LOOK_SECONDS):
            for role in self.roles:
                if role.main is not None and role.main.poll() is not None:
                    self._replace(role)

    def _replace(self, role: Role) -> None:
        now = time.monotonic()
        if role.died_at is None:
            role.died_at = now
            role.ends.append(role.main.returncode if role.main else 0)
        if now - role.died_at >= _ORPHAN_SECONDS:
            for orphan in role.members():
                _send(orphan.pid, signal.SIGKILL)
            self._start(role)


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _lives(process: psutil.Process) -> bool:
    """False also for one that has gone since it was listed."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _session(process: psutil.Process) -> int:
    try:
        return os.getsid(process.pid)
    except ProcessLookupError:
        return -1
