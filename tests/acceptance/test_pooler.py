"""A real PgBouncer between: in session mode nothing is to be told, in transaction mode the direct address is."""

import sys
from typing import Literal

import psycopg
import pytest
from polling import until
from practice import Practice
from relay import Relay
from terminal import Terminal
from versions.pooler import PgBouncer
from versions.servers import Unavailable, debian

from worker.lab.sandbox.server import Sandbox


@pytest.fixture(autouse=True)
def _fetched() -> None:
    """Where apt has none, there is none to be tried."""
    try:
        debian("pgbouncer")
    except Unavailable as error:
        pytest.skip(f"PgBouncer cannot be had: {error}")


def _delivered(db: psycopg.Connection, relay: Relay, sandbox: Sandbox) -> None:
    """Three invoices and a cancellation go over while `lexrelay run` runs."""
    practice, tenant = Practice(db), sandbox.tenants[0]
    practice.switch_on(tenant.id, tenant.key)
    process = relay.start(sys.executable, "-m", "worker", "run")
    invoices = [practice.invoice(practice.customer()) for _ in range(3)]
    practice.cancel(invoices[0])
    until(lambda: db.execute("select count(*) from outbox.event where state = 'delivered'").fetchone() == (4,))
    process.terminate()

    assert process.wait(60) == 0
    assert len(sandbox.control.documents(tenant.id)) == 4


@pytest.mark.proof
@pytest.mark.parametrize("mode", ["session", "transaction"])
def test_everything_arrives(
    db: psycopg.Connection, database_url: str, redis_url: str, mode: Literal["session", "transaction"]
) -> None:
    """Once, and `check` has nothing to say against the pooler."""
    direct = {"LEXRELAY_DIRECT_DATABASE_URL": database_url} if mode == "transaction" else {}
    with PgBouncer(database_url, mode) as pooler, Sandbox() as sandbox:
        sandbox.control.set_switches(rate_per_second=0)
        with Relay(pooler.url, redis_url, sandbox.url, **direct) as relay:
            _delivered(db, relay, sandbox)
        lines = Terminal(pooler.url, REDIS_URL=redis_url, LEXWARE_API_URL=sandbox.url, **direct).json("check", code=1)

    assert {line["level"] for line in lines if line["check"] in ("database", "session locks", "pooler")} == {"ok"}


@pytest.mark.proof
def test_without_the_direct_address_it_is_a_failure(database_url: str, redis_url: str) -> None:
    """With the remedy; and nothing is begun."""
    with PgBouncer(database_url, "transaction") as pooler:
        terminal = Terminal(pooler.url, REDIS_URL=redis_url)
        page = terminal.run("check", code=1)

    assert "LEXRELAY_DIRECT_DATABASE_URL" in page
