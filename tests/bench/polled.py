"""Documents a second beside an operator whose page stays open and asks for itself again and again: on and off by turns, in one run."""

import statistics
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from typing import Any

import click

from tests.bench.console import LIVE_SECONDS, entered, served
from tests.bench.contestants import Lexrelay
from tests.bench.figures import Figure, Measured, Table, at_least
from tests.bench.progress import steps
from tests.bench.setting import FREE, add_lanes, lean, setting, told
from tests.bench.throughput import Sample, run_in, sample
from tests.proof.scene import Scene

#: "Not measurably": of samples in turns on this machine, two alike differ by so much.
_SHARE = 97
#: Off, on, on, off: what grows with time falls on both alike.
_TURNS = (False, True, True, False)


@click.command()
@click.option("--practices", default=500, show_default=True)
@click.option("--seconds", default=12.0, show_default=True, help="The window of one sample.")
@click.option("--warm-seconds", default=6.0, show_default=True, help="From the first document to the window.")
@click.option("--rounds", default=2, show_default=True, help="How often: off, on, on, off.")
@click.option("--pages", default=5, show_default=True, help="How many operators have the first page open.")
def polled(*, practices: int, seconds: float, warm_seconds: float, rounds: int, pages: int) -> Measured:
    """Documents a second beside an open, polled console."""
    with setting(lean(0.2), **FREE) as on, steps("polled", 1 + rounds * len(_TURNS)) as say:
        say("run-in")
        lexrelay = Lexrelay(add_lanes(on, practices), 2, 128)
        run_in(on, lexrelay)
        samples, about = [], {"practices": practices, "pages": pages} | told(on)
        for is_open in _TURNS * rounds:
            with _open(on, LIVE_SECONDS / pages) if is_open else nullcontext():
                samples.append((is_open, sample(on, lexrelay, warm_seconds, seconds, say)))
    return _measured(samples, about)


def _measured(samples: Sequence[tuple[bool, Sample]], about: dict[str, Any]) -> Measured:
    without, beside = (
        statistics.fmean(one.rate for is_open, one in samples if is_open is wanted) for wanted in (False, True)
    )
    figures = [
        at_least("throughput beside an open console, of that without", 100 * beside / without, _SHARE, "%", digits=1),
        Figure("documents a second, without and with", "", f"{without:.0f} and {beside:.0f}"),
    ]
    rows = [
        ["open" if is_open else "none", f"{one.rate:.0f}", f"{one.cpu_seconds['others'] / one.seconds:.2f}"]
        for is_open, one in samples
    ]
    raw = {"samples": [{"open": is_open} | asdict(one) for is_open, one in samples]}
    table = Table("By turns", ("console", "documents/s", "cores of others, the console's among them"), rows)
    return Measured(figures, about, raw, [table])


@contextmanager
def _open(on: Scene, every: float) -> Iterator[None]:
    """The console as a process, and its first page, asked for as the `live.js` of all who have it open does."""
    done = threading.Event()
    with served(on.relay) as (url, _):
        browser = entered(on.postgres.url(), url, "operator", None)

        def ask() -> None:
            while not done.wait(every):
                browser.get("/", headers={"hx-request": "true"})

        page = threading.Thread(target=ask)
        page.start()
        try:
            yield
        finally:
            done.set()
            page.join()
