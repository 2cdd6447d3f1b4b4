"""Who is measured: lexrelay, and what people would write instead (`peers/`), each with its backlog and its processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import redis
import services
from relay import ROOT

from tests.bench.setting import start_relay
from tests.proof.scene import Lane, Scene, pile

_PEERS = "tests.bench.peers"
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Peer:
    """A contestant without guarantees; `most` is the rate that its backlog is made for."""

    key: str
    what: str
    module: str
    worker: Sequence[str]
    goal: float
    most: int
    own_database: bool = False
    processes: int = 1
    relay: Sequence[str] = ()
    """What hands its backlog to the workers, if anything has to."""

    @contextmanager
    def running(self, on: Scene, seconds: float) -> Iterator[dict[str, list[int]]]:
        """A backlog for so many seconds, then the workers: their process ids by role. All is thrown away afterwards."""
        with ExitStack() as stack:
            environment = {}
            if self.own_database:
                environment["DATABASE_URL"] = stack.enter_context(services.database(on.postgres.url()))
            redis.Redis.from_url(on.valkey.url).flushall()
            self._fill(on, environment, int(self.most * seconds))
            commands = [self._command(number) for number in range(self.processes)]
            workers = [
                on.relay.start(sys.executable, "-m", *command, environment=environment)
                for command in (*commands, self.relay)
                if command
            ]
            try:
                yield {"worker": [worker.pid for worker in workers]}
            finally:
                _kill(workers)
                redis.Redis.from_url(on.valkey.url).flushall()

    def _fill(self, on: Scene, environment: Mapping[str, str], count: int) -> None:
        program = f"from {_PEERS}.{self.module} import fill; fill({count})"
        subprocess.run(
            [sys.executable, "-c", program], check=True, cwd=ROOT, env=on.relay.environment | dict(environment)
        )

    def _command(self, number: int) -> list[str]:
        return [word.format(module=f"{_PEERS}.{self.module}", number=number) for word in self.worker]


PEERS = (
    Peer(
        "a", "Dramatiq, one httpx client, -p 2 -t 128", "dramatiq_shared",
        ("dramatiq", "{module}", "-p", "2", "-t", "128"), goal=1.0, most=1400,
    ),
    Peer(
        "b", "Dramatiq, httpx client per thread, -p 2 -t 256", "dramatiq_threads",
        ("dramatiq", "{module}", "-p", "2", "-t", "256"), goal=0.6, most=1400,
    ),
    Peer(
        "c", "Celery, threads, one httpx client, 2 x 128", "celery_threads",
        ("celery", "-A", "{module}", "worker", "--pool", "threads", "-c", "128", "-n", "w{number}", "-l", "warning"),
        goal=1.0, most=1400, processes=2,
    ),
    Peer(
        "d", "procrastinate, one httpx client, 2 x 128", "procrastinate_async",
        ("procrastinate", "--app", "{module}.app", "worker", "--concurrency", "128"),
        goal=2.0, most=600, own_database=True, processes=2,
    ),
    Peer(
        "e", "naive outbox: skip locked, Dramatiq, httpx client per thread, -p 2 -t 128", "naive_outbox",
        ("dramatiq", "{module}", "-p", "2", "-t", "128"),
        goal=1.0, most=1400, own_database=True, relay=(f"{_PEERS}.naive_outbox",),
    ),
)  # fmt: skip


@dataclass
class Lexrelay:
    """lexrelay, all guarantees on: a poller, and Dramatiq with its workers."""

    lanes: Sequence[Lane]
    processes: int
    threads: int
    key: str = "lexrelay"
    most: int = 1400

    @property
    def what(self) -> str:
        """As the peers say it."""
        return f"lexrelay, -p {self.processes} -t {self.threads}"

    @contextmanager
    def running(self, on: Scene, seconds: float) -> Iterator[dict[str, list[int]]]:
        """A backlog for so many seconds, then the two halves: their process ids by role. Drained afterwards."""
        redis.Redis.from_url(on.valkey.url).flushall()
        pile(self.lanes, 1 + int(self.most * seconds / len(self.lanes)))
        halves = start_relay(on, self.processes, self.threads)
        try:
            yield {role: [half.pid] for role, half in halves.items()}
        finally:
            for half in halves.values():
                half.terminate()
            for half in halves.values():
                half.wait(_PATIENCE_SECONDS)


Contestant = Lexrelay | Peer


def _kill(workers: Sequence[subprocess.Popen[bytes]]) -> None:
    for worker in workers:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
