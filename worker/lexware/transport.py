"""Room 6, the window: one HTTP exchange with a host, over a connection that belongs to the calling thread.

Guarantees: an exchange ends within the time-out; what comes back is an answer, `NotSent` or `NoAnswer`, and these two
are told apart by whether a byte was handed to the system. A request leaves at most once: httpcore goes back to the pool
only before it writes. It stands directly on httpcore, because an httpx client would log every URL (they hold
names), keep cookies from one practice for the next, and raise errors that hold the request with its key.

Knows nothing of Lexware, of keys or of JSON.
"""

import functools
import ssl
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import certifi
import httpcore

from worker.lexware.errors import NoAnswer, NotSent
from worker.lexware.wire import Call, MaySend, Network, socket_options

KEEPALIVE_SECONDS = 10
"""Shorter than any server keeps an idle connection, so that a request does not run into one that is being closed."""

MAX_ANSWER_BYTES = 32 * 1024 * 1024
"""Far above a full page of any list; a longer answer is not from Lexware."""

FAILURES = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    OSError,  # the resolver
    UnicodeError,  # a host name that cannot be one
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status line that arrived, with what came after it. `body` is None if it was cut, too slow or too long."""

    status: int
    headers: dict[str, str] = field(repr=False)
    body: bytes | None = field(repr=False)


@functools.cache
def trusted() -> ssl.SSLContext:
    """The system's certificate authorities (with SSL_CERT_FILE, if a house has its own) and certifi's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class Line(threading.local):
    """The way to one host. To be shared by threads, each of which gets a connection of its own: pools do not scale."""

    def __init__(self, api_url: str, timeout_seconds: float, tls: ssl.SSLContext | None = None) -> None:
        self._api_url = api_url.rstrip("/")
        self._timeout_seconds = timeout_seconds
        self._network = Network()
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls or trusted(),
            max_connections=1,
            keepalive_expiry=KEEPALIVE_SECONDS,
            network_backend=self._network,
            socket_options=socket_options(timeout_seconds),
        )

    def exchange(
        self, method: str, target: str, headers: Sequence[tuple[str, str]], content: bytes | None, may_send: MaySend
    ) -> Answer | NotSent | NoAnswer:
        """Send one request and read the answer, whatever its status; never raises for the network.

        `may_send` is called once the connection stands, directly before the first byte; it raises `NotSent` (as a rule
        `TooLateToSend`) to keep the request here. Errors are returned without a traceback: its frames would
        keep the request and the key.
        """
        call = self._network.call = Call(self._timeout_seconds, may_send)
        try:
            url = self._api_url + target
            with self._pool.stream(method, url, headers=headers, content=content) as response:
                return Answer(response.status, _readable(response.headers), _body(response))
        except NotSent as refusal:
            return refusal.with_traceback(None)
        except FAILURES as error:
            why = type(error).__name__
        return NoAnswer(why) if call.sent else NotSent(why)

    def close(self) -> None:
        """Close the calling thread's connection; the next exchange opens a new one."""
        self._pool.close()


def _readable(headers: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _body(response: httpcore.Response) -> bytes | None:
    body = bytearray()
    try:
        for part in response.iter_stream():
            body += part
            if len(body) > MAX_ANSWER_BYTES:
                return None
    except FAILURES:
        return None
    return bytes(body)
