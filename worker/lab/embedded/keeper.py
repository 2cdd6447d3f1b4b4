"""A program of its own that starts one server, waits with it, and ends it when the owner dies, even by kill -9.

    keeper.py OWNER_PID UID GID FOLDER COMMAND...

It gives up root for UID and GID, prints the server's pid, and ends with the server's exit code. If OWNER_PID dies first
it ends the server and deletes FOLDER. Should the keeper be killed, Linux ends the server (on macOS nothing does). It
watches its parent as `worker.service.parent` does. Started by path: the standard library and that module only, and
nothing imported once root is given up.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

if __name__ == "__main__":  # by path: our packages are found where this file lies, after the standard library
    sys.path.append(str(Path(__file__).resolve().parents[3]))

from worker.service.parent import watch

PR_SET_PDEATHSIG = 1
FAREWELL_SECONDS = 10.0
LOOK_SECONDS = 0.1


def keep(owner: int, folder: str, command: list[str]) -> int:
    """Run `command` until it ends or `owner` dies; the exit code of the command."""
    server = subprocess.Popen(  # noqa: S603  # the command comes from our own code
        command,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        stderr=sys.stderr,
        preexec_fn=_end_with_keeper,  # noqa: PLW1509  # no threads here, and it must come after root was given up
    )
    print(server.pid, flush=True)  # noqa: T201  # the owner reads it
    if watch(owner, LOOK_SECONDS, is_over=lambda: server.poll() is not None):
        _end(server)
        shutil.rmtree(folder, ignore_errors=True)
    return server.wait()


def _end_with_keeper() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _end(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGINT)
    try:
        server.wait(FAREWELL_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()


def _give_up_root(uid: int, gid: int) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)


if __name__ == "__main__":
    _give_up_root(int(sys.argv[2]), int(sys.argv[3]))
    sys.exit(keep(int(sys.argv[1]), sys.argv[4], sys.argv[5:]))
