"""The town of a soak: its services, its Lexware, its practices and the relay that serves them. Knows no faults."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row

from tests.chaos.fleet import POLLER, ROOT, Fleet, Role, worker
from tests.chaos.pace import ENVIRONMENT, SERVER_RATE_PER_SECOND
from tests.chaos.proxy import Proxy
from tests.practice import SECRET_KEY, Practice
from worker.host.apply import migrate
from worker.lab.embedded import EmbeddedPostgres, EmbeddedValkey
from worker.lab.sandbox.control import Control, Tenant
from worker.service.parent import tied_to_parent

Database = psycopg.Connection[DictRow]

#: Small lags that a relay must not even notice; `--lag` replaces the first.
LAGS: dict[str, Any] = {
    "voucherlist_lag_seconds": 0.5,
    "contact_search_lag_seconds": 0.5,
    "contact_unusable_seconds": 0.1,
    "account_number_race_seconds": 0.02,
    "latency_seconds": 0.01,
    "latency_tail_share": 0.01,
    "latency_tail_seconds": 0.5,
}
#: Two pollers, three processes that send.
PROCESSES = 5
_START_SECONDS = 120.0
RATE: dict[str, Any] = {"rate_per_second": SERVER_RATE_PER_SECOND, "rate_capacity": 5.0, "retry_after_seconds": 0}


@dataclass
class Site:
    """A practice and its organisation in Lexware."""

    practice: Practice
    tenant: Tenant
    customers: list[int] = field(default_factory=list)
    invoices: list[int] = field(default_factory=list)
    """Not cancelled yet, as far as the practice knows."""

    @property
    def practice_id(self) -> int:
        """The host's id."""
        return self.practice.practice_id


@dataclass
class Town:
    """Everything that runs. Who breaks something mends it again."""

    folder: Path
    postgres: EmbeddedPostgres
    valkey: EmbeddedValkey
    database_url: str
    control: Control
    lexware_cable: Proxy
    database_cable: Proxy
    sites: list[Site]
    fleet: Fleet
    lags: dict[str, Any]

    def database(self, **manners: Any) -> Database:
        """A connection of the database's owner, past every proxy. Raises psycopg.OperationalError."""
        return psycopg.connect(
            self.database_url, autocommit=True, row_factory=dict_row, connect_timeout=5,
            application_name="soak", **manners,
        )  # fmt: skip


@contextmanager
def founded(folder: Path, *, practices: int, lag_seconds: float | None, seed: int) -> Iterator[Town]:
    """A town whose relay runs; everything is ended with the block."""
    lags = LAGS if lag_seconds is None else LAGS | {"voucherlist_lag_seconds": lag_seconds}
    with ExitStack() as stack:
        postgres = stack.enter_context(EmbeddedPostgres(settings={"max_connections": "100"}))
        valkey = stack.enter_context(EmbeddedValkey())
        url, tenants = stack.enter_context(_sandbox(folder, practices))
        control = stack.enter_context(Control(url))
        control.set_switches(**RATE, **lags)
        with psycopg.connect(postgres.url(), autocommit=True) as admin:
            admin.execute("create database soak")
        database_url = postgres.url("soak")
        migrate(database_url, reference_practice=True)
        lexware_cable = stack.enter_context(Proxy(int(url.rpartition(":")[2]), f"{seed} lexware"))
        database_cable = stack.enter_context(Proxy(postgres.port, f"{seed} database"))
        sites = _sites(database_url, tenants)
        shaky_url = database_url.replace(f":{postgres.port}/", f":{database_cable.port}/")
        roles = _roles(database_url, shaky_url, valkey.url, f"http://127.0.0.1:{lexware_cable.port}")
        fleet = stack.enter_context(Fleet(roles, folder))
        town = Town(
            folder, postgres, valkey, database_url, control, lexware_cable, database_cable, sites, fleet, dict(lags)
        )
        _await_relay(town)
        yield town


def _await_relay(town: Town) -> None:
    """Until every process of the relay has registered. Raises TimeoutError."""
    until = time.monotonic() + _START_SECONDS
    with town.database() as db:
        while time.monotonic() < until:
            row = db.execute("select count(*) as processes from outbox.process where gone_at is null").fetchone()
            if row and row["processes"] == PROCESSES:
                return
            time.sleep(0.1)
    raise TimeoutError(f"the relay did not start within {_START_SECONDS:g} s, see its logs in {town.folder}")


@contextmanager
def _sandbox(folder: Path, organisations: int) -> Iterator[tuple[str, list[Tenant]]]:
    """The simulated Lexware as a process; the state file in the folder is the oracle."""
    options = ("--organisations", str(organisations), "--state", str(folder / "oracle.jsonl"))
    with (folder / "sandbox.log").open("wb") as log:
        process = subprocess.Popen(
            tied_to_parent("worker.lab.sandbox", *options), stdout=subprocess.PIPE, stderr=log, cwd=ROOT
        )
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        yield told["url"], [Tenant(o["id"], o["company_name"], tuple(o["keys"])) for o in told["organisations"]]
    finally:
        process.terminate()
        process.wait()


def _sites(database_url: str, tenants: list[Tenant]) -> list[Site]:
    with psycopg.connect(database_url, autocommit=True) as db:
        sites = [Site(Practice(db, name=f"Praxis Beispiel {place}"), tenant) for place, tenant in enumerate(tenants, 1)]
        for site in sites:
            site.practice.switch_on(site.tenant.id, site.tenant.key)
    return sites


def _roles(database_url: str, shaky_database_url: str, redis_url: str, api_url: str) -> list[Role]:
    """Two pollers and two workers; the second of each hangs on a database cable that can be cut."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LEXRELAY_", "LEXWARE_"))}
    steady = kept | ENVIRONMENT | {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "LEXWARE_API_URL": api_url,
        "LEXRELAY_SECRET_KEYS": SECRET_KEY,
        "dramatiq_worker_timeout": "100",
        "dramatiq_restart_delay": "500",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    shaky = steady | {"DATABASE_URL": shaky_database_url}
    return [
        Role("poller-1", POLLER, steady),
        Role("poller-2", POLLER, shaky),
        Role("worker-1", worker(2, 4), steady),
        Role("worker-2", worker(1, 6), shaky),
    ]
