"""`lexrelay run`: poller and workers as two children, kept alive while this process lives.

A child that dies is started again, later each time if it keeps dying. The children end with this process, also when it is
killed. What they do, and whether PostgreSQL or Redis answers, is their business.
"""

import os
import signal
import subprocess
import time
from collections.abc import Mapping

import structlog

from worker.service.parent import ROOT, tied_to_parent
from worker.service.systemd import notify

log = structlog.get_logger()
_LOOK_SECONDS = 0.1
_FIRST_WAIT_SECONDS = 1.0
_LONGEST_WAIT_SECONDS = 10.0
#: A child that ran for so long was well: its next end is a new story.
_WELL_AFTER_SECONDS = 30.0
#: A child that ends so cannot work here; to start it again would not help.
_CONFIGURATION = 78
#: Dramatiq looks for its signals once a second, and its threads once more.
_MARGIN_SECONDS = 5.0


def run(processes: int, threads: int, http_timeout_seconds: float) -> int:
    """Keep both children running until SIGTERM or SIGINT, then drain; a second signal kills them.

    Returns the exit code: 0 when both ended by themselves, no later than the HTTP timeout and a margin; 78 when one of
    them cannot work here, whatever is tried; else 1.
    """
    patience = http_timeout_seconds + _MARGIN_SECONDS
    children = [
        Child("poller", tied_to_parent("worker.service.poller")),
        Child("workers", tied_to_parent("dramatiq", "worker.app:broker", *_options(processes, threads, patience))),
    ]
    asked = _Asked()
    while not asked.times and not any(child.refuses for child in children):
        for child in children:
            child.tend()
        time.sleep(_LOOK_SECONDS)
    log.info("run.draining")
    notify("STOPPING=1")
    ended = _drain(children, asked, time.monotonic() + patience + _MARGIN_SECONDS)
    return _CONFIGURATION if any(child.refuses for child in children) else ended


def _options(processes: int, threads: int, patience: float) -> list[str]:
    counts = ["--processes", str(processes), "--threads", str(threads)]
    farewell = ["--worker-shutdown-timeout", str(round(1000 * patience))]
    # Dramatiq would look into the current folder first.
    return ["--skip-logging", *counts, *farewell, "--path", str(ROOT)]


def _drain(children: list["Child"], asked: "_Asked", deadline: float) -> int:
    for child in children:
        child.end(signal.SIGTERM)
    while any(child.runs for child in children):
        if asked.times > 1 or time.monotonic() > deadline:
            log.warning("run.killed")
            for child in children:
                child.end(signal.SIGKILL)
            return 1
        time.sleep(_LOOK_SECONDS)
    return 0


class _Asked:
    """How often SIGTERM or SIGINT came. A plain number: a lock could be held where the signal strikes."""

    def __init__(self) -> None:
        self.times = 0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note)

    def _note(self, *_: object) -> None:
        self.times += 1


class Child:
    """One child and all that it forks, in a session of its own: Ctrl-C is for us, who then end it in order."""

    def __init__(self, name: str, command: list[str], environment: Mapping[str, str] = os.environ) -> None:
        self._name, self._command, self._environment = name, command, environment
        self._child: subprocess.Popen[bytes] | None = None
        self._began = self._due = time.monotonic()
        self._wait = 0.0
        self.refuses = False

    def tend(self) -> None:
        """Start it if it is due; notice its end."""
        now = time.monotonic()
        if self._child is None and now >= self._due:
            self._child = subprocess.Popen(self._command, env=self._environment, start_new_session=True)  # noqa: S603 (ours)
            self._began = now
            log.info("run.child_started", child=self._name, pid=self._child.pid)
        elif self._child is not None and (code := self._child.poll()) is not None:
            self._wait = _next_wait(self._wait, lived=now - self._began)
            self._due, self._child, self.refuses = now + self._wait, None, code == _CONFIGURATION
            log.error("run.child_ended", child=self._name, exit_code=code, seconds=self._wait)

    @property
    def runs(self) -> bool:
        """Whether it has been started and has not ended."""
        return self._child is not None and self._child.poll() is None

    def end(self, how: signal.Signals) -> None:
        """Send a signal: SIGTERM to the child, who tells its own; SIGKILL to all of them. May be said twice."""
        if self._child is None or not self.runs:
            return
        if how == signal.SIGKILL:
            os.killpg(self._child.pid, how)
            self._child.wait()
        else:
            self._child.send_signal(how)


def _next_wait(last: float, *, lived: float) -> float:
    """Seconds until the next start: longer each time, unless it had been well."""
    return _FIRST_WAIT_SECONDS if lived > _WELL_AFTER_SECONDS or not last else min(2 * last, _LONGEST_WAIT_SECONDS)
