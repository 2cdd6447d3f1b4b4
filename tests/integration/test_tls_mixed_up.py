"""TLS where none is spoken, and none where it is: named as that in check and at the start, and not as a server that is away."""

import contextlib
import re
import socket
import ssl
import sys
import threading
from collections.abc import Iterator

import psycopg
import pytest
from lexware_peer import Peer, Tls, answer, answering, authority, post
from polling import until
from practice import SECRET_KEY, Practice
from relay import Relay
from terminal import Terminal

from worker.config.proxy import Proxy
from worker.lab.embedded import EmbeddedValkey
from worker.lexware.api.transport import Transport
from worker.lexware.explain import explain
from worker.operations.checks import queue


@pytest.fixture(name="tls", scope="module")
def _tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    return authority(tmp_path_factory.mktemp("tls"))


class Front:
    """Speaks TLS before a server that does not."""

    def __init__(self, context: ssl.SSLContext, to: int) -> None:
        self._context, self._to = context, to

    def __call__(self, _peer: Peer, connection: socket.socket) -> None:
        """One connection."""
        with (
            contextlib.suppress(OSError),
            self._context.wrap_socket(connection, server_side=True) as way,
            socket.create_connection(("127.0.0.1", self._to)) as beyond,
        ):
            threading.Thread(target=_pump, args=(beyond, way), daemon=True).start()
            _pump(way, beyond)


def _perplexed(peer: Peer, connection: socket.socket) -> None:
    """What a server of plain HTTP says to anything else."""
    peer.take(connection)
    connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")


def _pump(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(65_536):
            other.sendall(data)


@pytest.fixture(name="valkey", scope="module")
def _valkey() -> Iterator[EmbeddedValkey]:
    with EmbeddedValkey() as server:
        yield server


@pytest.fixture(name="secured")
def _secured(valkey: EmbeddedValkey, tls: Tls) -> Iterator[str]:
    """The address of the same Redis behind TLS."""
    with Peer(Front(tls[0], valkey.port)) as peer:
        yield re.sub(r"@.*", f"@127.0.0.1:{peer.port}/0", valkey.url)


def _found(url: str) -> list[tuple[str, str, str]]:
    return [(found.level, str(found.message), str(found.remedy)) for found in queue.redis_carries(url)]


def test_tls_to_a_plain_redis_is_named(valkey: EmbeddedValkey) -> None:
    """It waits for the end of a line, and the handshake for its answer."""
    [(level, said, step)] = _found(valkey.url.replace("redis:", "rediss:"))

    assert (level, "Redis speaks no TLS" in said, "redis://" in step) == ("failure", True, True)


def test_a_plain_word_to_a_redis_with_tls_is_named(secured: str) -> None:
    """It hangs up."""
    [(level, said, step)] = _found(secured)

    assert (level, "Redis speaks TLS" in said, "rediss://" in step) == ("failure", True, True)


def test_a_certificate_that_nobody_knows_is_named(secured: str) -> None:
    """By what was verified, without its words."""
    [(level, said, step)] = _found(secured.replace("redis:", "rediss:"))

    assert (level, "trust" in said, "ssl_ca_certs" in step) == ("failure", True, True)


def test_a_redis_that_is_away_stays_away() -> None:
    """Nobody is there to speak anything."""
    for scheme in ("redis", "rediss", "redis+sentinel"):
        end = "/mymaster/0" if "sentinel" in scheme else "/0"
        assert "does not answer" in _found(f"{scheme}://127.0.0.1:9{end}")[0][1]


@pytest.mark.parametrize(("lang", "said"), [("de", "Redis spricht TLS"), ("en", "Redis speaks TLS")])
def test_the_start_says_so_too(database_url: str, secured: str, lang: str, said: str) -> None:
    """In the operator's language, in one line of the log, before it waits."""
    with Relay(database_url, secured, "http://127.0.0.1:9", LEXRELAY_LANG=lang) as relay:
        relay.start(sys.executable, "-m", "worker", "poller")
        until(lambda: "session_lock.held" in relay.said())

        [line] = [line for line in relay.said().splitlines() if "run.server_away" in line]

    assert said in line


@pytest.mark.parametrize(("lang", "said"), [("de", "der Server spricht keines"), ("en", "the server speaks none")])
def test_a_postgresql_without_tls_is_named(database_url: str, lang: str, said: str) -> None:
    """Where the address demands it; in a command and in the check."""
    terminal = Terminal(f"{database_url}?sslmode=require", LEXRELAY_LANG=lang, REDIS_URL="redis://127.0.0.1:9/0")

    for words in (("status",), ("check",)):
        assert said in " ".join(terminal.run(*words, code=1).split())


def _explained(transport: Transport) -> str:
    """What a command says to what became of a call."""
    outcome = post(transport)
    assert isinstance(outcome, Exception), outcome
    return str(explain(outcome))


def test_the_way_to_lexware_is_named(tls: Tls) -> None:
    """Plain where TLS was meant, an unknown certificate, a proxy that is none."""
    with Peer(_perplexed) as plain, Peer(answering(answer(200)), tls[0]) as secure:
        assert "nobody speaks TLS" in _explained(Transport(f"https://127.0.0.1:{plain.port}", 3))
        assert "does not trust the certificate" in _explained(Transport(f"https://localhost:{secure.port}", 3))
        by_it = Transport(f"https://localhost:{secure.port}", 3, tls[1], Proxy("127.0.0.1", plain.port))
        assert "HTTPS_PROXY" in _explained(by_it)


@pytest.mark.parametrize(
    ("api", "environment", "said"),
    [
        ("http://127.0.0.1:{port}", {}, "TLS is spoken, and the address begins with http://"),
        ("https://lexware.invalid", {"HTTPS_PROXY": "http://127.0.0.1:{port}"}, "speaks TLS on this port"),
        ("https://127.0.0.1:{plain}", {}, "nobody speaks TLS"),
    ],
    ids=["the address", "the proxy", "a port that waits"],
)
def test_the_check_looks_where_the_error_does_not_tell(
    db: psycopg.Connection, database_url: str, tls: Tls, api: str, environment: dict[str, str], said: str
) -> None:
    """A server that waits for more, or hangs up."""
    Practice(db).switch_on("0b6c1a52-6d7e-4f6c-9a0e-1f2f5f7c9d11", "key")
    with Peer(answering(answer(200)), tls[0]) as peer, Peer(answering(answer(200))) as plain:
        given = {name: value.format(port=peer.port) for name, value in environment.items()}
        terminal = Terminal(
            database_url, LEXWARE_API_URL=api.format(port=peer.port, plain=plain.port), LEXRELAY_SECRET_KEYS=SECRET_KEY,
            REDIS_URL="redis://127.0.0.1:9/0", LEXRELAY_HTTP_TIMEOUT_SECONDS="1", **given,
        )  # fmt: skip

        [line] = [line for line in terminal.answer("check")[1] if line["check"] == "lexware"]

    assert said in line["message"]
