"""The operator at the keyboard: commands of `lexrelay`, in this process or in one of their own."""

import json
import os
import subprocess
import sys
from typing import Any

import practice
from click.testing import CliRunner, Result

from worker.cli import main
from worker.sandbox.server import Sandbox


class Commands:
    """Runs commands against one database and one sandbox, in English unless asked otherwise."""

    def __init__(self, database_url: str, sandbox: Sandbox) -> None:
        self.environment = {
            "DATABASE_URL": database_url,
            "LEXRELAY_SECRET_KEYS": practice.SECRET_KEY,
            "LEXWARE_API_URL": sandbox.url,
            "LEXRELAY_RATE_PER_SECOND": "1000",
            "LEXRELAY_HTTP_TIMEOUT_SECONDS": "1",
            "LEXRELAY_SETTLE_SECONDS": "1",
            "LEXRELAY_LANG": "en",
        }

    def __call__(self, *words: object, stdin: str | bytes = "", exits: int = 0, **environment: str) -> Result:
        """Run a command and demand its exit code; variables of the environment may be given by name."""
        result = CliRunner().invoke(main, [*map(str, words)], input=stdin, env=self.environment | environment)
        assert result.exit_code == exits, f"{words}: {result.exit_code}\n{result.output}\n{result.exc_info}"
        return result

    def json(self, *words: object) -> Any:
        """What a reading command gives with `--json`."""
        return json.loads(self(*words, "--json").stdout)

    def process(self, *words: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """The same command as a process of its own."""
        command = [sys.executable, "-m", "worker", *map(str, words)]
        environment = os.environ | self.environment
        return subprocess.run(command, input=stdin, env=environment, capture_output=True, text=True, check=False)
