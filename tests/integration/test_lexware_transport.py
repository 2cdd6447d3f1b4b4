"""One exchange over real sockets, with servers that misbehave in every way we could think of."""

import socket
import threading
import time
from collections.abc import Callable

import pytest
from lexware_peer import (
    BODY,
    SLACK_SECONDS,
    Peer,
    Response,
    Tls,
    answer,
    answering,
    authority,
    dripping,
    hanging_up,
    post,
    reset,
    resetting,
    silent,
    sipping,
)
from polling import until

from worker.delivery.errors import NoAnswer
from worker.lexware.api import transport
from worker.lexware.api.transport import Transport


@pytest.fixture(name="tls", scope="module")
def _tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    return authority(tmp_path_factory.mktemp("tls"))


def test_an_answer_comes_back_whole() -> None:
    """Status, headers and body of an answer arrive, and what was sent is what was given."""
    with Peer(answering(answer(201, b'{"id":1}', "Location: /v1/invoices/1"))) as peer:
        outcome = post(Transport(peer.url, 5))

        assert outcome == Response(201, {"content-length": "8", "location": "/v1/invoices/1"}, b'{"id":1}')
        assert peer.received[0].startswith(b"POST /v1/invoices HTTP/1.1\r\n")
        assert peer.received[0].endswith(b"\r\n\r\n" + BODY)


def _reset_unread(_peer: Peer, connection: socket.socket) -> None:
    connection.recv(1, socket.MSG_PEEK)
    reset(connection)


