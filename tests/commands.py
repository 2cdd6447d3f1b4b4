"""The operator at the keyboard: commands of `lexrelay`, in this process or in one of their own."""

import json
import os
import subprocess
import sys
from typing import Any

import practice
from click.testing import CliRunner, Result
from polling import PATIENCE_SECONDS

from worker.cli import main
from worker.lab.sandbox.server import Sandbox


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

    def says(self, *words: object, **environment: str) -> str:
        """All that a command puts on the terminal, whatever its exit code."""
        result = CliRunner().invoke(main, [*map(str, words)], env=self.environment | environment)
        assert isinstance(result.exception, SystemExit | None), result.output
        return result.output

    def json(self, *words: object) -> Any:
        """What a reading command gives with `--json`."""
        return json.loads(self(*words, "--json").stdout)

    def start(self, *words: object, stdin: int = subprocess.PIPE) -> subprocess.Popen[str]:
        """The same command as a process of its own, begun; it has no terminal but the one that may be its `stdin`."""
        command = [sys.executable, "-m", "worker", *map(str, words)]
        outputs = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "start_new_session": True}
        return subprocess.Popen(command, env=os.environ | self.environment, stdin=stdin, **outputs)

    def process(self, *words: object, stdin: str = "") -> tuple[int, str, str]:
        """The same command as a process of its own: exit code, stdout, stderr."""
        command = self.start(*words)
        stdout, stderr = command.communicate(stdin, timeout=PATIENCE_SECONDS)
        return command.returncode, stdout, stderr
