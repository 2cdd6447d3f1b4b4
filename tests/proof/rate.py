"""One lane at the true rate for three minutes: nearly all of it used, never more than two calls in any second."""

import subprocess
import sys
import time

from relay import ROOT

from tests.proof.scene import Lane, Scene, scene

_TRUE = {
    "LEXRELAY_RATE_PER_SECOND": "1.5",
    "LEXRELAY_HTTP_TIMEOUT_SECONDS": "5",
    "LEXRELAY_SETTLE_SECONDS": "5",
    "LEXRELAY_LEASE_SECONDS": "10",
    "LEXRELAY_POLL_SECONDS": "1",
}
_SECONDS = 180


def rate() -> bool:
    """One poller, one worker process; latency 200 ms with 5 % at 800 ms."""
    with scene(**_TRUE) as on:
        lane = _backlog(on)
        on.relay.poller()
        on.relay.worker(threads=4)
        time.sleep(_SECONDS + 5)
        return _judge(on, lane, "rate", least=0.95)


def crowded() -> bool:
    """Four worker processes, two pollers, and an operator's `contact suggest` again and again."""
    with scene(**_TRUE) as on:
        lane = _backlog(on)
        for _ in range(20):
            lane.practice.invoice(lane.practice.customer(), status="draft")
        for _ in range(2):
            on.relay.poller()
        on.relay.worker(processes=4, threads=4)
        ends = time.monotonic() + _SECONDS + 5
        command = [
            sys.executable,
            "-m",
            "worker",
            "contact",
            "suggest",
            "--practice",
            str(lane.practice.practice_id),
            "--json",
        ]
        while time.monotonic() < ends:
            subprocess.run(
                command,
                env=on.relay.environment,
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
                timeout=120,
            )
        return _judge(on, lane, "rate-crowded", least=0.95)


def _backlog(on: Scene) -> Lane:
    lane = on.add_lane(rate_per_second=2.0, latency_seconds=0.2, latency_tail_share=0.05, latency_tail_seconds=0.6)
    lane.pile(600)
    return lane


def _judge(on: Scene, lane: Lane, name: str, *, least: float) -> bool:
    calls = on.control.requests(lane.tenant.id)
    times = [float(call["arrived"]) for call in calls]
    used = sum(1 for at in times if at <= times[0] + _SECONDS) / (_SECONDS * 1.5)
    densest = on.control.max_calls_in_sliding_second(lane.tenant.id)
    refused = sum(1 for call in calls if call["status"] == 429)
    print(
        f"{name}: {used:.1%} of 1.5/s used over {_SECONDS} s, densest second {densest}, 429s {refused}, {len(calls)} calls"
    )
    return used >= least and densest <= 2 and refused == 0
