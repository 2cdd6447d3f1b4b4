"""A scene of its own for each proof: embedded services, a sandbox process, practices, and the relay's processes."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import practice as hosts
from relay import ROOT, Relay

from outbox.migrate import migrate
from worker.embedded import EmbeddedPostgres, EmbeddedValkey
from worker.sandbox.control import Control, Tenant

_CONTACT = {"version": 0, "roles": {"customer": {}}, "person": {"lastName": "Beispiel"}}


@dataclass
class Lane:
    """A practice with one known payer."""

    practice: hosts.Practice
    tenant: Tenant
    payer: int

    def invoice(self) -> int:
        """One completed invoice."""
        return self.practice.invoice(self.payer)

    def pile(self, count: int) -> None:
        """Many at once, as a bulk import would write them."""
        number = f"'P{self.practice.practice_id}-' || n"
        with self.practice.db.transaction():
            self.practice.db.execute(
                "with invoice as (insert into practice.invoices (practice_id, customer_id, number, status, invoice_date, "
                "tax_mode, exemption_note, total, completed_at) select %s, %s, "
                + number
                + ", 'completed', current_date, "
                "'vatfree', 'Umsatzsteuerfrei nach § 4 Nr. 14 UStG', 85, clock_timestamp() from generate_series(1, %s) n "
                "returning id) insert into practice.invoice_items (invoice_id, unit_price) select id, 85 from invoice",
                (self.practice.practice_id, self.payer, count),
            )


@dataclass
class Scene:
    """Everything a proof needs."""

    db: psycopg.Connection
    postgres: EmbeddedPostgres
    valkey: EmbeddedValkey
    control: Control
    relay: Relay
    lanes: list[Lane] = field(default_factory=list)

    def add_lane(self, **switches: object) -> Lane:
        """A switched-on practice; without switches its organisation has no rate limit."""
        tenant = self.control.add_organisation(switches={"rate_per_second": 0} | switches)
        practice = hosts.Practice(self.db)
        practice.switch_on(tenant.id, tenant.key)
        payer = practice.customer()
        practice.link(payer, self.control.act(tenant.id, "create_contact", body=_CONTACT)["id"], tenant.id)
        self.lanes.append(Lane(practice, tenant, payer))
        return self.lanes[-1]

    def count(self, where: str) -> int:
        """How many events are so."""
        row = self.db.execute(f"select count(*) from outbox.event where {where}").fetchone()
        return int(row[0]) if row else 0


@contextmanager
def scene(**pace: str) -> Iterator[Scene]:
    """Start everything, and end it."""
    with (
        EmbeddedPostgres(settings={"max_connections": "300"}) as postgres,
        EmbeddedValkey() as valkey,
        _sandbox() as url,
    ):
        migrate(postgres.url(), reference_practice=True)
        with (
            psycopg.connect(postgres.url(), autocommit=True) as db,
            Control(url) as control,
            Relay(postgres.url(), valkey.url, url, **pace) as relay,
        ):
            yield Scene(db, postgres, valkey, control, relay)


@contextmanager
def _sandbox() -> Iterator[str]:
    command = [sys.executable, "-m", "worker.sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())["url"]
        finally:
            process.terminate()
