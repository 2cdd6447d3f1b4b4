"""The bench cannot rot: each of its sub-commands runs through, on sizes that say nothing about speed."""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SMALL = (
    "throughput --practices 20 --seconds 1 --warm-seconds 0 --rounds 1 --latency 0.02",
    "calls --practices 1 --documents 2 --idle-seconds 0.2",
    "slots --documents 3",
    "rate --seconds 2",
    "rate --seconds 2 --watched",
    "idle --idle-seconds 0.2 --documents 2 --every-seconds 0.1",
    "dispatch --practices 20 --few 100 --many 200 --most 400 --threads 4 --rounds 5 --pinned-rounds 5",
    "quiet --pending 20 --practices 2 --documents 2",
    "memory --documents 200 --practices 10",
    "polled --practices 5 --seconds 1 --warm-seconds 0 --rounds 1 --pages 300",
    "catchup --practices 3 --each 2 --throughput 100",
)
#: What these count is the same on every machine and at every size.
MACHINE_DOES_NOT_MATTER = ("calls",)


@pytest.mark.parametrize(
    "small", [pytest.param(small, marks=pytest.mark.long if "polled" in small else pytest.mark.proof) for small in SMALL],
    ids=lambda small: small.partition(" ")[0],
)  # fmt: skip
def test_each_bench_runs_through_and_keeps_what_it_found(small: str, tmp_path: Path) -> None:
    """It ends by saying which goals were reached, and leaves one file with machine, versions, setting and samples."""
    name = small.partition(" ")[0]
    command = (sys.executable, "-m", "tests.bench", "--out", str(tmp_path), *shlex.split(small))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode in (0, 1), done.stderr[-8000:]
    assert list(tmp_path.iterdir()), done.stderr[-8000:]
    kept = json.loads(next(tmp_path.glob("bench-*.json")).read_text())
    (found,) = kept["benches"].values()
    assert {"cores", "cpu", "memory_gib", "kernel"} == kept["machine"].keys()
    assert kept["versions"]["lexrelay"]
    assert found["setting"]
    assert found["samples"]
    assert all(figure["figure"] in done.stdout for figure in found["figures"])
    assert done.returncode == 0 or name not in MACHINE_DOES_NOT_MATTER
