"""Catching up at the true rate: how long until all that waited in every practice is there.

The practices are paused while their documents land, and resumed all at once; the relay runs all the time.
"""

import math
import time

import click
from polling import until

from tests.bench.figures import Figure, Measured
from tests.bench.progress import steps
from tests.bench.setting import PACE, add_lanes, counts, lean, setting, start_relay, told
from tests.bench.throughput import throughput
from tests.proof.scene import Scene, pile

_RATE = float(PACE["LEXRELAY_RATE_PER_SECOND"])
_PAUSE = "update outbox.lane set pause_reason = 'operator', paused_at = clock_timestamp()"
_RESUME = "update outbox.lane set pause_reason = null, paused_at = null"


@click.command()
@click.option("--practices", default="100,1000", show_default=True, help="How many catch up, one after the other.")
@click.option("--each", default=30, show_default=True, help="Documents of each.")
@click.option(
    "--throughput", "per_second", type=float, help="Documents a second that this machine can; measured if not given."
)
@click.option("--processes", default=2, show_default=True)
@click.option("--threads", default=128, show_default=True)
@click.pass_context
def catchup(
    context: click.Context, *, practices: str, each: int, per_second: float | None, processes: int, threads: int
) -> Measured:
    """100 and 1,000 practices with 30 documents each, at the true rate."""
    if per_second is None:
        alone = context.invoke(throughput, against="", rounds=1, processes=processes, threads=threads)
        per_second = alone.samples["rates"]["lexrelay"]
    figures, samples = [], {}
    sizes = [int(size) for size in practices.split(",")]
    about = {"each": each, "throughput": round(per_second, 1), "processes": processes, "threads": threads}
    with steps("catchup", len(sizes)) as say:
        for size in sizes:
            say(f"{size:,} practices")
            took, setup = _catch_up(size, each, processes, threads)
            about |= setup
            ideal = max(each / _RATE, size * each / per_second)
            name = f"{size:,} practices catch up with {each} documents each"
            figures.append(Figure(name, f"within 10 % of {ideal:.1f} s", f"{took:.1f} s", took <= 1.1 * ideal))
            samples[str(size)] = {"seconds": took, "ideal": ideal}
    return Measured(figures, about, samples)


def _catch_up(practices: int, each: int, processes: int, threads: int) -> tuple[float, dict[str, object]]:
    """Seconds from the resumption of all lanes to the last document."""
    total = practices * each
    with setting(lean(0.2)) as on:
        lanes = add_lanes(on, practices)
        on.db.execute(_PAUSE)
        pile(lanes, each)
        on.db.execute("vacuum analyze")
        start_relay(on, processes, threads)
        until(lambda: _live_threads(on) == processes * threads)
        on.db.execute(_RESUME)
        began = time.monotonic()
        until(lambda: counts(on)["documents"] >= total, seconds=60 + math.ceil(total / 20), every=0.05)
        return time.monotonic() - began, told(on)


def _live_threads(on: Scene) -> int:
    row = on.db.execute("select coalesce(sum(threads), 0)::int from outbox.process where gone_at is null").fetchone()
    assert row is not None
    return int(row[0])
