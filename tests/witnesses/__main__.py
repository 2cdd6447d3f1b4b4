"""`python -m tests.witnesses`: drive the clients of the extra `witnesses` against the sandbox, in an environment of their own.

One of them brings a top-level package `tests`, which would hide this one; so they are installed beside, for one run.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Install, drive, and tell by the exit code whether all disagreements are known."""
    with tempfile.TemporaryDirectory() as place:
        venv.create(place, with_pip=True)
        python = str(Path(place) / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "-q", f"{ROOT}[witnesses]"], check=True)
        return subprocess.run([python, ROOT / "tests" / "witnesses" / "drive.py"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
