"""How much memory the poller and the worker processes take, and that it does not grow with what they have done."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

import click
from polling import until

from tests.bench.figures import Figure, Measured, at_most
from tests.bench.meter import family
from tests.bench.progress import steps
from tests.bench.setting import FREE, add_lanes, counts, lean, setting, start_relay, told

_MIB = 2**20
_EVERY_SECONDS = 0.5
#: The share of all documents after which nothing is new any more.
_SETTLED_IN = 0.2


@dataclass(frozen=True)
class Look:
    """Resident memory in MiB at one moment: of the poller, and of the largest worker process."""

    documents: int
    poller: float
    worker: float


@click.command()
@click.option("--documents", default=100_000, show_default=True)
@click.option("--practices", default=500, show_default=True)
@click.option("--processes", default=2, show_default=True)
@click.option("--threads", default=128, show_default=True)
def memory(*, documents: int, practices: int, processes: int, threads: int) -> Measured:
    """Memory over 100,000 documents."""
    looks: list[Look] = []
    with setting(lean(0), **FREE) as on, steps("memory", 2) as say:
        say(f"a backlog of {documents:,}")
        add_lanes(on, practices, -(-documents // practices))
        on.db.execute("vacuum analyze")
        say(f"{documents:,} documents")
        halves = start_relay(on, processes, threads)
        until(lambda: counts(on)["documents"] > 0, seconds=60)
        while not looks or looks[-1].documents < documents:
            looks.append(_look(counts(on)["documents"], halves["poller"].pid, halves["worker"].pid))
            time.sleep(_EVERY_SECONDS)
        about = {"practices": practices, "processes": processes, "threads": threads} | told(on)
    poller, worker = ([getattr(look, role) for look in looks] for role in ("poller", "worker"))
    figures = [
        at_most("memory of the poller", max(poller), 60, "MiB", digits=1),
        at_most("memory of a worker process", max(worker), 120, "MiB", digits=1),
        _growth("poller", looks, poller, documents),
        _growth("worker process", looks, worker, documents),
    ]
    samples = [[look.documents, round(look.poller, 2), round(look.worker, 2)] for look in looks]
    return Measured(figures, about, {"documents, poller MiB, worker MiB": samples})


def _look(documents: int, poller: int, master: int) -> Look:
    resident = [each.memory_info().rss / _MIB for each in family(master)[1:]]
    return Look(documents, sum(each.memory_info().rss for each in family(poller)) / _MIB, max(resident))


def _growth(role: str, looks: Sequence[Look], sizes: Sequence[float], documents: int) -> Figure:
    """From the second fifth of the documents to the last."""
    pairs = list(zip(looks, sizes, strict=True))
    early = [size for look, size in pairs if _SETTLED_IN <= look.documents / documents < 2 * _SETTLED_IN]
    late = [size for look, size in pairs if look.documents / documents >= 1 - _SETTLED_IN]
    grown = statistics.fmean(late) - statistics.fmean(early or late)
    return at_most(f"growth of the {role} from 20 to 100 % of {documents:,} documents", grown, 2, "MiB", digits=1)
