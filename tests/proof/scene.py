"""A scene of its own for each proof: embedded services, a sandbox process, practices, and the relay's processes."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import practice as hosts
from relay import ROOT, Relay

from worker.host.apply import migrate
from worker.lab.embedded import EmbeddedPostgres, EmbeddedValkey
from worker.lab.sandbox.control import Control, Tenant

#: As durable as a practice would have it, whatever the defaults are.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "max_connections": "600"}
_PILE = """
with invoice as (
    insert into practice.invoices (practice_id, customer_id, number, status, invoice_date, tax_mode, exemption_note, total,
                                   completed_at)
    select practice_id, payer, 'P' || practice_id || '-' || piled + n, 'completed', current_date, 'vatfree',
           'Umsatzsteuerfrei nach § 4 Nr. 14 UStG', 85, clock_timestamp()
    from unnest(%s::bigint[], %s::bigint[], %s::int[]) as lane (practice_id, payer, piled)
    cross join generate_series(1, %s::int) as n
    returning id
)
insert into practice.invoice_items (invoice_id, unit_price) select id, 85 from invoice
"""
_CONTACT = {"version": 0, "roles": {"customer": {}}, "person": {"lastName": "Beispiel"}}


@dataclass
class Remote:
    """What stands for Lexware: its address and its process."""

    url: str
    pid: int


@dataclass
class Lane:
    """A practice with one known payer."""

    practice: hosts.Practice
    tenant: Tenant
    payer: int
    piled: int = 0

    @property
    def practice_id(self) -> int:
        """The host's id of the practice."""
        return self.practice.practice_id

    def invoice(self) -> int:
        """One completed invoice."""
        return self.practice.invoice(self.payer)

    def pile(self, count: int) -> None:
        """Many at once, as a bulk import would write them."""
        pile([self], count)


def pile(lanes: Sequence[Lane], count: int) -> None:
    """So many documents in each lane, written in one transaction."""
    which = [[getattr(lane, name) for lane in lanes] for name in ("practice_id", "payer", "piled")]
    lanes[0].practice.db.execute(_PILE, (*which, count))
    for lane in lanes:
        lane.piled += count


@dataclass
class Scene:
    """Everything a proof needs."""

    db: psycopg.Connection
    postgres: EmbeddedPostgres
    valkey: EmbeddedValkey
    remote: Remote
    control: Control
    relay: Relay
    lanes: list[Lane] = field(default_factory=list)

    def add_lane(self, **switches: object) -> Lane:
        """A switched-on practice; without switches its organisation has no rate limit."""
        tenant = self.control.add_organisation(switches={"rate_per_second": 0} | switches)
        return self.lane_of(tenant, self.control.act(tenant.id, "create_contact", body=_CONTACT)["id"])

    def lane_of(self, tenant: Tenant, contact_id: str) -> Lane:
        """A switched-on practice of this organisation; its payer is this contact."""
        practice = hosts.Practice(self.db)
        practice.switch_on(tenant.id, tenant.key)
        payer = practice.customer()
        practice.link(payer, contact_id, tenant.id)
        self.lanes.append(Lane(practice, tenant, payer))
        return self.lanes[-1]

    def count(self, where: str) -> int:
        """How many events are so."""
        row = self.db.execute(f"select count(*) from outbox.event where {where}").fetchone()
        return int(row[0]) if row else 0


@contextmanager
def sandbox() -> Iterator[Remote]:
    """The simulated Lexware as a process of its own."""
    with served("worker.lab.sandbox", "--port", "0") as remote:
        yield remote


@contextmanager
def served(*module: str) -> Iterator[Remote]:
    """A server in a Python module, which prints its address in JSON."""
    with subprocess.Popen([sys.executable, "-m", *module], stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield Remote(json.loads(process.stdout.readline())["url"], process.pid)
        finally:
            process.terminate()


@contextmanager
def scene(remote: Callable[[], AbstractContextManager[Remote]] = sandbox, **pace: str) -> Iterator[Scene]:
    """Start everything, and end it."""
    with EmbeddedPostgres(settings=DURABLE) as postgres, EmbeddedValkey() as valkey, remote() as there:
        migrate(postgres.url(), reference_practice=True)
        with (
            psycopg.connect(postgres.url(), autocommit=True) as db,
            Control(there.url) as control,
            Relay(postgres.url(), valkey.url, there.url, **pace) as relay,
        ):
            yield Scene(db, postgres, valkey, there, control, relay)
