"""What the console takes beside the events of years: each page, the process, and a page that is left open.

The console is a process of its own; CPU is its own and PostgreSQL's together, the time is that of the browser.
"""

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import click
import httpx
import psutil
import psycopg
from psycopg.rows import dict_row

from outbox.db import connect
from tests.bench.figures import Measured, Table, at_most, quantile
from tests.bench.meter import Meter, cpu_seconds
from tests.bench.progress import steps
from tests.bench.years import CAUSES, fill
from tests.proof.scene import DURABLE
from tests.relay import ROOT, Relay
from worker.console import sessions
from worker.host.apply import migrate
from worker.lab.embedded import EmbeddedPostgres

_MIB = 2**20
_LIMIT_MS, _LIMIT_MIB, _LIMIT_PERCENT = 300, 120, 1
#: So often `live.js` asks again for a page that is left open.
LIVE_SECONDS = 60.0
_NOBODY_THERE = "http://127.0.0.1:9"
_PLACES = """
select (select min(event_id) from outbox.event where state = 'dead') as dead,
       (select event_id from outbox.event where state = 'pending' order by event_id limit 1) as pending,
       (select event_id from outbox.event where state = 'delivered' and practice_id = 7 order by document_id desc limit 1) as delivered,
       (select min(number) from outbox.event where practice_id = 7 and state = 'delivered') as number,
       (select lexware_id from lexware.document_link where practice_id = 7 limit 1) as lexware_id,
       (select min(id) from practice.customers where practice_id = 7) as customer
"""
_GROUP = "select outbox.cause_group(e) from outbox.event e where e.state = 'dead' and e.reason = %s limit 1"


@click.command()
@click.option("--events", default=5_000_000, show_default=True, help="Settled ones.")
@click.option("--letters", default=10_000, show_default=True, help="Dead ones, of five causes.")
@click.option("--practices", default=500, show_default=True)
@click.option("--rounds", default=40, show_default=True, help="Requests of each page.")
@click.option("--open-seconds", default=180.0, show_default=True, help="How long a page is left open.")
def console(*, events: int, letters: int, practices: int, rounds: int, open_seconds: float) -> Measured:
    """Every page of the console beside five million settled events."""
    with EmbeddedPostgres(settings=DURABLE) as postgres, steps("console", 3) as say:
        migrate(postgres.url(), reference_practice=True)
        say(f"{events:,} settled events, {letters:,} letters")
        with psycopg.connect(postgres.url(), autocommit=True) as db:
            fill(db, practices=practices, events=events, letters=letters)
        return measure(postgres.url(), postgres.pid, rounds, open_seconds, say)


def measure(database_url: str, postgres: int, rounds: int, open_seconds: float, say: Callable[[str], None]) -> Measured:
    """Ask for every page so often, then leave one open."""
    with Relay(database_url, "redis://127.0.0.1:9", _NOBODY_THERE) as relay, served(relay) as (url, process):
        roots = {"console": [process.pid], "postgres": [postgres]}
        operator, owner = (entered(database_url, url, *who) for who in (("operator", None), ("practice", 7)))
        say(f"{rounds} of each page")
        taken = {}
        for name, path in _pages(database_url).items():
            browser = owner if name.startswith("own ") else operator
            taken[name] = [_asked(browser, path, roots) for _ in range(rounds + 1)][1:]
        memory = psutil.Process(process.pid).memory_info().rss / _MIB
        say(f"`/` left open for {open_seconds:g} s")
        share = _left_open(operator, open_seconds, roots)
    return _told(taken, memory, share)


def _told(taken: Mapping[str, list[tuple[float, float]]], memory: float, share: float) -> Measured:
    rows, slowest = [], {"time": 0.0, "CPU": 0.0}
    for name, samples in taken.items():
        wall, used = ([sample[which] for sample in samples] for which in (0, 1))
        figures = quantile(wall, 0.95), quantile(used, 0.95)
        slowest = {"time": max(slowest["time"], figures[0]), "CPU": max(slowest["CPU"], figures[1])}
        rows.append([name, *(f"{value:.0f} ms" for value in (statistics.median(wall), *figures))])
    figures = [
        *(at_most(f"slowest page, p95, {what}", value, _LIMIT_MS, "ms") for what, value in slowest.items()),
        at_most("memory of the console", memory, _LIMIT_MIB, "MiB", digits=1),
        at_most("CPU of a page that is left open, of one core", share, _LIMIT_PERCENT, "%", digits=2),
    ]
    return Measured(figures, {}, dict(taken), [Table("Pages", ("page", "p50", "p95", "CPU p95"), rows)])


