"""One lane at the true rate for three minutes: nearly all of it used, never more than two calls in any second.

Counted at the simulated Lexware, which keeps Lexware's own limit (two calls a second) and answers 429 above it.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import click
from relay import ROOT

from tests.bench.figures import Figure, Measured, at_least, at_most
from tests.bench.progress import steps
from tests.bench.setting import PACE, setting, told
from tests.bench.watched import beside_the_watch
from tests.proof.scene import Lane, Scene, sandbox

_RATE = float(PACE["LEXRELAY_RATE_PER_SECOND"])
#: Lexware's own, and answers in 200 ms but for one in twenty, in 800 ms.
_REMOTE = {"rate_per_second": 2.0, "latency_seconds": 0.2, "latency_tail_share": 0.05, "latency_tail_seconds": 0.6}


@dataclass(frozen=True)
class Use:
    """What the remote saw of a lane."""

    used: float
    densest_second: int
    refused: int
    arrivals: list[float]


@click.command()
@click.option("--seconds", default=180.0, show_default=True)
@click.option(
    "--crowded",
    is_flag=True,
    help="With four worker processes, two pollers, and an operator's `contact suggest` all the time.",
)
@click.option("--watched", is_flag=True, help="Two lanes, one of them beside the watch: what that takes of a backlog.")
def rate(*, seconds: float, crowded: bool, watched: bool) -> Measured:
    """How much of the allowed rate one lane uses."""
    if watched:
        return beside_the_watch(seconds, _REMOTE)
    with setting(sandbox) as on, steps("rate", 1) as say:
        lane = on.add_lane(**_REMOTE)
        lane.pile(20 + int(1.2 * _RATE * seconds))
        say(f"one lane for {seconds:g} s")
        with _crowd(on, lane) if crowded else _one_of_each(on) as meanwhile:
            _let_pass(on, lane, seconds, meanwhile)
        use = _use(on, lane, seconds)
        about = {"seconds": seconds, "crowded": crowded, "remote": _REMOTE} | told(on)
    figures = [
        at_least(f"of {_RATE:g} calls a second used", 100 * use.used, 98, "%", digits=1),
        at_most("densest second at the server", use.densest_second, 2, "calls"),
        Figure("429", "none", str(use.refused), use.refused == 0),
    ]
    return Measured(figures, about, asdict(use))


@contextmanager
def _one_of_each(on: Scene) -> Iterator[Callable[[], None]]:
    on.relay.poller()
    on.relay.worker(threads=4)
    yield lambda: time.sleep(0.5)


@contextmanager
def _crowd(on: Scene, lane: Lane) -> Iterator[Callable[[], None]]:
    for _ in range(20):
        lane.practice.invoice(lane.practice.customer(), status="draft")
    for _ in range(2):
        on.relay.poller()
    on.relay.worker(processes=4, threads=4)
    yield lambda: _suggest(on, lane)


def _suggest(on: Scene, lane: Lane) -> None:
    command = (sys.executable, "-m", "worker", "contact", "suggest", "--practice", str(lane.practice_id), "--json")
    environment = on.relay.environment
    subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False, timeout=120)


def _let_pass(on: Scene, lane: Lane, seconds: float, meanwhile: Callable[[], None]) -> None:
    """Until so long after the first call."""
    while not (calls := on.control.requests(lane.tenant.id)):
        meanwhile()
    while time.monotonic() <= float(calls[0]["arrived"]) + seconds + 1:  # the server's clock is this machine's
        meanwhile()


def _use(on: Scene, lane: Lane, seconds: float) -> Use:
    calls = on.control.requests(lane.tenant.id)
    first = float(calls[0]["arrived"])
    arrivals = [float(call["arrived"]) - first for call in calls]
    after_first = sum(1 for at in arrivals if 0 < at <= seconds)
    refused = sum(1 for call in calls if call["status"] == 429)
    return Use(
        after_first / (seconds * _RATE), on.control.max_calls_in_sliding_second(lane.tenant.id), refused, arrivals
    )
