"""The guard in front of the first byte, over real sockets."""

import socket
import time

import pytest
from lexware_peer import BODY, GOOD, SLACK_SECONDS, Peer, Response, Tls, answering, authority, never, post, silent
from polling import until

from worker.delivery.errors import NoAnswer, NotSent, TooLateToSend
from worker.lexware.api.transport import Transport


@pytest.fixture(name="tls", scope="module")
def _tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    return authority(tmp_path_factory.mktemp("tls"))


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_a_refused_request_never_leaves(tls: Tls, secure: bool) -> None:
    """When `may_send` raises, the connection stands and the server has seen not one byte of the request."""
    with Peer(silent, tls[0] if secure else None) as peer:
        outcome = post(Transport(peer.url, 5, tls[1]), never)
        peer.ended.wait(5)

        assert isinstance(outcome, TooLateToSend)
        assert peer.received == [b""]


def test_a_refusal_on_a_kept_connection_never_leaves() -> None:
    """The guard is asked again for every request, on old connections too, and the line works on afterwards."""
    with Peer(answering(GOOD)) as peer:
        line = Transport(peer.url, 5)

        outcomes = [post(line), post(line, never), post(line)]
        line.close()

        assert [type(outcome) for outcome in outcomes] == [Response, TooLateToSend, Response]
        assert [received.count(b"POST") for received in peer.received] == [1, 1]


@pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
def test_the_guard_is_asked_directly_before_the_first_byte(tls: Tls, secure: bool) -> None:
    """It is asked once, on a connected stream, before any byte; then headers and body leave together."""
    seen: list[list[bytes]] = []
    pieces: list[bytes] = []

    def behave(peer: Peer, connection: socket.socket) -> None:
        pieces.append(peer.take(connection))
        connection.sendall(GOOD)

    with Peer(behave, tls[0] if secure else None) as peer:

        def may_send() -> None:
            until(lambda: peer.received)
            time.sleep(0.05)
            seen.append(list(peer.received))

        outcome = post(Transport(peer.url, 5, tls[1]), may_send)

        assert isinstance(outcome, Response)
        assert seen == [[b""]]
        assert pieces[0].endswith(BODY)


def test_a_guard_that_takes_all_the_time_sends_nothing_late() -> None:
    """The deadline holds after the guard too: what it lets through is cut off in time."""
    with Peer(silent) as peer:
        began = time.monotonic()

        outcome = post(Transport(peer.url, 0.3), lambda: time.sleep(0.35))

        assert isinstance(outcome, NoAnswer)
        assert time.monotonic() - began < 0.35 + SLACK_SECONDS


def test_another_error_of_the_guard_passes_through() -> None:
    """A guard's own failure is not disguised, and nothing leaves then either."""

    def broken() -> None:
        raise LookupError

    with Peer(silent) as peer:
        with pytest.raises(LookupError):
            post(Transport(peer.url, 5), broken)
        peer.ended.wait(5)

        assert peer.received == [b""]


def test_a_guard_that_meets_a_network_error_keeps_the_request_here() -> None:
    """An OSError of the guard's own is not taken for one of the exchange: nothing left, and that is said."""

    def broken() -> None:
        raise ConnectionResetError

    with Peer(silent) as peer:
        outcome = post(Transport(peer.url, 5), broken)
        peer.ended.wait(5)

        assert type(outcome) is NotSent
        assert peer.received == [b""]
