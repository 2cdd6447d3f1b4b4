"""G1, G2 at every point of an attempt: killed, frozen for two leases, or struck by an exception; one effect each.

All cells run at once, each in a practice of its own, over four worker processes that a supervisor restarts.
"""

import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import pytest
import services
from polling import until
from practice import Practice
from relay import FAST, Relay

from worker.lab.sandbox.server import Sandbox

POINTS = ("after_begin", "before_intend", "after_intend", "before_send", "after_send", "before_settle", "after_settle")
CELLS = [
    (step, point, action)
    for step in ("document", "contact")
    for point in POINTS
    for action in ("kill", "stop", "raise")
]
_LEASE = 4.0


@dataclass
class Outcome:
    """What became of one cell."""

    state: str
    reason: str | None
    documents: int
    contacts: int
    struck: bool


class _Supervisor(threading.Thread):
    """Restarts workers that died and wakes those that have been frozen for two leases."""

    def __init__(self, relay: Relay, cells: Path) -> None:
        super().__init__(daemon=True)
        self._relay, self._cells, self.over = relay, cells, threading.Event()
        self._workers = [self._start() for _ in range(4)]
        self._frozen: dict[int, float] = {}

    def _start(self):
        return self._relay.worker(threads=1, app="failing_app:broker")

    def run(self) -> None:
        while not self.over.wait(0.1):
            self._workers = [worker if worker.poll() is None else self._start() for worker in self._workers]
            for worker in self._workers:
                self._wake(worker.pid)

    def _wake(self, pid: int) -> None:
        try:
            children = psutil.Process(pid).children(recursive=True)
            stopped = [child.pid for child in children if child.status() == psutil.STATUS_STOPPED]
        except psutil.NoSuchProcess:
            return
        for child in stopped:
            if time.monotonic() - self._frozen.setdefault(child, time.monotonic()) > 2 * _LEASE:
                os.kill(child, signal.SIGCONT)


@pytest.fixture(scope="module")
def outcomes(_postgres: str, _template: str, _valkey: str, tmp_path_factory) -> dict:
    """All cells, run once."""
    cells = tmp_path_factory.mktemp("cells")
    pace = {"LEXRELAY_LEASE_SECONDS": str(_LEASE), "LEXRELAY_TEST_CELLS": str(cells)}
    with (
        services.database(_postgres, template=_template) as url,
        psycopg.connect(url, autocommit=True) as db,
        Sandbox() as sandbox,
        Relay(url, _valkey, sandbox.url, **(FAST | pace)) as relay,
    ):
        sandbox.control.set_switches(rate_per_second=0)
        invoices = {cell: _arrange(db, sandbox, cells, place, cell) for place, cell in enumerate(CELLS)}
        supervisor = _Supervisor(relay, cells)
        supervisor.start()
        relay.poller()
        try:
            until(lambda: _pending(db) == 0, every=0.2)
        finally:
            supervisor.over.set()
            supervisor.join()
        return {cell: _look(db, sandbox, cells, cell, *invoices[cell]) for cell in CELLS}


def _arrange(db: psycopg.Connection, sandbox: Sandbox, cells: Path, place: int, cell: tuple) -> tuple[int, str, str]:
    tenant = sandbox.control.add_organisation()
    practice = Practice(db)
    practice.switch_on(tenant.id, tenant.key)
    number = f"RE-{place}"
    (cells / number).write_text(" ".join(cell))
    return practice.invoice(practice.customer(), number=number), tenant.id, number


def _pending(db: psycopg.Connection) -> int:
    row = db.execute("select count(*) from outbox.event where due_at is not null or lease_until is not null").fetchone()
    return int(row[0]) if row else 0


def _look(
    db: psycopg.Connection, sandbox: Sandbox, cells: Path, cell: tuple, invoice: int, tenant: str, number: str
) -> Outcome:
    row = db.execute("select state, reason from outbox.event where document_id = %s", (invoice,)).fetchone()
    assert row is not None
    documents, contacts = sandbox.control.documents(tenant), sandbox.control.contacts(tenant)
    return Outcome(row[0], row[1], len(documents), len(contacts), any(cells.glob(f"{number}.done-*")))


@pytest.mark.proof
@pytest.mark.parametrize(("step", "point", "action"), CELLS, ids=["-".join(cell) for cell in CELLS])
def test_one_effect(outcomes: dict, step: str, point: str, action: str) -> None:
    """The document is delivered, once, with one contact, whatever struck where."""
    assert outcomes[step, point, action] == Outcome("delivered", None, documents=1, contacts=1, struck=True)
