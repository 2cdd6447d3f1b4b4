"""Every mutant still applies: a guard that was moved or renamed must not lose its patch unnoticed.

That the tests go red for each is shown by `python -m tests.mutants`, which takes minutes.
"""

from pathlib import Path

import pytest
from mutants.patches import ROOT, Mutant, copy_tree, mutants


@pytest.fixture(scope="module", name="tree")
def _tree(tmp_path_factory) -> Path:
    return copy_tree(tmp_path_factory.mktemp("tree"))


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.name)
def test_it_applies(tree: Path, mutant: Mutant) -> None:
    """The guard is where the patch expects it, and the tests that should miss it exist."""
    mutant.apply(tree, check_only=True)

    for file, _, name in (test.partition("::") for test in mutant.tests):
        assert f"def {name}(" in (ROOT / file).read_text()
