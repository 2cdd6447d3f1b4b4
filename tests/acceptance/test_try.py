"""`lexrelay try`: from nothing to one's own first invoice, one failure and its repair, in five commands as the README has them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from polling import PATIENCE_SECONDS
from relay import ROOT

_WAITS = "\nfor i in $(seq 60); do lexrelay {} --json > now; grep -q {} now && break; sleep 1; done\n"
_UNTIL_DEAD = _WAITS.format("dead list", "exemption_note_missing")
_UNTIL_THERE = _WAITS.format("show RE-2 --practice 1", '\'"state": "delivered"\'')


def five_commands() -> list[str]:
    """As the README shows them; the first one opens the shell into which the others are typed."""
    section = (ROOT / "README.md").read_text().partition("**Your own first invoice.**")[2]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block is not None
    return [line.partition("  #")[0].strip() for line in block[1].splitlines()]


@pytest.mark.proof
def test_five_commands_lead_to_the_first_invoice(tmp_path: Path) -> None:
    """Typed one after another, waiting as a human does; nothing is left behind."""
    first, invoices, letters, repair, again = five_commands()
    assert first == ".venv/bin/lexrelay try"
    steps = [
        invoices,
        _UNTIL_DEAD,
        letters,
        repair,
        again,
        _UNTIL_THERE,
        "lexrelay status",
        "ls -d $LEXRELAY_TRY",
        "exit 7",
    ]
    typed = "\n".join(steps)

    ended = subprocess.run(
        [sys.executable, "-m", "worker", "try", "--lang", "de"], input=typed, text=True, capture_output=True, check=False,
        timeout=PATIENCE_SECONDS * 4, cwd=tmp_path, env=os.environ | {"SHELL": "/bin/sh", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    said = ended.stdout
    assert ended.returncode == 7, said + ended.stderr
    assert "Der Beleg ist umsatzsteuerfrei, sagt aber nicht, warum" in said, said
    assert "Wieder auf dem Weg: 1." in said
    assert "Alles ist übertragen." in said
    assert not Path(said.splitlines()[-1]).exists()


def test_sql_is_for_that_shell_alone(tmp_path: Path) -> None:
    """It would run in a real database."""
    (tmp_path / "x.sql").write_text("select 1")

    refused = subprocess.run(
        [sys.executable, "-m", "worker", "try", "--sql", str(tmp_path / "x.sql"), "--lang", "en"], text=True, capture_output=True,
        check=False, cwd=ROOT,
    )  # fmt: skip

    assert (refused.returncode, "within the shell" in refused.stderr) == (1, True)
