"""A practice software with lexrelay beside it: commands, processes, and what has arrived in Lexware."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import psycopg
from commands import Commands
from polling import until
from relay import Relay

from worker.lab.sandbox.control import Tenant
from worker.lab.sandbox.server import Sandbox


@dataclass(frozen=True)
class Plugged:
    """One practice of one host, switched on."""

    db: psycopg.Connection[Any]
    """Of the host's own login."""
    commands: Commands
    relay: Relay
    sandbox: Sandbox
    tenant: Tenant
    practice: object
    """The practice as a human of the host names it: its key where there is one, else its id."""

    def outcomes(self) -> dict[str, str]:
        """What became of each document, by its number: a state, or the reason of a dead letter."""
        rows = self.db.execute("select number, coalesce(reason, state) from outbox.event").fetchall()
        return dict(rows)

    def arrive(self, expected: Mapping[str, str], *, seconds: float = 60.0) -> None:
        """Wait until these documents, and no others, have ended so."""
        try:
            until(lambda: self.outcomes() == expected, seconds=seconds, every=0.1)
        except AssertionError:
            assert self.outcomes() == expected, f"{self.outcomes()} instead of {expected}"

    def in_lexware(self) -> dict[str, tuple[str, Decimal]]:
        """Kind and gross amount of every document there, by the number in its marker."""
        found: dict[str, tuple[str, Decimal]] = {}
        for document in self.sandbox.control.documents(self.tenant.id):
            number = document["body"]["remark"].splitlines()[-1].split(" · ")[0].removeprefix("Beleg-Nr. ")
            assert number not in found, f"{number} is there twice"
            found[number] = document["kind"], Decimal(str(document["body"]["totalPrice"]["totalGrossAmount"]))
        return found

    def show(self, number: object) -> dict[str, Any]:
        """What `show` says of a document, by number or by the host's own key."""
        told: dict[str, Any] = self.commands.json("show", number, "--practice", self.practice)
        return told


@contextmanager
def plugged(
    database_url: str, redis_url: str, folder: Path, *, tax_type: Literal["net", "gross", "vatfree"] = "vatfree"
) -> Iterator[Plugged]:
    """Apply the folder, then book, connect and enable the one practice there is; poller and worker run."""
    with (
        Sandbox() as sandbox,
        Relay(database_url, redis_url, sandbox.url) as relay,
        psycopg.connect(database_url, autocommit=True) as db,
    ):
        sandbox.control.set_switches(rate_per_second=0)
        tenant = sandbox.control.add_organisation(tax_type=tax_type)
        commands = Commands(database_url, sandbox)
        commands("migrate", "--host", folder)
        (practice,) = commands.json("practice", "list")
        of_it = ("--practice", practice.get("host_key", practice["practice_id"]))
        commands("practice", "book", *of_it)
        commands("practice", "connect", *of_it, stdin=tenant.key)
        commands("practice", "enable", *of_it, "--avv-date", "2026-11-01")
        relay.worker()
        relay.poller()
        yield Plugged(db, commands, relay, sandbox, tenant, of_it[1])
