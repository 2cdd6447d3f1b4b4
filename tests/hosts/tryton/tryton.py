"""Tryton at work on a database of its own: a process that is told what to do, one command at a time."""

import json
import subprocess
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from hosts.tryton.installation import Installation


class Tryton:
    """The user of a Tryton. What program.py knows to do is done by `do`, which returns what it answered."""

    def __init__(self, installation: Installation, database_url: str) -> None:
        self.url = database_url
        self._process = subprocess.Popen(
            [installation.python, installation.program, urlsplit(database_url).path.removeprefix("/")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=installation.environment(database_url),
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def do(self, name: str, /, **arguments: Any) -> Any:
        """One command; what went wrong stands on stderr."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": name, **arguments}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"Tryton has failed at {name}"
        return json.loads(answer)

    def posted(self, party: int, *lines: tuple[Any, ...], **more: Any) -> dict[str, Any]:
        """An invoice, posted."""
        draft = self.do("invoice", party=party, lines=lines, **more)
        told: dict[str, Any] = self.do("click", invoice=draft["id"], button="post")
        return told
