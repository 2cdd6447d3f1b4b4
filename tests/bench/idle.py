"""How soon an idle relay acts, and what it costs while it waits: `.venv/bin/python tests/bench/idle.py`.

Starts all that is needed, lets `lexrelay run` idle, and prints two figures: the CPU of the idle system (poller, workers,
Redis and PostgreSQL with all their processes), and the time from the practice's commit to the arrival of the POST.
"""

import statistics
import sys
import time
from pathlib import Path
from typing import Any

import click
import psutil
import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import services
from practice import Practice
from relay import Relay, until

from outbox.migrate import migrate
from worker.embedded import EmbeddedPostgres, EmbeddedValkey
from worker.sandbox.server import Sandbox

#: The pace of a real installation, where the lane is not to be waited for between two documents of the bench.
PACE = {
    "LEXRELAY_RATE_PER_SECOND": "50", "LEXRELAY_HTTP_TIMEOUT_SECONDS": "35", "LEXRELAY_SETTLE_SECONDS": "60",
    "LEXRELAY_RECHECK_SECONDS": "60", "LEXRELAY_LEASE_SECONDS": "90", "LEXRELAY_POLL_SECONDS": "1",
}  # fmt: skip


@click.command()
@click.option("--idle-seconds", default=20.0, show_default=True)
@click.option("--documents", default=40, show_default=True)
@click.option("--every-seconds", default=0.5, show_default=True, help="Pause before each commit.")
@click.option("--run", "options", default="", help="Options for `lexrelay run`, e.g. '--processes 2'.")
def main(idle_seconds: float, documents: int, every_seconds: float, options: str) -> None:
    """Print both figures."""
    # PostgreSQL with its default settings: a commit here is as slow as it is.
    with EmbeddedPostgres() as postgres, EmbeddedValkey() as valkey, services.database(postgres.url()) as url:
        migrate(url, reference_practice=True)
        with (
            psycopg.connect(url, autocommit=True) as db,
            Sandbox() as sandbox,
            Relay(url, valkey.url, sandbox.url, **PACE) as relay,
        ):
            del relay.environment["dramatiq_worker_timeout"]
            sandbox.control.set_switches(rate_per_second=0)
            practice, payer = _practice(db, sandbox)
            run = relay.start(sys.executable, "-m", "worker", "run", *options.split())
            practice.invoice(payer)
            until(lambda: _delivered(db) == 1)
            _say_idle_cpu([run.pid, postgres.pid, valkey.pid], idle_seconds)
            _say_latency(db, sandbox, practice, payer, documents, every_seconds)


def _practice(db: psycopg.Connection[Any], sandbox: Sandbox) -> tuple[Practice, int]:
    """A practice whose payer has a contact already: the first call is the POST."""
    tenant = sandbox.tenants[0]
    practice = Practice(db)
    practice.switch_on(tenant.id, tenant.key)
    payer = practice.customer()
    contact = {"version": 0, "roles": {"customer": {}}, "person": {"lastName": "Beispiel"}}
    practice.link(payer, sandbox.control.act(tenant.id, "create_contact", body=contact)["id"], tenant.id)
    return practice, payer


def _delivered(db: psycopg.Connection[Any]) -> int:
    row = db.execute("select count(*) from outbox.event where state = 'delivered'").fetchone()
    return int(row[0]) if row else 0


def _say_idle_cpu(roots: list[int], seconds: float) -> None:
    tree = [each for root in roots for each in (psutil.Process(root), *psutil.Process(root).children(recursive=True))]
    before = {each: sum(each.cpu_times()[:2]) for each in tree}
    time.sleep(seconds)  # the thing to be measured
    shares = {each: 100 * (sum(each.cpu_times()[:2]) - used) / seconds for each, used in before.items()}
    for each, share in sorted(shares.items(), key=lambda pair: -pair[1]):
        if share:
            print(f"  {share:5.2f} %  {' '.join(each.cmdline())[:100]}")
    print(f"idle: {sum(shares.values()):.1f} % of one core over {seconds:g} s, {len(shares)} processes")


def _say_latency(
    db: psycopg.Connection[Any], sandbox: Sandbox, practice: Practice, payer: int, documents: int, every_seconds: float
) -> None:
    last = sandbox.control.counts()["requests"]
    done = _delivered(db)
    committed = []
    for number in range(documents):
        time.sleep(every_seconds)  # until everything idles again
        practice.invoice(payer)
        committed.append(time.monotonic())
        until(lambda wanted=done + number + 1: _delivered(db) == wanted)
    arrived = [call["arrived"] for call in sandbox.control.requests(since=last) if call["method"] == "POST"]
    spans = sorted(1000 * (float(there) - here) for here, there in zip(committed, arrived, strict=True))
    p95 = spans[int(0.95 * (len(spans) - 1))]
    print(f"commit to POST: median {statistics.median(spans):.0f} ms, p95 {p95:.0f} ms, n = {len(spans)}")


if __name__ == "__main__":
    main()
