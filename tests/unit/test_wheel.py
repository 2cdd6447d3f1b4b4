"""What a wheel brings, and the versions that it is installed with."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

import installing
import pytest

from outbox import sql

CONSTRAINTS = (installing.ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PROJECT = tomllib.loads((installing.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
#: Extras whose packages stand in an environment of their own, in the versions that they are named with.
_APART = {"witnesses"}


@pytest.fixture(scope="module", name="brought")
def _brought(tmp_path_factory: pytest.TempPathFactory) -> set[Path]:
    """The files of the wheel."""
    with ZipFile(installing.build(tmp_path_factory.mktemp("wheel"))) as archive:
        return set(map(Path, archive.namelist()))


def _named(requirement: str) -> str:
    return re.match(r"[\w-]+", requirement)[0]


def test_it_takes_two_names_and_no_others(brought: set[Path]) -> None:
    """None that another package has (python-sql is called `sql`), no tests."""
    assert {path.parts[0] for path in brought} == {"worker", "outbox", f"lexrelay-{PROJECT['version']}.dist-info"}


def test_it_brings_the_files_of_sql(brought: set[Path]) -> None:
    """All of them, where outbox/sql.py looks first."""
    there = {path.relative_to(sql.ROOT) for path in sql.ROOT.rglob("*.sql")}

    assert {path.relative_to("outbox/_sql") for path in brought if path.suffix == ".sql"} == there


def test_it_brings_all_modules_and_the_files_beside_them(brought: set[Path]) -> None:
    """Whatever is under version control below the two packages."""
    files = (
        path for package in ("worker", "outbox") for path in (installing.ROOT / package).rglob("*.*") if path.is_file()
    )
    there = {path.relative_to(installing.ROOT) for path in files if "__pycache__" not in path.parts}

    assert there <= brought


def test_constraints_are_versions_and_nothing_else() -> None:
    """Names and versions: whoever installs chooses where from."""
    assert [line for line in CONSTRAINTS if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line)] == []


def test_everything_that_is_installed_has_its_version() -> None:
    """Production, demo, bench and tests alike, but for what is installed apart; and our own name is not among them."""
    extras = {name: extra for name, extra in PROJECT["optional-dependencies"].items() if name not in _APART}
    wanted = [each for extra in extras.values() for each in extra]
    names = {_named(each) for each in (*PROJECT["dependencies"], *wanted)} - {PROJECT["name"]}
    fixed = {line.partition("==")[0].lower().replace("_", "-") for line in CONSTRAINTS}

    assert {name.lower().replace("_", "-") for name in names} <= fixed
    assert PROJECT["name"] not in fixed
    assert all(version(name) for name in names)
