"""The same report on two versions of Python: what it says, and every byte of every format."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psycopg
import pytest
from commands import Commands
from stage import Stage, stage
from test_report import MONTH, mixed

#: A Python of another version in which lexrelay is installed with its extra `pdf`.
_VARIABLE = "OTHER_PYTHON"
_FORMS = ("text", "json", "csv", "csv-machine", "pdf")


def _other() -> str:
    other = os.environ.get(_VARIABLE)
    if not other:
        pytest.skip(f"{_VARIABLE} names no Python of another version with lexrelay[pdf] in it")
    said = subprocess.run(
        [other, "-c", "import sys; print(sys.version_info[:2])"], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() != str(sys.version_info[:2]), f"{_VARIABLE} is of the same version"
    return other


def _made(python: str, one: Stage, database_url: str, folder: Path, forms: Sequence[str] = _FORMS) -> dict[str, bytes]:
    """Each format, by the command in a process of that Python."""
    environment = os.environ | Commands(database_url, one.sandbox).environment
    folder.mkdir()
    for form in forms:
        command = [
            python,
            "-m",
            "worker",
            "report",
            "--practice",
            "1",
            "--month",
            MONTH,
            "--format",
            form,
            "--lang",
            "de",
        ]
        done = subprocess.run(
            [*command, "--out", str(folder / form)], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, 1), done.stderr
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def _substance(db: psycopg.Connection) -> list[tuple[str, ...]]:
    return db.execute("select substance_sha256 from lexware.reports order by sequence").fetchall()


@pytest.mark.proof
def test_two_pythons_make_the_same_bytes(db: psycopg.Connection, database_url: str, tmp_path: Path) -> None:
    """Each makes the report by itself and says the same; and what one has made, both show alike in every format."""
    other = _other()
    with stage(db, database_url, tax_type="net") as one:
        invoices = mixed(one)
        one.practice.invoice(one.practice.customer(), [])
        one.run()
        one.control.act(one.tenant.id, "set_total", document=one.lexware_id(invoices[1]), total="58.00")
        _made(other, one, database_url, tmp_path / "alone", ["json"])
        by_other = _substance(db)
        with db.transaction():
            db.execute("set local session_replication_role = replica")
            db.execute("delete from lexware.reports")
        ours = _made(sys.executable, one, database_url, tmp_path / "ours")
        theirs = _made(other, one, database_url, tmp_path / "theirs")

    assert ours.keys() == set(_FORMS)
    assert [name for name in ours if ours[name] != theirs[name]] == []
    assert _substance(db) == by_other
