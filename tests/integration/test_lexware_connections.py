"""Opening, keeping and dropping connections, over real sockets."""

import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from lexware_peer import GOOD, SLACK_SECONDS, Peer, Response, Tls, answering, authority, never, post, reset, silent
from polling import until

from worker.delivery.errors import NoAnswer, NotSent
from worker.lexware.api.transport import Transport


@pytest.fixture(name="tls", scope="module")
def _tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    return authority(tmp_path_factory.mktemp("tls"))


Resolve = Callable[..., None]


@pytest.fixture(name="resolve")
def _resolve(monkeypatch: pytest.MonkeyPatch) -> Resolve:
    """Say to which addresses `lexware.example` resolves, without asking anybody."""
    really = socket.getaddrinfo

    def resolve(*addresses: str) -> None:
        def getaddrinfo(host: str, port: int, *args: Any, **options: Any) -> Any:
            if host != "lexware.example":
                return really(host, port, *args, **options)
            if not addresses:
                raise socket.gaierror
            return [found for address in addresses for found in really(address, port, type=socket.SOCK_STREAM)]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    return resolve


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://127.0.0.1:1", id="nobody listens"),
        pytest.param(f"http://{'a' * 64}.example", id="not a host name"),
        pytest.param("gopher://127.0.0.1", id="not HTTP"),
    ],
)
def test_a_host_that_cannot_be_reached_is_not_sent(url: str) -> None:
    """Without a connection nothing left."""
    outcome = post(Transport(url, 2), never)

    assert type(outcome) is NotSent


def test_a_name_that_cannot_be_resolved_is_not_sent(resolve: Resolve) -> None:
    """The resolver's failure comes before everything."""
    resolve()

    outcome = post(Transport("http://lexware.example", 2), never)

    assert type(outcome) is NotSent
    assert outcome.why == "gaierror"


def test_every_address_of_a_host_is_tried(resolve: Resolve) -> None:
    """The first address may refuse, the second may swallow everything: the third still gets its share of the time."""
    with Peer(answering(GOOD)) as peer, socket.create_server(("127.0.0.3", peer.port), backlog=0) as hole:
        full = [_connecting(hole.getsockname()) for _ in range(4)]
        resolve("127.0.0.2", "127.0.0.3", "127.0.0.1")

        outcome = post(Transport(f"http://lexware.example:{peer.port}", 2))

        assert isinstance(outcome, Response)
        for connection in full:
            connection.close()


def _connecting(address: tuple[str, int]) -> socket.socket:
    connection = socket.socket()
    connection.setblocking(False)
    connection.connect_ex(address)
    return connection


def test_a_hanging_handshake_is_not_sent_in_time() -> None:
    """A server that accepts and never speaks TLS ends with the deadline, and nothing left."""
    with Peer(silent) as peer:
        began = time.monotonic()

        outcome = post(Transport(peer.url.replace("http:", "https:"), 0.5), never)

        assert type(outcome) is NotSent
        assert time.monotonic() - began < 0.5 + SLACK_SECONDS


def test_an_unknown_certificate_is_not_sent(tls: Tls) -> None:
    """By default only authorities of the system and certifi's are trusted."""
    with Peer(answering(GOOD), tls[0]) as peer:
        outcome = post(Transport(peer.url, 5), never)

        assert type(outcome) is NotSent
        assert peer.received == [b""]


def test_a_hundred_calls_use_one_connection() -> None:
    """Connections are kept alive."""
    with Peer(answering(GOOD)) as peer:
        line = Transport(peer.url, 5)

        outcomes = [post(line) for _ in range(100)]

        assert all(isinstance(outcome, Response) for outcome in outcomes)
        assert [received.count(b"POST") for received in peer.received] == [100]


def test_a_connection_closed_by_the_server_is_not_used() -> None:
    """A kept connection that the server closed is noticed before anything is written on it."""

    def behave(peer: Peer, connection: socket.socket) -> None:
        peer.take_request(connection)
        connection.sendall(GOOD)

    asked: list[int] = []
    with Peer(behave) as peer:
        line = Transport(peer.url, 5)
        first = post(line, lambda: asked.append(1))
        until(peer.ended.is_set)

        second = post(line, lambda: asked.append(2))

        assert isinstance(first, Response)
        assert isinstance(second, Response)
        assert asked == [1, 2]
        assert [received.count(b"POST") for received in peer.received] == [1, 1]


def test_a_connection_that_dies_under_a_request_is_in_doubt() -> None:
    """A kept connection that ends when the second request comes is never retried behind our back."""

    def behave(peer: Peer, connection: socket.socket) -> None:
        peer.take_request(connection)
        connection.sendall(GOOD)
        peer.take(connection)
        reset(connection)

    with Peer(behave) as peer:
        line = Transport(peer.url, 5)

        outcomes = [post(line), post(line)]

        assert [type(outcome) for outcome in outcomes] == [Response, NoAnswer]
        assert len(peer.received) == 1


def test_every_thread_has_a_connection_of_its_own() -> None:
    """A line may be shared by threads without their requests meeting."""
    with Peer(answering(GOOD)) as peer:
        line = Transport(peer.url, 5)
        together = threading.Barrier(4)

        def work() -> None:
            for _ in range(5):
                post(line)
            together.wait(5)

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        together.wait(5)
        for thread in threads:
            thread.join()

        assert [received.count(b"POST") for received in peer.received] == [5, 5, 5]


def test_socket_options_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """TCP_NODELAY, keep-alive, an immediate close, and a user time-out equal to the call's."""
    opened: list[socket.socket] = []
    connect = socket.create_connection

    def remember(*args: Any, **options: Any) -> socket.socket:
        opened.append(connect(*args, **options))
        return opened[-1]

    monkeypatch.setattr(socket, "create_connection", remember)
    with Peer(answering(GOOD)) as peer:
        line = Transport(peer.url, 2.5)
        post(line)

        sock = opened[-1]

        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        assert struct.unpack("ii", sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)) == (1, 0)
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 2500
        line.close()


SENDER = """
import sys
from worker.lexware.api.transport import Transport
Transport(sys.argv[1], 30).exchange("POST", "/", [], bytes(50_000_000), lambda: None)
"""


def test_a_killed_process_sends_nothing_more() -> None:
    """What a process had not got rid of when it was killed is discarded, not delivered by the system later."""
    go_on = threading.Event()
    ends: list[str] = []

    def behave(peer: Peer, connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        peer.take(connection, 1024)
        go_on.wait(10)
        try:
            while connection.recv(65_536):
                pass
            ends.append("closed as if complete")
        except ConnectionResetError:
            ends.append("reset")

    with Peer(behave) as peer:
        sender = subprocess.Popen([sys.executable, "-c", SENDER, peer.url])
        until(lambda: peer.received and peer.received[0])

        os.kill(sender.pid, signal.SIGKILL)
        sender.wait()
        go_on.set()
        peer.ended.wait(10)

        assert ends == ["reset"]
