"""What every bench stands on: the scene of the proofs at the pace of a real installation, with the lean remote."""

import json
import re
import subprocess
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from tests.proof.scene import DURABLE, Lane, Remote, Scene, pile, scene, served
from worker.lab.sandbox.control import Tenant

#: A real installation's, as `lexrelay` has it by itself.
PACE = {
    "LEXRELAY_RATE_PER_SECOND": "1.5", "LEXRELAY_HTTP_TIMEOUT_SECONDS": "35", "LEXRELAY_SETTLE_SECONDS": "60",
    "LEXRELAY_RECHECK_SECONDS": "60", "LEXRELAY_LEASE_SECONDS": "90", "LEXRELAY_POLL_SECONDS": "1",
}  # fmt: skip
#: The lanes are not to be waited for.
FREE = {"LEXRELAY_RATE_PER_SECOND": "1000"}


def lean(latency_seconds: float) -> Callable[[], AbstractContextManager[Remote]]:
    """The lean remote with this latency."""
    return lambda: served("tests.bench.remote", "--latency", str(latency_seconds))


@contextmanager
def setting(remote: Callable[[], AbstractContextManager[Remote]], **pace: str) -> Iterator[Scene]:
    """Start everything but the relay's own processes; end it."""
    with scene(remote, **(PACE | pace)) as on:
        del on.relay.environment["dramatiq_worker_timeout"]  # tests hurry; this is Dramatiq's own
        yield on


def start_relay(on: Scene, processes: int, threads: int) -> dict[str, subprocess.Popen[bytes]]:
    """A poller, and Dramatiq with its workers, by role; killed with the scene."""
    return {"poller": on.relay.poller(), "worker": on.relay.worker(processes=processes, threads=threads)}


def add_lanes(on: Scene, practices: int, each: int = 0) -> list[Lane]:
    """Practices with a linked payer and so many documents each; the lean remote knows them by their key."""
    with on.db.transaction():
        lanes = [on.lane_of(_tenant(), str(uuid.uuid4())) for _ in range(practices)]
    if each:
        pile(lanes, each)
    return lanes


def _tenant() -> Tenant:
    organisation = str(uuid.uuid4())
    return Tenant(organisation, "Praxis", (organisation,))


def counts(on: Scene) -> dict[str, int]:
    """What the lean remote has counted: documents and calls."""
    with urllib.request.urlopen(f"{on.remote.url}/counts") as answer:
        told: dict[str, int] = json.load(answer)
        return told


def told(on: Scene) -> dict[str, Any]:
    """The setting, to be printed and kept: what PostgreSQL says of itself, and the relay's own variables."""
    postgres = {name: _show(on, name) for name in ("server_version", *DURABLE)}
    ours = {
        name.removeprefix("LEXRELAY_").lower(): value
        for name, value in on.relay.environment.items()
        if re.match(r"LEXRELAY_.*_(SECONDS|SECOND)$", name)
    }
    return {"PostgreSQL": postgres, "pace": ours}


def _show(on: Scene, name: str) -> str:
    row = on.db.execute(f"show {name}").fetchone()
    assert row is not None
    return str(row[0])