@contextmanager
def served(relay: Relay) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The console as a process: where it is reached."""
    command = [sys.executable, "-m", "worker", "console", "--port", "0"]
    with subprocess.Popen(command, env=relay.environment, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            found = re.search(rb"http://[0-9.:]+", process.stdout.readline())
            assert found is not None
            yield found[0].decode(), process
        finally:
            process.terminate()


def entered(database_url: str, url: str, role: str, practice_id: int | None) -> httpx.Client:
    """A browser of somebody who has come in."""
    with connect(database_url) as connection:
        code = sessions.offer(connection, sessions.invited(role), practice_id, minutes=10, by="bench", why=None)
    client = httpx.Client(base_url=url, timeout=600, headers={"accept-language": "de"})
    assert client.get(f"/enter/{code}").status_code == 303
    return client


def _pages(database_url: str) -> dict[str, str]:
    """Every page; those whose name begins with `own` as the practice sees them."""
    with psycopg.connect(database_url, row_factory=dict_row) as db:
        at = db.execute(_PLACES).fetchone()
        groups = [db.execute(_GROUP, (reason,)).fetchone() for reason in CAUSES]
    assert at is not None
    causes = {
        f"a cause: {reason}": f"/letters?group={group['cause_group']}"
        for reason, group in zip(CAUSES, groups, strict=True)
        if group
    }
    return {
        "morning": "/", "letters": "/letters", "letters of a practice": "/letters?practice=7", **causes,
        "documents": "/documents", "documents by number": f"/documents?q={at['number']}", "documents by Lexware id": f"/documents?q={at['lexware_id']}",
        "documents not there": "/documents?q=XYZ", "documents that wait": "/documents?state=pending", "documents held": "/documents?state=held",
        "documents in doubt": "/documents?state=in_doubt", "documents of a practice": "/documents?practice=7",
        "a delivered document": f"/documents/{at['delivered']}", "a pending document": f"/documents/{at['pending']}", "a dead document": f"/documents/{at['dead']}",
        "practices": "/practices", "practices that are paused": "/practices?connection=paused", "history": "/history", "history of a practice": "/history?practice=7",
        "history of an event": f"/history?event={at['dead']}", "system": "/system", "settings": "/practices/7", "customers": "/practices/7/customers",
        "a customer": f"/practices/7/customers/{at['customer']}", "documents of a practice, own page": "/practices/7/documents", "reports": "/practices/7/reports",
        "own settings": "/practices/7", "own customers": "/practices/7/customers", "own documents": "/practices/7/documents",
        "own document by number": f"/practices/7/documents?q={at['number']}", "own reports": "/practices/7/reports",
    }  # fmt: skip


def _asked(browser: httpx.Client, path: str, roots: Mapping[str, list[int]]) -> tuple[float, float]:
    """Milliseconds of one request, and of the CPU that it took."""
    before, began = _used(roots), time.perf_counter()
    answer = browser.get(path)
    milliseconds = 1000 * (time.perf_counter() - began)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return milliseconds, 1000 * (_used(roots) - before)


def _used(roots: Mapping[str, list[int]]) -> float:
    return sum(cpu_seconds(one) for those in roots.values() for one in those)


def _left_open(browser: httpx.Client, seconds: float, roots: Mapping[str, list[int]]) -> float:
    """The share of a core that goes into a page which asks for itself again, in percent."""
    meter, began = Meter(roots), time.monotonic()
    while time.monotonic() - began < seconds:
        browser.get("/", headers={"hx-request": "true"})
        time.sleep(LIVE_SECONDS)  # as the page does
    used = meter.used_seconds()
    return 100 * (used["console"] + used["postgres"]) / (time.monotonic() - began)
