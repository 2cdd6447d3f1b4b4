"""A month of a practice in compressed time: after each sweep every state equals the simulated Lexware's own records."""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import psycopg
import pytest
from stage import PACE, Stage, stage
from terminal import Terminal
from watch_oracle import tidy_up, work, wrong
from watching import Watcher

from worker.host.apply import migrate
from worker.lab.embedded import EmbeddedPostgres
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


#: What strikes within a run of a kind after so many calls; whether it met the run.
Blow = Callable[[Watcher, str, int], bool]


def _month(one: Stage, *, seed: int, documents: int, days: int, actions: int, blow: Blow | None = None) -> None:
    dice, watcher = random.Random(seed), Watcher(one)
    one.control.add_fault(Fault(method="GET", status=503, count=None, probability=0.05, seed=seed))
    payers = [one.practice.customer() for _ in range(max(5, documents // 10))]
    struck = 0
    for day in range(days):
        for _ in range(documents // days):
            one.practice.invoice(dice.choice(payers))
        one.run()
        work(one, dice, actions)
        if blow and day % 2:
            struck += blow(watcher, "sweep", dice.randint(0, 3))
            assert watcher.run("sweep") == (True, None)  # the one that was interrupted goes on, by what it had listed
        assert watcher.run("delta") == (True, None)
        tidy_up(one, dice, 2)
        _both_signs(watcher)
        assert wrong(one) == [], f"seed {seed}, day {day}"
    assert watcher.run("deep") == (True, None)
    assert wrong(one) == []
    assert one.db.execute("select count(*) from outbox.event where state <> 'delivered'").fetchone() == (0,)
    assert struck > 0 or not blow
    watcher.close()


def test_a_short_month(db: psycopg.Connection, database_url: str) -> None:
    """Faults in between; 0 wrong, 0 missed."""
    with stage(db, database_url, _QUICK) as one:
        _month(one, seed=7, documents=30, days=3, actions=20)


@pytest.mark.parametrize("seed", [pytest.param(0, marks=pytest.mark.proof), pytest.param(1, marks=pytest.mark.long)])
def test_a_month_of_300_documents(db: psycopg.Connection, database_url: str, seed: int) -> None:
    """With a list that lags, processes that die within a run of the watch, and a key that is exchanged."""
    _month_of_300(db, database_url, seed, Watcher.die_within)


@pytest.mark.proof
def test_a_month_in_which_postgresql_dies() -> None:
    """The same, but it is PostgreSQL that is killed within runs, and started again: the process lives on."""
    with EmbeddedPostgres(settings={"fsync": "off"}) as server:
        migrate(server.url(), reference_practice=True)
        with psycopg.connect(server.url(), autocommit=True) as db:
            _month_of_300(db, server.url(), 2, partial(Watcher.lose_database_within, postgres=server))


def _month_of_300(db: psycopg.Connection, database_url: str, seed: int, blow: Blow) -> None:
    with stage(db, database_url, _QUICK) as one:
        one.control.set_switches(one.tenant.id, voucherlist_lag_seconds=_LAG_SECONDS)
        _month(one, seed=seed, documents=150, days=10, actions=60, blow=blow)
        fresh = one.control.act(one.tenant.id, "new_key")["key"]
        terminal = Terminal(database_url, LEXWARE_API_URL=one.sandbox.url, LEXRELAY_RATE_PER_SECOND="1000")
        _connect(terminal, fresh)
        one.control.act(one.tenant.id, "revoke_key", key=one.tenant.key)
        _month(one, seed=seed + 100, documents=150, days=10, actions=60, blow=blow)


def _connect(terminal: Terminal, key: str) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "key"
        file.write_text(key)
        terminal.run("practice", "connect", "--practice", 1, "--key-file", file)
