"""The commands of `lexrelay`, as an operator types them, in this process."""

import json
from typing import Any

import practice
from click.testing import CliRunner

from worker.cli import main


class Terminal:
    """Runs commands with the environment of one test."""

    def __init__(self, database_url: str, **environment: str) -> None:
        self._environment = {
            "DATABASE_URL": database_url, "LEXRELAY_SECRET_KEYS": practice.SECRET_KEY, "LEXRELAY_LANG": "en",
            "LEXWARE_API_URL": "http://127.0.0.1:9",
        } | environment  # fmt: skip

    def run(self, *arguments: object, code: int = 0) -> str:
        """What a command said, on stdout and then on stderr; it must end with `code`."""
        result = CliRunner().invoke(main, list(map(str, arguments)), env=self._environment)
        assert (result.exit_code, result.exception if result.exit_code != code else None) == (code, None), result.output
        return result.stdout + result.stderr

    def json(self, *arguments: object, code: int = 0) -> Any:
        """The one JSON document that a command put on stdout; it must end with `code`."""
        ended, said = self.answer(*arguments)
        assert ended == code, said
        return said

    def answer(self, *arguments: object) -> tuple[int, Any]:
        """The exit code and the JSON document."""
        result = CliRunner().invoke(main, [*map(str, arguments), "--json"], env=self._environment)
        assert result.stdout, result.output
        return result.exit_code, json.loads(result.stdout)
