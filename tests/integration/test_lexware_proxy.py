"""A proxy between this machine and Lexware: a tunnel, within the one deadline, in which nothing is sent too early."""

import base64
import contextlib
import socket
import threading
import time
from collections.abc import Callable

import pytest
from lexware_peer import BODY, SLACK_SECONDS, Peer, Response, Tls, answer, answering, authority, never, post, silent

from worker import config
from worker.config.proxy import Proxy
from worker.delivery.errors import NotSent
from worker.lexware.api.transport import Transport


@pytest.fixture(name="tls", scope="module")
def _tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    return authority(tmp_path_factory.mktemp("tls"))


class Gate:
    """A proxy that lets everything through, and remembers what it was asked."""

    def __init__(self, to: int) -> None:
        self.asked: list[bytes] = []
        self._to = to

    def __call__(self, _peer: Peer, connection: socket.socket) -> None:
        """One connection."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += connection.recv(1)
        self.asked.append(head)
        with socket.create_connection(("127.0.0.1", self._to)) as beyond:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n")
            back = threading.Thread(target=_pump, args=(beyond, connection), daemon=True)
            back.start()
            _pump(connection, beyond)


def _pump(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(65_536):
            other.sendall(data)


def test_a_request_goes_through_the_tunnel(tls: Tls) -> None:
    """The proxy sees the host and its own login, and nothing of the request."""
    with Peer(answering(answer(200)), tls[0]) as lexware:
        gate = Gate(lexware.port)
        with Peer(gate) as peer:
            line = Transport(lexware.url, 5, tls[1], Proxy("127.0.0.1", peer.port, "Basic eDp5"))

            outcomes = [post(line), post(line)]

            assert [outcome.status for outcome in outcomes if isinstance(outcome, Response)] == [200, 200]
            assert len(gate.asked) == 1
            assert gate.asked[0].startswith(f"CONNECT localhost:{lexware.port} HTTP/1.1\r\n".encode())
            assert b"Proxy-Authorization: Basic eDp5\r\n" in gate.asked[0]
            assert BODY not in gate.asked[0]


def test_may_send_is_asked_after_the_tunnel(tls: Tls) -> None:
    """The last word is spoken directly before the first byte of the request, not before that of the tunnel."""
    order: list[str] = []
    with Peer(answering(answer(200)), tls[0]) as lexware:
        gate = Gate(lexware.port)
        with Peer(gate) as peer:
            post(
                Transport(lexware.url, 5, tls[1], Proxy("127.0.0.1", peer.port)),
                lambda: order.append(str(len(gate.asked))),
            )

    assert order == ["1"]


@pytest.mark.parametrize(
    "behave",
    [
        answering(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"),
        answering(b"HTTP/1.1 403 Forbidden\r\n\r\n"),
        answering(b"HTTP/1.1 502 Bad Gateway\r\n\r\n"),
        answering(b"SSH-2.0-OpenSSH\r\n\r\n"),
        answering(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000),
        silent,
    ],
)  # fmt: skip
def test_a_proxy_that_refuses_means_not_sent(tls: Tls, behave: Callable[[Peer, socket.socket], None]) -> None:
    """In time, and `may_send` was not even asked."""
    with Peer(behave) as peer:
        began = time.monotonic()

        outcome = post(Transport("https://lexware.example", 0.5, tls[1], Proxy("127.0.0.1", peer.port)), never)

        assert isinstance(outcome, NotSent)
        assert time.monotonic() - began < 0.5 + SLACK_SECONDS


def _proxy(api: str = "https://api.lexware.io", **environment: str) -> Proxy | None:
    return config.read(environment={"LEXWARE_API_URL": api} | environment).proxy


def test_the_usual_variables_are_heard() -> None:
    """Small letters win, a login is encoded, NO_PROXY spares."""
    login = base64.b64encode(b"u:p@ss").decode()
    with_login = Proxy("proxy.example", 3128, f"Basic {login}")

    assert _proxy(HTTPS_PROXY="http://u:p%40ss@proxy.example:3128") == with_login
    assert _proxy(https_proxy="one.example:1", HTTPS_PROXY="http://two.example:2") == Proxy("one.example", 1)
    assert _proxy(ALL_PROXY="http://proxy.example") == Proxy("proxy.example", 80)
    assert _proxy(HTTP_PROXY="http://proxy.example") is None
    for spared in (
        "*",
        "api.lexware.io",
        ".lexware.io",
        "lexware.io",
        "x, LEXWARE.io",
        "api.lexware.io:443",
        "*.lexware.io",
    ):
        assert _proxy(HTTPS_PROXY="http://proxy.example", NO_PROXY=spared) is None
    for other in ("exware.io", "lexware.de", "api.lexware.io:8443", ""):
        assert _proxy(HTTPS_PROXY="http://proxy.example", NO_PROXY=other) is not None
    assert _proxy("http://127.0.0.1:8080", HTTPS_PROXY="http://proxy.example") is None


@pytest.mark.parametrize(
    "wrong",
    ["https://proxy.example", "socks5://proxy.example", "http://Gehe1m@x@proxy.example", "http://u:Gehe1m/x@h", "http://h:0",
     "http://h:x", "http://", "http://h/path", "http://h?x", "http://h h", "http://h\x00", "http://[::1", "ftp://h"],
)  # fmt: skip
def test_a_wrong_proxy_is_refused_by_name(wrong: str) -> None:
    """And no part of it is repeated."""
    with pytest.raises(config.ConfigurationError) as refused:
        _proxy(HTTPS_PROXY=wrong)

    assert "HTTPS_PROXY" in str(refused.value)
    assert "Gehe1m" not in str(refused.value)
