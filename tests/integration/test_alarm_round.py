"""The alarms that the daemon sends itself: once per cause, once when it is over, and a digest every morning."""

import json
import socketserver
import threading
from collections.abc import Iterator
from email import message_from_string
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import psycopg
import pytest
from ledger_rows import ORGANISATION
from letters import kill
from practice import SECRET_KEY, Practice
from terminal import Terminal

from outbox.db import connect
from worker import config
from worker.cli.alarms import alarms_are_sent
from worker.operations import alarm_round
from worker.service.postbox import Postbox


class Hook:
    """A web address that takes what it is given."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.status = 204
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if hook.status < 300:
                    hook.got.append(json.loads(body))
                self.send_response(hook.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?key=secret"


class Mails:
    """A mail server that takes every mail."""

    def __init__(self) -> None:
        self.got: list[tuple[list[str], Message]] = []
        mails = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                def say(line: str) -> None:
                    self.wfile.write(f"{line}\r\n".encode())

                readers: list[str] = []
                say("220 here")
                while line := self.rfile.readline().decode().strip():
                    word = line.split(" ")[0].upper()
                    if word == "RCPT":
                        readers.append(line.partition("<")[2].partition(">")[0])
                    if word == "DATA":
                        say("354 go on")
                        said = b"".join(iter(self.rfile.readline, b".\r\n")).decode()
                        mails.got.append((readers, message_from_string(said)))
                    say("221 bye" if word == "QUIT" else "250 well")
                    if word == "QUIT":
                        return

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.url = f"smtp://127.0.0.1:{self.server.server_address[1]}"

    def texts(self) -> list[str]:
        """What was written."""
        return [payload.decode() for _, mail in self.got if isinstance(payload := mail.get_payload(decode=True), bytes)]


@pytest.fixture(name="hook")
def _hook() -> Iterator[Hook]:
    hook = Hook()
    threading.Thread(target=hook.server.serve_forever, args=(0.01,), daemon=True).start()
    yield hook
    hook.server.shutdown()


@pytest.fixture(name="mails")
def _mails() -> Iterator[Mails]:
    mails = Mails()
    threading.Thread(target=mails.server.serve_forever, args=(0.01,), daemon=True).start()
    yield mails
    mails.server.shutdown()


class Daemon:
    """Rounds of the alarms, one after another, as a process would do them; time passes in the database."""

    def __init__(self, url: str, **environment: str) -> None:
        given = {"DATABASE_URL": url, "LEXRELAY_SECRET_KEYS": SECRET_KEY, "LEXRELAY_LANG": "en"}
        self.config = config.read("database", environment=given | environment)
        self._url = url

    def rounds(self, count: int = 2) -> None:
        """So many of them, each by a new process."""
        for _ in range(count):
            with connect(self._url) as connection:
                alarm_round.look_and_tell(connection, self.config, Postbox(self.config.alarms))
                connection.execute(
                    "update outbox.alarm set first_seen_at = first_seen_at - interval '1 minute', "
                    "last_seen_at = last_seen_at - interval '1 minute'"
                )


@pytest.fixture(name="praxis")
def _praxis(db: psycopg.Connection) -> Practice:
    praxis = Practice(db)
    praxis.switch_on(ORGANISATION, "key")
    return praxis


def daemon_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Poller and worker are there: only what a test does rings."""
    monkeypatch.setattr("worker.operations.alarms._gone", lambda _now: ())


