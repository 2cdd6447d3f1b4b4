"""Which operating system account the embedded servers run as, and which files it can get at.

PostgreSQL refuses to run as root, so root lends its servers the account `nobody`, which every Unix has; no account is
made and no permission of an existing folder is changed. Knows nothing of the servers themselves.
"""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from worker.lab.embedded.errors import EmbeddedError


@dataclass(frozen=True, slots=True)
class UnixUser:
    """A user and group of this machine."""

    uid: int
    gid: int

    @classmethod
    def unprivileged(cls) -> Self:
        """The caller's own account, or `nobody` when the caller is root."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        try:
            nobody = pwd.getpwnam("nobody")
        except KeyError:
            raise EmbeddedError(
                "PostgreSQL does not run as root, and there is no account `nobody` to run it as"
            ) from None
        return cls(nobody.pw_uid, nobody.pw_gid)

    def can_reach(self, path: Path) -> bool:
        """Whether this account may enter or run `path` and every folder above it; judged by the mode bits alone."""
        path = path.resolve()
        return all(self._may_enter(part.stat()) for part in (path, *path.parents))

    def _may_enter(self, entry: os.stat_result) -> bool:
        if entry.st_uid == self.uid:
            return bool(entry.st_mode & 0o100)
        if entry.st_gid == self.gid:
            return bool(entry.st_mode & 0o010)
        return bool(entry.st_mode & 0o001)
