"""How fast the relay recovers from an emptied Redis, a killed worker, a crashed PostgreSQL and a day without Lexware."""

import os
import signal
import time

import psutil
import psycopg
import redis
from polling import until

from tests.proof.scene import Scene, scene
from worker.lab.sandbox.faults import Fault

_COMPRESSED = {
    "LEXRELAY_RATE_PER_SECOND": "20",
    "LEXRELAY_HTTP_TIMEOUT_SECONDS": "1",
    "LEXRELAY_SETTLE_SECONDS": "2",
    "LEXRELAY_LEASE_SECONDS": "6",
}


def flushall() -> bool:
    """A handed-out event in each of 1,000 lanes, and Redis emptied before one is begun."""
    lanes, threads = 1000, 250
    with scene(**_COMPRESSED) as on:
        for _ in range(lanes):
            on.add_lane().invoice()
        workers = [on.relay.worker(threads=threads) for _ in range(2)]
        until(lambda: _live_threads(on) == 2 * threads, seconds=30)
        for worker in workers:
            signal_family(worker.pid, signal.SIGSTOP)
        on.relay.poller()
        until(lambda: on.count("lease_until is not null") == lanes, seconds=60)
        redis.Redis.from_url(on.valkey.url).flushall()
        flushed = time.monotonic()
        for worker in workers:
            signal_family(worker.pid, signal.SIGCONT)
        until(lambda: on.count("state = 'delivered'") > 0, seconds=30)
        first = time.monotonic() - flushed
        until(lambda: on.count("state = 'delivered'") == lanes, seconds=120)
        last, documents = time.monotonic() - flushed, on.control.counts()["documents"]
        print(
            f"flushall: {lanes} hand-outs lost, first recovered after {first:.1f} s, all after {last:.1f} s, {documents} documents"
        )
        return first <= 7 and documents == lanes


def kill() -> bool:
    """A worker is killed with -9 in the middle of a POST, ten times."""
    taken, settled = [], []
    with scene(**_COMPRESSED) as on:
        lane = on.add_lane()
        on.control.set_switches(lane.tenant.id, latency_seconds=0.6)
        on.relay.poller()
        for done in range(10):
            worker = on.relay.worker(threads=2)
            on.control.clear_faults()
            lane.invoice()
            until(lambda: len(on.control.requests(lane.tenant.id)) and _posting(on), seconds=30)
            signal_family(worker.pid, signal.SIGKILL)
            killed = time.monotonic()
            until(lambda: on.count("begun_at is not null") == 0, seconds=10)
            taken.append(time.monotonic() - killed)
            on.relay.worker(threads=2)
            until(lambda done=done: on.count("state = 'delivered'") == done + 1, seconds=60)
            settled.append(time.monotonic() - killed)
        documents = on.control.counts()["documents"]
        print(
            f"kill: 10 workers killed in mid-POST, taken back after at most {max(taken):.2f} s, "
            f"settled after at most {max(settled):.1f} s, {documents} documents"
        )
        return max(taken) <= 2 and documents == 10


def restart() -> bool:
    """PostgreSQL crashes under load, five times."""
    with scene(**_COMPRESSED) as on:
        lanes = [on.add_lane() for _ in range(20)]
        for lane in lanes:
            lane.pile(50)
        on.relay.poller()
        on.relay.worker(threads=16)
        for part in range(1, 6):
            until(lambda part=part: _try_count(on) > part * 100, seconds=60)
            on.postgres.restart(immediate=True)
        began = time.monotonic()
        until(lambda: _try_count(on) == 1000, seconds=120)
        seconds, documents = time.monotonic() - began, on.control.counts()["documents"]
        print(f"restart: 5 crashes, all settled {seconds:.1f} s after the last, {documents} documents of 1000")
        return documents == 1000


def outage() -> bool:
    """Lexware is down for a day, in time compressed 1,440 to 1: a minute, with a retry table to match."""
    pace = {"LEXRELAY_RETRY_DELAYS": "20ms,80ms,400ms,2500ms", "LEXRELAY_SETTLE_SECONDS": "1"}
    with scene(**(_COMPRESSED | pace)) as on:
        lanes = [on.add_lane() for _ in range(50)]
        on.relay.poller()
        on.relay.worker(threads=16)
        on.control.start_outage(Fault(status=503, count=None))
        for lane in lanes:
            lane.pile(4)
        time.sleep(60)
        on.control.end_outage()
        ended, calls = time.monotonic(), on.control.counts()["requests"]
        until(lambda: on.count("state = 'delivered'") == 200 or on.count("state = 'dead'") > 0, seconds=120)
        seconds, dead = time.monotonic() - ended, on.count("state = 'dead'")
        burnt = on.count("tries > 1")
        storm = max(on.control.max_calls_in_sliding_second(lane.tenant.id) for lane in lanes)
        documents = on.control.counts()["documents"]
        print(
            f"outage: {calls} calls in a minute without answers, then 200 documents in {seconds:.1f} s; dead {dead}, "
            f"events with more than one try {burnt}, densest second of a practice {storm}, {documents} documents"
        )
        return dead == 0 and burnt == 0 and documents == 200 and storm <= 27


def _live_threads(on: Scene) -> int:
    row = on.db.execute("select coalesce(sum(threads), 0) from outbox.process where gone_at is null").fetchone()
    return int(row[0]) if row else 0


def _posting(on: Scene) -> bool:
    return on.db.execute("select from outbox.intent where closed_at is null").fetchone() is not None


def _try_count(on: Scene) -> int:
    try:
        return on.count("state = 'delivered'")
    except psycopg.OperationalError:
        on.db = psycopg.connect(on.postgres.url(), autocommit=True)
        return 0


def signal_family(master: int, number: signal.Signals) -> None:
    """The master and all its worker processes."""
    family = [psutil.Process(master), *psutil.Process(master).children(recursive=True)]
    for process in family:
        os.kill(process.pid, number)