def _endless(peer: Peer, connection: socket.socket) -> None:
    peer.take_request(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n")
    while True:
        connection.sendall(bytes(1_000_000))


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(_reset_unread, id="reset before reading"),
        pytest.param(resetting, id="reset after reading"),
        pytest.param(hanging_up, id="closed without an answer"),
        pytest.param(silent, id="no answer at all"),
        pytest.param(answering(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), id="not HTTP"),
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.05), id="headers for ever"),
        pytest.param(dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05), id="100 Continue for ever"),
        pytest.param(answering(b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 200_000), id="an endless header"),
    ],
)
def test_no_answer_after_sending(behave: Callable[[Peer, socket.socket], None]) -> None:
    """Whatever happens after the first byte left and before a status line came is NoAnswer, in time."""
    with Peer(behave) as peer:
        began = time.monotonic()

        outcome = post(Transport(peer.url, 1))

        assert isinstance(outcome, NoAnswer)
        assert time.monotonic() - began < 1.5 + SLACK_SECONDS


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(answering(b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{"), id="hangs in the body"),
        pytest.param(dripping(b"HTTP/1.1 201 Created\r\nContent-Length: 99999\r\n\r\n", b" ", 0.02), id="drips"),
    ],
)
def test_a_status_line_is_knowledge(behave: Callable[[Peer, socket.socket], None]) -> None:
    """When only the body is late or slow, status and headers still come back, in time."""
    with Peer(behave) as peer:
        began = time.monotonic()

        outcome = post(Transport(peer.url, 1))

        assert isinstance(outcome, Response)
        assert outcome.body is None
        assert outcome.status == 201
        assert time.monotonic() - began < 1.5 + SLACK_SECONDS


def test_a_body_cut_by_a_close_is_none() -> None:
    """A body shorter than announced is not a body."""

    def behave(peer: Peer, connection: socket.socket) -> None:
        peer.take_request(connection)
        connection.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{}")

    with Peer(behave) as peer:
        outcome = post(Transport(peer.url, 5))

        assert outcome == Response(201, {"content-length": "99"}, None)


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
@pytest.mark.parametrize("sip", [4_096, 400_000])
def test_writing_is_part_of_the_deadline(tls: Tls, secure: bool, sip: int) -> None:
    """A server that takes the request a sip at a time cannot stretch a call, however big the sips."""
    with Peer(sipping(sip, 0.5), tls[0] if secure else None) as peer:
        began = time.monotonic()

        outcome = post(Transport(peer.url, 1.5, tls[1]), body=bytes(30_000_000))

        assert isinstance(outcome, NoAnswer)
        assert time.monotonic() - began < 1.5 + SLACK_SECONDS


def test_an_early_refusal_is_read() -> None:
    """A server that answers and hangs up before the request is written has answered."""
    connected = threading.Event()

    def behave(_peer: Peer, connection: socket.socket) -> None:
        connected.wait(5)
        connection.sendall(answer(401))
        reset(connection)

    with Peer(behave) as peer:

        def may_send() -> None:
            connected.set()
            until(peer.ended.is_set)

        outcome = post(Transport(peer.url, 5), may_send)

        assert isinstance(outcome, Response)
        assert outcome.status == 401


def test_an_endless_body_is_given_up_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body may fill neither the memory nor the time."""
    monkeypatch.setattr("worker.lexware.api.transport.MAX_ANSWER_BYTES", 4_000_000)
    with Peer(_endless) as peer:
        began = time.monotonic()

        outcome = post(Transport(peer.url, 300))

        assert isinstance(outcome, Response)
        assert outcome.body is None
        assert time.monotonic() - began < 100


def _last_word(head: bytes) -> Callable[[Peer, socket.socket], None]:
    """Say that the connection ends with this answer, and send its body in pieces."""

    def behave(peer: Peer, connection: socket.socket) -> None:
        peer.take_request(connection)
        for piece in (head, *[b"x" * 10_000] * 3):
            connection.sendall(piece)
            time.sleep(0.05)

    return behave


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 201 Created\r\nConnection: close\r\nContent-Length: 30000\r\n\r\n",
        b"HTTP/1.0 201 Created\r\nContent-Length: 30000\r\n\r\n",
        b"HTTP/1.1 201 Created\r\n\r\n",
    ],
    ids=["closing", "HTTP/1.0", "without length"],
)
def test_the_last_answer_of_a_connection_is_read_to_its_end(tls: Tls, secure: bool, head: bytes) -> None:
    """Servers end a connection after so many requests, or when they are taken from service; the body comes nevertheless."""
    with Peer(_last_word(head), tls[0] if secure else None) as peer:
        line = Transport(peer.url, 5, tls[1])

        outcomes = [post(line), post(line)]

        assert [isinstance(one, Response) and one.body for one in outcomes] == [b"x" * 30_000] * 2
        assert len(peer.received) == 2


@pytest.mark.parametrize("interim", [b"100 Continue", b"102 Processing", b"103 Early Hints\r\nLink: </a>"])
@pytest.mark.parametrize("pause_seconds", [0, 0.1])
def test_an_interim_answer_is_not_the_answer(interim: bytes, pause_seconds: float) -> None:
    """It is passed over: else the answer that follows would be taken for that of the next request, of another practice."""
    names = iter((b"first", b"second"))

    def behave(peer: Peer, connection: socket.socket) -> None:
        while peer.take_request(connection):
            connection.sendall(b"HTTP/1.1 " + interim + b"\r\n\r\n")
            time.sleep(pause_seconds)
            connection.sendall(answer(201, next(names)))

    with Peer(behave) as peer:
        line = Transport(peer.url, 5)

        outcomes = [post(line), post(line)]

        assert [isinstance(one, Response) and (one.status, one.body) for one in outcomes] == [
            (201, b"first"),
            (201, b"second"),
        ]


def test_interim_answers_without_end_end_with_the_time() -> None:
    """They are no sign that an answer comes."""
    with Peer(dripping(b"", b"HTTP/1.1 102 Processing\r\n\r\n", 0.02)) as peer:
        began = time.monotonic()

        outcome = post(Transport(peer.url, 1))

        assert isinstance(outcome, NoAnswer)
        assert time.monotonic() - began < 1 + SLACK_SECONDS


def test_a_call_that_was_broken_off_before_its_first_byte_leaves_the_line_as_it_was() -> None:
    """The wait for its slot ended with another error than ours: the next call of the thread is not its victim."""

    def broken_off() -> None:
        raise RuntimeError

    with Peer(answering(answer(200))) as peer:
        line = Transport(peer.url, 5)
        post(line)
        with pytest.raises(RuntimeError):
            post(line, broken_off)

        assert post(line) == Response(200, {"content-length": "0"}, b"")


def test_the_usual_port_is_not_told(tls: Tls, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every browser leaves it out of `Host`, and so gateways have never seen it there."""
    with Peer(answering(answer(200)), tls[0]) as peer:
        monkeypatch.setitem(transport.PORTS, "https", peer.port)
        post(Transport(peer.url, 5, tls[1]))

        assert b"\r\nHost: localhost\r\n" in peer.received[0]
