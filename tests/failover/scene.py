"""Documents that are completed and delivered all the time, one old server that is ended meanwhile, and what became of them."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psycopg
from polling import until
from relay import Relay

from tests.proof.scene import Lane, Scene, sandbox
from worker.host.apply import migrate
from worker.lab.embedded import EmbeddedPostgres, EmbeddedValkey
from worker.lab.sandbox.control import Control

#: As an installation has it, but for what waits for an answer that will not come, and for the rate: no lane is the limit.
_PACE = {
    "LEXRELAY_RATE_PER_SECOND": "20", "LEXRELAY_HTTP_TIMEOUT_SECONDS": "3", "LEXRELAY_SETTLE_SECONDS": "3",
    "LEXRELAY_LEASE_SECONDS": "10", "LEXRELAY_POLL_SECONDS": "1",
}  # fmt: skip
_LANES, _GAP_SECONDS, _LATENCY_SECONDS = 4, 0.05, 0.1
_BEFORE, _AFTER = 60, 100
"""Documents."""


@dataclass(frozen=True)
class Passage:
    """What a failover did to the documents; times in seconds."""

    acknowledged: int
    lost: int
    twice: int
    silence: float
    """The longest time without a document that arrived in Lexware."""
    refused: float
    """The longest time in which the practice software could complete nothing."""

    @property
    def held(self) -> bool:
        """Nothing was lost, nothing came twice."""
        return not self.lost and not self.twice and self.acknowledged > _BEFORE


@dataclass
class _Writer:
    """A practice software that completes one document after another, and comes back when its database was away."""

    url: str
    lanes: list[Lane]
    acknowledged: list[int] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def write(self) -> None:
        while not self.stop.is_set():
            with (
                suppress(psycopg.OperationalError),
                psycopg.connect(self.url, autocommit=True, connect_timeout=2) as db,
            ):
                self._write_by(db)
            self.stop.wait(_GAP_SECONDS)

    def _write_by(self, db: psycopg.Connection) -> None:
        for lane in self.lanes:
            lane.practice.db = db
        while not self.stop.is_set():
            self.acknowledged.append(self.lanes[len(self.acknowledged) % len(self.lanes)].invoice())
            self.moments.append(time.monotonic())
            self.stop.wait(_GAP_SECONDS)


def passage(
    postgres: EmbeddedPostgres, valkey: EmbeddedValkey, urls: tuple[str, str], fail_over: Callable[[], object]
) -> Passage:
    """Deliver, let `fail_over` happen meanwhile, deliver on. `urls`: by which PostgreSQL and Redis are found before and after."""
    database_url, redis_url = urls
    migrate(postgres.url(), reference_practice=True)
    with (
        sandbox() as remote,
        Control(remote.url) as control,
        Relay(database_url, redis_url, remote.url, **_PACE) as relay,
    ):
        with psycopg.connect(postgres.url(), autocommit=True) as db:
            scene = Scene(db, postgres, valkey, remote, control, relay)
            lanes = [scene.add_lane(latency_seconds=_LATENCY_SECONDS) for _ in range(_LANES)]
        relay.poller()
        relay.worker(threads=8)
        with _writing(_Writer(database_url, lanes)) as writer:
            until(lambda: control.counts()["documents"] >= _BEFORE, seconds=60)
            fail_over()
            already = len(writer.acknowledged)
            until(lambda: len(writer.acknowledged) >= already + _AFTER, seconds=120)
        with psycopg.connect(database_url, autocommit=True) as db:
            until(
                lambda: db.execute("select from outbox.event where state = 'pending'").fetchone() is None, seconds=120
            )
            return _seen(db, control, writer)


@contextmanager
def _writing(writer: _Writer) -> Iterator[_Writer]:
    thread = threading.Thread(target=writer.write, daemon=True)
    thread.start()
    try:
        yield writer
    finally:
        writer.stop.set()
        thread.join()


def _seen(db: psycopg.Connection, control: Control, writer: _Writer) -> Passage:
    """By the remote's own journal: each document is known by the code that stands in it."""
    codes = dict(db.execute("select document_id, marker_code from outbox.event where state = 'delivered'").fetchall())
    there = [str(document["body"]) for document in control.documents()]
    arrived = Counter({code: sum(code in body for body in there) for code in codes.values()})
    posts = [float(call["arrived"]) for call in control.requests() if call["method"] == "POST"]
    return Passage(
        acknowledged=len(writer.acknowledged),
        lost=sum(1 for document in writer.acknowledged if not arrived[codes.get(document, "")]),
        twice=sum(1 for times in arrived.values() if times > 1) + len(there) - arrived.total(),
        silence=_longest(posts),
        refused=_longest(writer.moments),
    )


def _longest(moments: list[float]) -> float:
    return max(later - one for one, later in itertools.pairwise(moments))
