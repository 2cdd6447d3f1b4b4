"""Somebody before the console: a client that keeps its cookies and sends forms as a browser does."""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import httpx
import practice
import psycopg
from polling import until

from outbox.db import connect, pool_of_commands
from worker import config
from worker.console import sessions
from worker.console.app import Console
from worker.console.entry import Entry
from worker.console.jobs import Jobs
from worker.console.serve import hosts, listening, server_of

#: An address where no Lexware answers.
NOBODY_THERE = "http://127.0.0.1:9"
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


class Browser:
    """One browser; `headers` are sent with everything."""

    def __init__(self, pages: "Pages", **headers: str) -> None:
        self._pages = pages
        usual = {"sec-fetch-site": "same-origin", "accept-language": "en"}
        self.client = httpx.Client(base_url=pages.url, headers=usual | headers, timeout=60)

    def enter(self, role: str, practice_id: int | None = None, by: str = "Kim Beispiel") -> Self:
        """Come in by a link that was made for this browser."""
        code = self._pages.code(role, practice_id, by=by)
        assert self.client.get(f"/enter/{code}").status_code == 303
        return self

    def get(self, path: str, **headers: str) -> httpx.Response:
        """A page."""
        return self.client.get(path, headers=headers)

    def token(self, path: str = "/") -> str:
        """What the forms of a page carry; every page of the same session has the same."""
        found = _TOKEN.search(self.get(path).text)
        return found[1] if found else ""

    def post(self, path: str, *, headers: Mapping[str, str] | None = None, **fields: Any) -> httpx.Response:
        """Send a form to a page, with its token unless another one is given."""
        given = {"csrf": self.token(path)} | fields
        return self.client.post(path, data=given, headers=dict(headers or {}))

    def follow(self, path: str, **fields: Any) -> str:
        """Send a form, and read the page that it leads to."""
        sent = self.post(path, **fields)
        assert sent.status_code == 303, f"{sent.status_code} {sent.text}"
        return self.get(sent.headers["location"]).text


class Pages:
    """The console of one database, in this process, behind a real server."""

    def __init__(self, database_url: str, api_url: str, **environment: str) -> None:
        given = {
            "DATABASE_URL": database_url,
            "LEXRELAY_SECRET_KEYS": practice.SECRET_KEY,
            "LEXWARE_API_URL": api_url,
            "LEXRELAY_RATE_PER_SECOND": "1000",
            "LEXRELAY_HTTP_TIMEOUT_SECONDS": "1",
            "LEXRELAY_SETTLE_SECONDS": "1",
        }
        self.config = config.read("database", environment=given | environment)
        self.pool = pool_of_commands(database_url, 4)
        self.console = Console(self.config, self.pool, Entry(self.config.console, b"secret"), Jobs())
        listener = listening("127.0.0.1", 0)
        port = listener.getsockname()[1]
        self.url, self._database_url = f"http://127.0.0.1:{port}", database_url
        self._server = server_of(self.console.application(sorted(hosts(self.config, "127.0.0.1", port))))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]})
        self._thread.start()
        until(lambda: self._server.started)

    def close(self) -> None:
        """End it."""
        self._server.should_exit = True
        self._thread.join()
        self.pool.close()

    def code(self, role: str, practice_id: int | None = None, *, minutes: int = 10, by: str = "Kim Beispiel") -> str:
        """A code that lets somebody in once."""
        with connect(self._database_url) as connection:
            return sessions.offer(connection, sessions.invited(role), practice_id, minutes=minutes, by=by, why=None)

    def browser(self, role: str = "nobody", practice_id: int | None = None) -> Browser:
        """A browser of somebody with this role."""
        return Browser(self) if role == "nobody" else Browser(self).enter(role, practice_id)


@dataclass(frozen=True)
class House:
    """One switched-on practice that reaches no Lexware, and the console of its database."""

    db: psycopg.Connection
    database_url: str
    practice: practice.Practice
    pages: "Pages"

    @property
    def own(self) -> str:
        """The practice's own page."""
        return f"/practices/{self.practice.practice_id}"

    def pause_reason(self) -> str | None:
        """Why the practice is paused."""
        return self.db.execute("select pause_reason from outbox.lane").fetchone()[0]


@contextmanager
def pages(database_url: str, api_url: str, **environment: str) -> Iterator[Pages]:
    """A console, closed at the end."""
    one = Pages(database_url, api_url, **environment)
    try:
        yield one
    finally:
        one.close()