def test_a_cause_is_told_once_and_its_end_once(
    database_url: str, praxis: Practice, hook: Hook, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By every way, however many rounds and processes there are; a new cause is told, too."""
    daemon_runs(monkeypatch)
    daemon = Daemon(
        database_url, LEXRELAY_ALARM_URL=hook.url, LEXRELAY_ALARM_MAIL="ops@example.org, night@example.org",
        LEXRELAY_SMTP_URL=mails.url,
    )  # fmt: skip
    event = kill(praxis, "refused_by_lexware")

    daemon.rounds(1)
    assert (hook.got, mails.got) == ([], [])  # once is no alarm yet: it may be over in a moment
    daemon.rounds(4)
    [told] = hook.got
    assert (told["alarm"], told["state"], "refused_by_lexware" in told["text"]) == ("new dead letters", "on", True)
    [(readers, mail)] = mails.got
    assert (readers, mail["subject"]) == (["ops@example.org", "night@example.org"], "lexrelay: one alarm")

    kill(praxis, "crashes_worker")
    daemon.rounds(3)
    assert [told["state"] for told in hook.got] == ["on", "on"]

    praxis.db.execute("update outbox.event set state = 'discarded' where event_id = %s", (event,))
    daemon.rounds(4)
    assert [told["state"] for told in hook.got] == ["on", "on", "over"]
    assert mails.got[-1][1]["subject"] == "lexrelay: one alarm over"
    assert len(mails.got) == 3


def test_whoever_cannot_be_reached_is_told_later(
    database_url: str, praxis: Practice, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the others are told all the same; a round never raises."""
    daemon_runs(monkeypatch)
    hook.status = 500
    daemon = Daemon(
        database_url,
        LEXRELAY_ALARM_URL=hook.url,
        LEXRELAY_ALARM_MAIL="ops@example.org",
        LEXRELAY_SMTP_URL="smtp://127.0.0.1:9",
    )
    kill(praxis, "crashes_worker")
    daemon.rounds(3)
    assert praxis.db.execute("select channel, tries > 0, sent_at from outbox.alarm_message order by channel").fetchall() == [
        ("mail", True, None), ("url", True, None),
    ]  # fmt: skip

    hook.status = 204
    daemon.rounds(2)
    assert hook.got == []  # not before its time
    praxis.db.execute("update outbox.alarm_message set due_at = now()")
    daemon.rounds(2)

    assert len(hook.got) == 1


def test_a_practice_is_told_what_it_must_do(
    database_url: str, praxis: Practice, mails: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In German, without a name, at its own address; what others must do it is not told."""
    daemon_runs(monkeypatch)
    terminal = Terminal(database_url)
    terminal.run("practice", "alarm", "--practice", praxis.practice_id, "--mail", "praxis@example.org")
    assert "praxis@example.org" in terminal.run("practice", "alarm", "--practice", praxis.practice_id)
    terminal.run("practice", "alarm", "--practice", praxis.practice_id, "--mail", "none", code=1)
    kill(praxis, "contact_gone")
    kill(praxis, "crashes_worker")

    Daemon(database_url, LEXRELAY_SMTP_URL=mails.url).rounds(4)

    [(readers, _)] = mails.got
    [text] = mails.texts()
    assert readers == ["praxis@example.org"]
    assert "Den verknüpften Kontakt gibt es in Lexware nicht mehr" in text
    assert "Zu tun (die Praxis)" in text
    assert "crashes_worker" not in text
    assert "Beispiel" not in text + str(mails.got)
    terminal.run("practice", "alarm", "--practice", praxis.practice_id, "--off")
    assert "No address" in terminal.run("practice", "alarm", "--practice", praxis.practice_id)


def test_every_morning_there_is_a_digest(
    database_url: str, praxis: Practice, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a day, from the day after the first on: the state of things, and what still rings."""
    daemon_runs(monkeypatch)
    daemon = Daemon(database_url, LEXRELAY_ALARM_URL=hook.url)
    kill(praxis, "crashes_worker")
    daemon.rounds(3)
    assert [told["alarm"] for told in hook.got] == ["new dead letters"]

    praxis.db.execute("update outbox.alarm_digest set day = day - 1")
    monkeypatch.setattr(alarm_round, "_DIGEST_HOUR", 0)
    daemon.rounds(3)

    [digest] = [told for told in hook.got if told["alarm"] == "digest"]
    assert "1 document is a dead letter" in digest["text"]
    assert "crashes_worker" in digest["text"]


def test_nothing_is_sent_without_an_address(database_url: str) -> None:
    """And no thread is started for it."""
    before = threading.active_count()

    with alarms_are_sent(Daemon(database_url).config):
        assert threading.active_count() == before


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("LEXRELAY_ALARM_MAIL", "ops"), ("LEXRELAY_ALARM_MAIL", "a@b\r\nBcc: c@d"), ("LEXRELAY_ALARM_FROM", "me"),
        ("LEXRELAY_ALARM_URL", "ftp://x"), ("LEXRELAY_SMTP_URL", "http://secret@x"), ("LEXRELAY_SMTP_URL", "smtp://x:secret"),
    ],
)  # fmt: skip
def test_what_cannot_be_an_address_is_refused_by_name(variable: str, value: str) -> None:
    """Never with a part of the value."""
    with pytest.raises(config.ConfigurationError) as refused:
        config.read(environment={variable: value})

    [problem] = refused.value.problems
    assert problem.startswith(variable)
    assert "secret" not in problem
