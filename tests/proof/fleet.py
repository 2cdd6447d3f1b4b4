"""Two pollers and two workers that are restarted one by one, and the later release that they are restarted into."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import later
from polling import until
from relay import ROOT

from tests.proof.faults import signal_family
from tests.proof.scene import Scene


@contextmanager
def later_release() -> Iterator[Path]:
    """A folder with a copy of this program and its two migrations more; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lexrelay-release-") as folder:
        for package in ("worker", "outbox"):
            shutil.copytree(ROOT / package, Path(folder, package), ignore=shutil.ignore_patterns("__pycache__"))
        later.copy_sql(Path(folder))
        yield Path(folder)


@dataclass
class Fleet:
    """The processes of one release (`on.relay.home`), started when it is made."""

    on: Scene
    #: From when to when each restart lasted.
    restarts: list[tuple[datetime, datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        kinds = ("poller", "worker", "poller", "worker")
        self._members = [(kind, self._start(kind)) for kind in kinds]

    def restart_one_by_one(self, times: int, *, kill_every: int | None = None) -> None:
        """Stop the next in turn as a deployment would, or now and then by kill -9, and start it again."""
        for turn in range(1, times + 1):
            (kind, process), began = self._members.pop(0), datetime.now(UTC)
            if kill_every and turn % kill_every == 0:
                signal_family(process.pid, signal.SIGKILL)
            else:
                process.terminate()
            process.wait()
            self._members.append((kind, self._start(kind)))
            self.restarts.append((began, datetime.now(UTC)))

    def _start(self, kind: str) -> subprocess.Popen[bytes]:
        """Start one and wait until it is there."""
        known = self._newest(kind)
        process = self.on.relay.poller() if kind == "poller" else self.on.relay.worker(threads=4)
        until(lambda: self._newest(kind) > known, seconds=30)
        return process

    def _newest(self, kind: str) -> int:
        row = self.on.db.execute(
            "select coalesce(max(process_id), 0) from outbox.process where kind = %s", (kind,)
        ).fetchone()
        return int(row[0]) if row else 0
