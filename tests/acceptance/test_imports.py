"""What the daemon's processes carry: nothing of the operator's side, of the demo, or of what only those need."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from polling import until
from practice import Practice
from relay import ROOT, Relay

from worker.lab.sandbox.server import Sandbox

OPERATORS = ("worker.operations", "worker.console", "worker.lab", "aiohttp")
COMMAND_LINE = ("worker.cli",)

Start = Callable[[Relay, dict[str, str]], "set[int]"]


def _run(relay: Relay, environment: dict[str, str]) -> set[int]:
    return {relay.start(sys.executable, "-m", "worker", "run", environment=environment).pid}


def _halves(relay: Relay, environment: dict[str, str]) -> set[int]:
    """As they are started on machines of their own; `lexrelay poller` is a command."""
    relay.start(sys.executable, "-m", "dramatiq", "worker.app:broker", "--processes", "1", environment=environment)
    return {relay.start(sys.executable, "-m", "worker", "poller", environment=environment).pid}


@pytest.mark.parametrize("start", [pytest.param(_run, id="run"), pytest.param(_halves, id="the halves alone")])
def test_poller_and_workers_carry_nothing_of_the_operators(
    start: Start, db: psycopg.Connection, database_url: str, redis_url: str, tmp_path: Path
) -> None:
    """After a delivery neither side has imported it; commands only where a human typed one (httpx brings click by itself)."""
    environment = {
        "LEXRELAY_TEST_IMPORTS": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests" / "imports"))),
    }
    with Sandbox() as sandbox, Relay(database_url, redis_url, sandbox.url) as relay:
        practice = Practice(db)
        practice.switch_on(sandbox.tenants[0].id, sandbox.tenants[0].key)
        typed = start(relay, environment)
        practice.invoice(practice.customer())
        until(lambda: db.execute("select 1 from outbox.event where state = 'delivered'").fetchone())

        until(lambda: _of("outbox.poller", tmp_path) and _of("worker.delivery.deliver", tmp_path))
        imported = {int(note.name): note.read_text().splitlines() for note in tmp_path.iterdir() if note.name.isdigit()}

    for pid, modules in imported.items():
        forbidden = OPERATORS if pid in typed else (*OPERATORS, *COMMAND_LINE)
        assert [name for name in modules if name.startswith(forbidden)] == []


def _of(module: str, notes: Path) -> bool:
    """Whether a process has it."""
    return any(module in note.read_text().splitlines() for note in notes.iterdir() if note.name.isdigit())
