"""How soon an idle relay acts, and what it costs while it waits: `lexrelay run` as it is, both with one setting.

CPU is that of poller, workers, Valkey and PostgreSQL with all their processes; writes are the rows that changed while
nothing was to be done. The time from the practice's commit to the arrival of the POST is taken at the simulated Lexware.
"""

import statistics
import sys
import time

import click
import psycopg
from polling import until

from tests.bench.figures import Measured, Table, at_most, quantile
from tests.bench.meter import Meter
from tests.bench.progress import steps
from tests.bench.setting import setting, told
from tests.proof.scene import Lane, Scene, sandbox

#: The lane is not to be waited for between two documents.
_RATE = {"LEXRELAY_RATE_PER_SECOND": "50"}
#: PostgreSQL's processes tell of what they wrote at the latest after so long.
_STATISTICS_SECONDS = 11.0
_WRITES = """
select schemaname || '.' || relname, n_tup_ins + n_tup_upd + n_tup_del
from pg_stat_user_tables where n_tup_ins + n_tup_upd + n_tup_del > 0
"""


@click.command()
@click.option("--idle-seconds", default=30.0, show_default=True)
@click.option("--documents", default=40, show_default=True)
@click.option("--every-seconds", default=0.5, show_default=True, help="Pause before each commit.")
@click.option("--run", "options", default="", help="Options for `lexrelay run`, e.g. '--processes 2'.")
def idle(*, idle_seconds: float, documents: int, every_seconds: float, options: str) -> Measured:
    """What idling costs, and how soon an idle relay acts."""
    with setting(sandbox, **_RATE) as on, steps("idle", 2) as say:
        lane = on.add_lane()
        run = on.relay.start(sys.executable, "-m", "worker", "run", *options.split())
        lane.invoice()
        until(lambda: on.count("state = 'delivered'") == 1)
        say(f"{idle_seconds:g} s without work")
        time.sleep(_STATISTICS_SECONDS if idle_seconds > 1 else 0)
        meter, before = (
            Meter({"relay": [run.pid], "valkey": [on.valkey.pid], "postgres": [on.postgres.pid]}),
            _writes(on.db),
        )
        time.sleep(idle_seconds)  # the thing to be measured
        shares = {role: 100 * used / idle_seconds for role, used in meter.used_seconds().items()}
        written = {
            name: rows - before.get(name, 0) for name, rows in _writes(on.db).items() if rows != before.get(name, 0)
        }
        say(f"{documents} documents, one by one")
        waits = _waits(on, lane, documents, every_seconds)
        about = {"run": f"lexrelay run {options}".strip(), "dramatiq_worker_timeout": "its own"} | told(on)
        processes = on.db.execute("select count(*) from outbox.process where gone_at is null").fetchone()
    assert processes is not None
    allowed = processes[0] * (1 + int(idle_seconds / 10))
    figures = [
        at_most("commit to the POST, p50", statistics.median(waits), 40, "ms"),
        at_most("commit to the POST, p95", quantile(waits, 0.95), 120, "ms"),
        at_most("CPU while idle, of one core", sum(shares.values()) - shares["others"], 8, "%", digits=1),
        at_most(f"rows written in {idle_seconds:g} s idle", sum(written.values()), allowed, "rows"),
    ]
    detail = [[name, f"{share:.2f} %"] for name, share in shares.items()] + [
        [n, f"{rows} rows"] for n, rows in written.items()
    ]
    samples = {"milliseconds": waits, "cpu_percent": shares, "rows_written": written}
    return Measured(figures, about, samples, [Table("While idle", ("", ""), detail)])


def _writes(db: psycopg.Connection) -> dict[str, int]:
    return {str(name): int(rows) for name, rows in db.execute(_WRITES).fetchall()}


def _waits(on: Scene, lane: Lane, documents: int, every_seconds: float) -> list[float]:
    """Milliseconds from each commit to the arrival of its POST; the server's clock is this machine's."""
    last, done, committed = on.control.counts()["requests"], on.count("state = 'delivered'"), []
    for number in range(1, documents + 1):
        time.sleep(every_seconds)  # until everything idles again
        lane.invoice()
        committed.append(time.monotonic())
        until(lambda wanted=done + number: on.count("state = 'delivered'") == wanted)
    arrived = [call["arrived"] for call in on.control.requests(since=last) if call["method"] == "POST"]
    return [1000 * (float(there) - here) for here, there in zip(committed, arrived, strict=True)]
