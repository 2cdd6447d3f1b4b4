"""A small chaos soak: kills, crashes, cuts and broken answers for a while, then the offline verdict."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOAK = (sys.executable, "-m", "tests.chaos", "--minutes", "0.3", "--seed", "306", "--practices", "8", "--rate", "8")


@pytest.mark.proof
def test_a_little_chaos_breaks_no_invariant() -> None:
    """Nothing lost, nothing twice, order and rate kept, under a fixed seed: the soak's own exit code says so."""
    with subprocess.Popen(SOAK, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as soak:
        try:
            told, _ = soak.communicate()
        finally:
            soak.terminate()

    assert soak.returncode == 0, told[-12_000:]
