"""A process that does not outlive the one that started it, even by kill -9: then it gets SIGTERM and ends in order.

    parent.py PARENT_PID MODULE ARGUMENT...

is `python -m MODULE ARGUMENT...` tied to its parent. It watches its parent instead of asking the kernel for a signal, because
only Linux has one, and that comes already when the *thread* ends that started us. Started by path, so that a `worker`
of somebody else in the current folder is not taken for ours. The standard library only; knows nothing of what runs.
"""

import os
import runpy
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

#: Where our packages lie.
ROOT = Path(__file__).resolve().parents[2]
_LOOK_SECONDS = 0.5


def end_with_parent(parent: int, patience_seconds: float | None = None) -> None:
    """Watch from now on, in a thread of its own; a fork needs a watch of its own.

    With `patience_seconds` a process that does not hear SIGTERM is killed so much later.
    """
    threading.Thread(target=_watch, args=(parent, patience_seconds), name="parent", daemon=True).start()


def watch(parent: int, every_seconds: float, *, is_over: Callable[[], bool] = lambda: False) -> bool:
    """Wait until the parent of this process is gone, or what it waits with `is_over`; whether the parent is gone."""
    while os.getppid() == parent and not is_over():
        time.sleep(every_seconds)
    return os.getppid() != parent


def tied_to_parent(module: str, *arguments: str) -> list[str]:
    """The command line for a child of this process that runs `module`."""
    return [sys.executable, "-P", __file__, str(os.getpid()), module, *arguments]


def _watch(parent: int, patience_seconds: float | None) -> None:
    signal.pthread_sigmask(
        signal.SIG_BLOCK, signal.valid_signals()
    )  # they are for the main thread, which may block them
    watch(parent, _LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    if patience_seconds is not None:
        time.sleep(patience_seconds)
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    end_with_parent(int(sys.argv[1]))
    sys.path.append(str(ROOT))
    del sys.argv[:2]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
