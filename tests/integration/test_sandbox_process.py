"""The simulated Lexware as a process of its own: its first line, its state file, its end."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from polling import PATIENCE_SECONDS
from sandbox_bodies import CONTACT, INVOICE

from worker.lab.sandbox.control import Control
from worker.lab.sandbox.faults import Fault
from worker.lab.sandbox.server import Sandbox


@contextmanager
def _process(*options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    command = [sys.executable, "-m", "worker.lab.sandbox", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def test_the_first_line_says_where_and_with_which_keys() -> None:
    """It answers when it has said so."""
    with _process("--organisations", "2") as (_, ready):
        profiles = [
            httpx.get(
                f"{ready['url']}/v1/profile", headers={"Authorization": f"Bearer {each['keys'][0]}"}, trust_env=False
            ).json()
            for each in ready["organisations"]
        ]

    assert [each["organizationId"] for each in profiles] == [each["id"] for each in ready["organisations"]]
    assert len(profiles) == 2


@pytest.mark.proof
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_while_a_call_hangs(number: signal.Signals) -> None:
    """Exit code 0 within moments."""
    with _process() as (process, ready), Control(ready["url"]) as control:
        control.start_outage(Fault(mode="hang", answer_after_seconds=3600))
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{ready['url']}/v1/profile", trust_env=False, timeout=1)
        process.send_signal(number)

        assert process.wait(PATIENCE_SECONDS) == 0


@pytest.mark.proof
def test_what_was_committed_survives_a_kill(tmp_path: Path) -> None:
    """The same organisations, keys, contacts and documents, and no number twice."""
    state = ("--state", str(tmp_path / "state"))
    with _process(*state) as (process, ready), Control(ready["url"]) as control:
        headers = {"Authorization": f"Bearer {ready['organisations'][0]['keys'][0]}"}
        with httpx.Client(base_url=ready["url"], headers=headers, trust_env=False) as api:
            api.post("/v1/contacts", json=CONTACT)
            api.post("/v1/invoices", json=INVOICE)
        before = control.contacts(), control.documents()
        process.kill()
        process.wait(PATIENCE_SECONDS)

    with _process(*state) as (_, again), Control(again["url"]) as control:
        after = control.contacts(), control.documents()
        with httpx.Client(base_url=again["url"], headers=headers, trust_env=False) as api:
            api.post("/v1/invoices", json=INVOICE)
        numbers = [each["number"] for each in control.documents()]

    assert again["organisations"] == ready["organisations"]
    assert after == before
    assert numbers == ["RE1001", "RE1002"]


def test_a_port_that_is_taken_is_an_error() -> None:
    """And leaves no thread behind."""
    with Sandbox() as first:
        port = int(first.url.rpartition(":")[2])
        second = Sandbox(port=port)

        with pytest.raises(OSError, match="address already in use"), second:
            pass

    assert not second._thread.is_alive()
