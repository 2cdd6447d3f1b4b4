"""Documents a second with a backlog everywhere, beside the peers: A B A B in one run.

Counted at the remote, within a window after a warm-up. CPU is that of whole process trees; the remote is counted apart.
"""

import math
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import click
from polling import until

from tests.bench.contestants import PEERS, Contestant, Lexrelay, Peer
from tests.bench.figures import Figure, Measured, Table
from tests.bench.meter import Meter
from tests.bench.progress import Say, steps
from tests.bench.setting import FREE, add_lanes, counts, lean, setting, told
from tests.proof.scene import Scene

ROLES = ("worker", "poller", "postgres", "valkey", "remote")
#: What lexrelay delivers before anything is measured, so that PostgreSQL knows its tables as it does after a day.
_RUN_IN_DOCUMENTS = 2000


@dataclass(frozen=True)
class Sample:
    """One window of one contestant."""

    contestant: str
    documents: int
    seconds: float
    cpu_seconds: dict[str, float]
    commits: int

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.documents / self.seconds

    def cpu_ms(self, role: str) -> float:
        """CPU milliseconds of a role per document."""
        return 1000 * self.cpu_seconds.get(role, 0.0) / max(self.documents, 1)


@click.command()
@click.option("--practices", default=500, show_default=True)
@click.option("--seconds", default=12.0, show_default=True, help="The window of one sample.")
@click.option("--warm-seconds", default=6.0, show_default=True, help="From the first document to the window.")
@click.option("--rounds", default=2, show_default=True, help="How often each is measured, in turn.")
@click.option("--latency", default=0.2, show_default=True, help="Seconds of the remote.")
@click.option("--against", default="abcde", show_default=True, help="The peers, by their letters; empty: none.")
@click.option("--processes", default=2, show_default=True, help="Worker processes of lexrelay.")
@click.option("--threads", default=128, show_default=True, help="Threads in each of them.")
def throughput(
    *, practices: int, seconds: float, warm_seconds: float, rounds: int, latency: float, against: str, processes: int,
    threads: int,
) -> Measured:  # fmt: skip
    """Documents a second, beside the peers."""
    peers = [peer for peer in PEERS if peer.key in against]
    with setting(lean(latency), **FREE) as on, steps("throughput", 1 + rounds * (1 + len(peers))) as say:
        say("run-in")
        lexrelay = Lexrelay(add_lanes(on, practices), processes, threads)
        run_in(on, lexrelay)
        samples = [sample(on, each, warm_seconds, seconds, say) for _ in range(rounds) for each in (lexrelay, *peers)]
        about = {"practices": practices, "latency": latency, "lexrelay": lexrelay.what} | told(on)
    return _measured(samples, peers, about, {each.key: each.what for each in (lexrelay, *peers)})


def run_in(on: Scene, lexrelay: Lexrelay) -> None:
    """Deliver some, then let PostgreSQL count its tables."""
    documents = min(_RUN_IN_DOCUMENTS, 4 * len(lexrelay.lanes))
    with lexrelay.running(on, documents / lexrelay.most):
        first = counts(on)["documents"]
        until(lambda: counts(on)["documents"] - first >= documents, seconds=120, every=0.1)
    on.db.execute("vacuum analyze")


def sample(on: Scene, contestant: Contestant, warm_seconds: float, seconds: float, say: Say) -> Sample:
    """One window of a contestant, after its warm-up."""
    say(contestant.what)
    before = counts(on)["documents"]
    with contestant.running(on, warm_seconds + seconds + 2) as processes:
        until(lambda: counts(on)["documents"] > before, seconds=60, every=0.1)
        time.sleep(warm_seconds)
        there = {"postgres": [on.postgres.pid], "valkey": [on.valkey.pid], "remote": [on.remote.pid]}
        made, commits, began, meter = counts(on)["documents"], _commits(on), time.monotonic(), Meter(processes | there)
        time.sleep(seconds)  # the window
        took, used = time.monotonic() - began, meter.used_seconds()
        made, commits = counts(on)["documents"] - made, _commits(on) - commits
        last = counts(on)["documents"]
        until(
            lambda: counts(on)["documents"] > last, seconds=10, every=0.05
        )  # the backlog lasted longer than the window
    return Sample(contestant.key, made, took, used, commits)


def _commits(on: Scene) -> int:
    row = on.db.execute("select sum(xact_commit)::bigint from pg_stat_database").fetchone()
    assert row is not None
    return int(row[0])


def _measured(
    samples: Sequence[Sample], peers: Sequence[Peer], about: dict[str, object], names: Mapping[str, str]
) -> Measured:
    rates = {key: statistics.fmean(each.rate for each in samples if each.contestant == key) for key in names}
    figures = [Figure("documents a second", "", f"{rates['lexrelay']:.0f}")]
    for peer in peers:
        ratio = rates["lexrelay"] / rates[peer.key] if rates[peer.key] else math.inf
        told_as = f"{ratio:.2f} x ({rates['lexrelay']:.0f} / {rates[peer.key]:.0f})"
        figures.append(Figure(f"beside ({peer.key})", f"at least {peer.goal:g} x", told_as, ratio >= peer.goal))
    raw = {"samples": [asdict(each) for each in samples], "rates": rates}
    return Measured(figures, about, raw, [_table(samples, names)])


def _table(samples: Sequence[Sample], names: Mapping[str, str]) -> Table:
    """A line for each contestant: its rate in each round, and the CPU of one document."""
    rows = []
    for key, what in names.items():
        own = [each for each in samples if each.contestant == key]
        cpu = [statistics.fmean(each.cpu_ms(role) for each in own) for role in ROLES]
        others = sum(each.cpu_seconds["others"] for each in own) / sum(each.seconds for each in own)
        commits = sum(each.commits for each in own) / max(1, sum(each.documents for each in own))
        rates = ", ".join(f"{each.rate:.0f}" for each in own)
        rows.append(
            [
                f"({key}) {what}" if key != "lexrelay" else what,
                rates,
                *(f"{ms:.2f}" for ms in cpu),
                f"{commits:.1f}",
                f"{others:.2f}",
            ]
        )
    return Table("CPU ms per document", ("", "documents/s", *ROLES, "commits", "cores of others"), rows)
