"""A server for the tests of the Lexware client: real sockets, a thread per connection, and any misbehaviour one can script."""

import contextlib
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from worker.delivery.errors import NoAnswer, NotSent, TooLateToSend
from worker.lexware.api.transport import Transport, body_of


@dataclass(frozen=True)
class Response:
    """What came back, to be compared."""

    status: int
    headers: dict[str, str]
    body: bytes | None


class Peer:
    """Hands every connection to `behave`, and keeps what arrived on it, one entry per connection."""

    def __init__(self, behave: Callable[["Peer", socket.socket], None], tls: ssl.SSLContext | None = None) -> None:
        self.received: list[bytes] = []
        self.ended = threading.Event()
        self._behave = behave
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._thread = threading.local()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            connection.close()

    @property
    def url(self) -> str:
        """Where it listens; `localhost` has more than one address."""
        scheme = "https" if self._tls else "http"
        return f"{scheme}://localhost:{self.port}"

    @property
    def port(self) -> int:
        """The number of its port on 127.0.0.1."""
        return int(self._listener.getsockname()[1])

    def take(self, connection: socket.socket, size: int = 65_536) -> bytes:
        """Read once and remember it; empty when the other side hung up or reset."""
        try:
            data = connection.recv(size)
        except OSError:
            data = b""
        self.received[self._thread.place] += data
        return data

    def take_request(self, connection: socket.socket) -> bytes:
        """Read one whole request; empty when there is none."""
        request = b""
        while b"\r\n\r\n" not in request or len(request.partition(b"\r\n\r\n")[2]) < _announced(request):
            data = self.take(connection)
            if not data:
                return b""
            request += data
        return request

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._open.append(connection)
                self.received.append(b"")
                place = len(self.received) - 1
                threading.Thread(target=self._serve, args=(connection, place), daemon=True).start()

    def _serve(self, connection: socket.socket, place: int) -> None:
        self._thread.place = place
        with contextlib.suppress(OSError), contextlib.closing(connection):
            self._behave(self, self._tls.wrap_socket(connection, server_side=True) if self._tls else connection)
        self.ended.set()


def _announced(request: bytes) -> int:
    for line in request.partition(b"\r\n\r\n")[0].lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def answer(status: int, body: bytes = b"", *headers: str) -> bytes:
    """The bytes of one whole answer."""
    lines = [f"HTTP/1.1 {status} Word", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def json_answer(data: object, status: int = 200) -> bytes:
    """The bytes of an answer in JSON."""
    return answer(status, json.dumps(data).encode())


def answering(*replies: bytes) -> Callable[[Peer, socket.socket], None]:
    """Give these answers one after the other to the requests of a connection, the last one again and again."""

    def behave(peer: Peer, connection: socket.socket) -> None:
        for reply in _and_again(replies):
            if not peer.take_request(connection):
                return
            connection.sendall(reply)

    return behave


def dripping(head: bytes, drop: bytes, pause_seconds: float) -> Callable[[Peer, socket.socket], None]:
    """Begin an answer and go on with a drop at a time, for ever."""

    def behave(peer: Peer, connection: socket.socket) -> None:
        peer.take_request(connection)
        connection.sendall(head)
        while True:
            time.sleep(pause_seconds)
            connection.sendall(drop)

    return behave


def sipping(sip: int, pause_seconds: float) -> Callable[[Peer, socket.socket], None]:
    """Read a request a little at a time, and never answer."""

    def behave(peer: Peer, connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, sip)
        while peer.take(connection, sip):
            time.sleep(pause_seconds)

    return behave


def silent(peer: Peer, connection: socket.socket) -> None:
    """Take everything, say nothing."""
    while peer.take(connection):
        pass


def resetting(peer: Peer, connection: socket.socket) -> None:
    """Read the request, then reset the connection."""
    peer.take_request(connection)
    reset(connection)


def reset(connection: socket.socket) -> None:
    """Close so that the other side sees a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def hanging_up(peer: Peer, connection: socket.socket) -> None:
    """Read the request, then close as if nothing were wrong."""
    peer.take_request(connection)


def _and_again(replies: tuple[bytes, ...]) -> Iterator[bytes]:
    yield from replies
    while True:
        yield replies[-1]


SLACK_SECONDS = 15.0
"""What a busy machine may need beyond a deadline; what is not bounded by one lasts far longer."""

HEADERS = [("Authorization", "Bearer top-secret-key")]
BODY = b'{"remark":"Ada Beispiel"}'
GOOD = answer(200, b"{}")


def always() -> None:
    """Let the request leave."""


def never() -> None:
    """Keep the request here."""
    raise TooLateToSend("late")


def post(line: Transport, may_send: Callable[[], None] = always, body: bytes = BODY) -> Response | NotSent | NoAnswer:
    """Send one request as the client would."""
    outcome = line.exchange("POST", "/v1/invoices", HEADERS, body, may_send)
    if isinstance(outcome, NotSent | NoAnswer):
        return outcome
    return Response(outcome.status_code, dict(outcome.headers), body_of(outcome))


Tls = tuple[ssl.SSLContext, ssl.SSLContext]


def authority(folder: Path) -> Tls:
    """The server's and the client's side of a certificate for `localhost` that nobody else trusts."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    _write_certificate(cert, key)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)
    return server, ssl.create_default_context(cafile=str(cert))


def _write_certificate(cert: Path, key: Path) -> None:
    secret, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=localhost")
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, secret.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    cert.write_bytes(builder.sign(secret, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    encoding, form, plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    key.write_bytes(secret.private_bytes(encoding, form, plain))
