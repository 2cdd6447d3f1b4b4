"""Processes that do not outlive the one that started them."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from polling import until
from relay import ROOT

from worker.service.parent import tied_to_parent

_PARENT = """
import subprocess, sys
from worker.service.parent import tied_to_parent
print(subprocess.Popen(tied_to_parent("http.server", "0", "--bind", "127.0.0.1")).pid, flush=True)
sys.stdin.read()
"""


def test_a_child_ends_when_its_parent_is_killed() -> None:
    """By kill -9 too."""
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert parent.stdin is not None
    assert parent.stdout is not None
    with parent.stdin, parent.stdout:
        child = psutil.Process(int(parent.stdout.readline()))

        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()

        until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


@pytest.mark.proof
def test_a_strangers_module_of_our_name_is_not_run(tmp_path: Path) -> None:
    """In whatever folder the command is given, its children are ours."""
    (tmp_path / "worker.py").write_text("print('not ours')")

    said = subprocess.run(tied_to_parent("worker", "--help"), cwd=tmp_path, capture_output=True, text=True, check=True)

    assert "Commands:" in said.stdout
