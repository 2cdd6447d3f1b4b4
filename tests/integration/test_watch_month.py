"""A month of a practice in compressed time: after each sweep every state equals the simulated Lexware's own records."""

import random
import time
from dataclasses import replace

import psycopg
import pytest
from stage import PACE, Stage, stage
from terminal import Terminal
from watch_oracle import tidy_up, work, wrong
from watching import Watcher

from worker.lab.sandbox.faults import Fault

#: The second sign comes after a second.
_QUICK = replace(PACE, settle_seconds=0.1)

#: How late the voucher list learns what was made and deleted.
_LAG_SECONDS = 0.05


def _both_signs(watcher: Watcher) -> None:
    """A night, some time after the last deletion: what is not there is looked for twice."""
    time.sleep(2 * _LAG_SECONDS)
    assert watcher.run("sweep") == (True, None)
    time.sleep(_QUICK.second_absence_seconds)
    assert watcher.run("sweep") == (True, None)


def _month(one: Stage, *, seed: int, documents: int, days: int, actions: int, restarts: bool = False) -> None:
    dice, watcher = random.Random(seed), Watcher(one)
    one.control.add_fault(Fault(method="GET", status=503, count=None, probability=0.05, seed=seed))
    payers = [one.practice.customer() for _ in range(max(5, documents // 10))]
    deaths = 0
    for day in range(days):
        for _ in range(documents // days):
            one.practice.invoice(dice.choice(payers))
        one.run()
        work(one, dice, actions)
        if restarts and day % 2:
            deaths += watcher.die_within("sweep", dice.randint(0, 3))
            assert watcher.run("sweep") == (True, None)  # the one that was interrupted goes on, by what it had listed
        assert watcher.run("delta") == (True, None)
        tidy_up(one, dice, 2)
        _both_signs(watcher)
        assert wrong(one) == [], f"seed {seed}, day {day}"
    assert watcher.run("deep") == (True, None)
    assert wrong(one) == []
    assert one.db.execute("select count(*) from outbox.event where state <> 'delivered'").fetchone() == (0,)
    assert deaths > 0 or not restarts
    watcher.close()


def test_a_short_month(db: psycopg.Connection, database_url: str) -> None:
    """Faults in between; 0 wrong, 0 missed."""
    with stage(db, database_url, _QUICK) as one:
        _month(one, seed=7, documents=30, days=3, actions=20)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(3))
def test_a_month_of_300_documents(db: psycopg.Connection, database_url: str, seed: int) -> None:
    """With a list that lags, processes that die within a run of the watch, and a key that is exchanged."""
    with stage(db, database_url, _QUICK) as one:
        one.control.set_switches(one.tenant.id, voucherlist_lag_seconds=_LAG_SECONDS)
        _month(one, seed=seed, documents=150, days=10, actions=60, restarts=True)
        fresh = one.control.act(one.tenant.id, "new_key")["key"]
        terminal = Terminal(database_url, LEXWARE_API_URL=one.sandbox.url, LEXRELAY_RATE_PER_SECOND="1000")
        _connect(terminal, fresh)
        one.control.act(one.tenant.id, "revoke_key", key=one.tenant.key)
        _month(one, seed=seed + 100, documents=150, days=10, actions=60, restarts=True)


def _connect(terminal: Terminal, key: str) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "key"
        file.write_text(key)
        terminal.run("practice", "connect", "--practice", 1, "--key-file", file)


def test_calls_in_steady_state(db: psycopg.Connection, database_url: str) -> None:
    """Nothing has changed: a delta is one call, a sweep one for each page of its two lists, a deep one for each document."""
    with stage(db, database_url, _QUICK) as one:
        payer = one.practice.customer()
        for _ in range(8):
            one.practice.invoice(payer)
        one.run()
        watcher = Watcher(one)
        for kind in ("sweep", "deep", "delta", "sweep", "deep", "contacts"):
            assert watcher.run(kind) == (True, None)

        calls = one.db.execute("select kind, calls, pages from lexware.watch_runs order by id desc limit 4").fetchall()
        watcher.close()

    assert calls == [("contacts", 1, 1), ("deep", 8, 0), ("sweep", 2, 2), ("delta", 1, 1)]
    day = 86400 / _QUICK.watch_seconds + 2 * 2  # 400 documents are two pages of a list
    assert day <= 150
