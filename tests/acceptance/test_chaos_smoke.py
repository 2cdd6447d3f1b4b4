"""A small chaos soak in every run: kills, crashes, cuts and broken answers for half a minute, then the offline verdict."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(300)
def test_half_a_minute_of_chaos_breaks_no_invariant() -> None:
    """Nothing lost, nothing twice, order and rate kept, under a fixed seed; the soak's own exit code says so."""
    command = [
        sys.executable,
        "-m",
        "tests.chaos",
        "--minutes",
        "0.35",
        "--seed",
        "35",
        "--practices",
        "8",
        "--rate",
        "5",
    ]

    soak = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert soak.returncode == 0, f"{soak.stdout[-12000:]}\n{soak.stderr[-4000:]}"
