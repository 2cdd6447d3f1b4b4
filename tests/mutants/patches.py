"""The patches beside this file: what they take away, which tests should miss it, and a copy of the tree without it.

A patch begins with two lines, `Guard: …` and `Tests: file …`; what follows is a unified diff that `git apply` takes.
"""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
#: What the tests need of the tree.
_PARTS = (
    "outbox",
    "worker",
    "sql",
    "tests",
    "pyproject.toml",
    "hatch_build.py",
    "constraints.txt",
    "README.md",
    "compose.yaml",
)
_NOT = shutil.ignore_patterns("__pycache__", ".*")


class DoesNotApply(Exception):
    """The code under the guard has changed: the patch must be made anew, or the guard is gone."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One guard removed."""

    name: str
    guard: str
    tests: tuple[str, ...]

    @classmethod
    def read(cls, patch: Path) -> Self:
        """From the head of its patch. Raises ValueError when the head lacks a line."""
        head = dict(line.split(": ", 1) for line in patch.read_text().splitlines()[:2] if ": " in line)
        if head.keys() != {"Guard", "Tests"}:
            raise ValueError(f"{patch.name} must begin with Guard: and Tests:")
        return cls(patch.stem, head["Guard"], tuple(head["Tests"].split()))

    def apply(self, tree: Path, *, check_only: bool = False) -> None:
        """Take the guard out of a copy. Raises DoesNotApply; then the copy is as it was."""
        command = ("git", "apply", *(["--check"] if check_only else []), str(FOLDER / f"{self.name}.patch"))
        done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise DoesNotApply(f"{self.name}: {done.stderr.strip()}")


def mutants(names: Sequence[str] = ()) -> list[Mutant]:
    """All of them, or those named, by name. Raises FileNotFoundError for a name that is none."""
    chosen = [FOLDER / f"{name}.patch" for name in names] or sorted(FOLDER.glob("*.patch"))
    return [Mutant.read(patch) for patch in chosen]


def copy_tree(target: Path) -> Path:
    """A copy of what the tests need; nothing in it is under version control."""
    for part in _PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=_NOT)
        else:
            shutil.copy2(source, target / part)
    return target
