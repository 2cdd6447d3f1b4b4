"""A program that cannot outlive its owner: it runs under a keeper (`keeper.py`), as an unprivileged account.

Knows processes and signals; what the program is, its caller says.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress

from worker.lab.embedded import keeper
from worker.lab.embedded.unix_user import UnixUser
from worker.lab.embedded.workspace import Workspace

FAREWELL_SECONDS = 20.0


class Child:
    """A running program. Its output goes to the log of the workspace, which is also where it works."""

    def __init__(self, command: list[str], user: UnixUser, workspace: Workspace) -> None:
        words = [os.getpid(), user.uid, user.gid, workspace.path, *command]
        self._keeper = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-I", "-S", keeper.__file__, *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=workspace.log,
            cwd=workspace.path,
            env={"PATH": os.defpath, "LC_ALL": "C"},  # PGDATA and its like mean another server
            start_new_session=True,  # Ctrl-C is for the owner, who then ends us in order
        )
        try:
            self.pid = self._read_pid()
        except BaseException:
            self._keeper.kill()
            raise

    def _read_pid(self) -> int:
        assert self._keeper.stdout is not None  # noqa: S101  # for the type checker: a pipe was asked for
        with self._keeper.stdout as first_line:
            return int(first_line.readline() or 0)

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self._keeper.poll() is None

    def wait(self) -> int:
        """Wait for its end; the exit code, negative for a signal."""
        return self._keeper.wait()

    def end(self, how: signal.Signals) -> None:
        """Send a signal and return when the program is gone; killed, if it takes its time. May be said twice."""
        if self.runs:
            with suppress(ProcessLookupError):  # its keeper is about to say that it has ended
                os.kill(self.pid, how)
        try:
            self._keeper.wait(FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:  # frozen, perhaps
            os.kill(self.pid, signal.SIGKILL)
            self._keeper.wait()
