"""The wheel of this checkout, built without the network, and an environment that has nothing but it and what it needs."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet")


def build(folder: Path) -> Path:
    """The wheel, made in this folder."""
    command = (*_PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    subprocess.run((sys.executable, *command), check=True)
    [wheel] = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """Production's environment, in the versions of the constraints; its folder of programs. Needs the network."""
    venv.create(folder, with_pip=True)
    command = (*_PIP, "install", "--constraint", ROOT / "constraints.txt", wheel)
    subprocess.run((folder / "bin" / "python", *command), check=True)
    return folder / "bin"
