"""One HTTP exchange with a host, over a connection that belongs to the calling thread: httpx's own kind of transport.

Guarantees: an exchange ends within the time-out; what comes back is an answer, `NotSent` or `NoAnswer`, and these two
are told apart by whether a byte was handed to the system. A request leaves at most once. Requests and responses are
httpx's. Its client and pool stay away: the client logs every URL (they hold names), keeps cookies from one practice for
the next and raises errors that hold the request with its key; the pool looks at every connection for each call. The
standard library's `http.client` speaks HTTP over our own socket (`wire.py`).

Knows nothing of Lexware, of keys or of JSON.
"""

import functools
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, UnknownProtocol
from time import monotonic
from urllib.parse import urlsplit

import certifi
import httpx

from worker.config.proxy import Proxy
from worker.delivery.errors import NoAnswer, NotSent
from worker.lexware.api.call import Call, MaySend
from worker.lexware.api.wire import Wire

KEEPALIVE_SECONDS = 10
"""Shorter than any server keeps an idle connection, so that a request does not run into one that is being closed."""

MAX_ANSWER_BYTES = 32 * 1024 * 1024
"""Far above a full page of any list; a longer answer is not from Lexware."""

PIECE_BYTES = 65_536
PORTS = {"http": 80, "https": 443}
FAILURES = (HTTPException, OSError, UnicodeError)
"""What the network, HTTP and the resolver raise; UnicodeError is for a host name that cannot be one."""


_CUT = "cut"
SPEAKS_PLAINLY = "SpeaksPlainly"
"""In place of an error's name: there is no TLS where it was asked for."""
_PLAIN = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG", "UNKNOWN_PROTOCOL")


def body_of(answer: httpx.Response) -> bytes | None:
    """Its body; None if it was cut, too slow or too long: a status line that arrived is knowledge nevertheless."""
    return None if _CUT in answer.extensions else answer.content


@functools.cache
def trusted() -> ssl.SSLContext:
    """The system's certificate authorities (with SSL_CERT_FILE, if a house has its own) and certifi's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class Transport(httpx.BaseTransport, threading.local):
    """The way to one host. To be shared by threads, each of which gets a connection of its own: pools do not scale."""

    def __init__(
        self, api_url: str, timeout_seconds: float, tls: ssl.SSLContext | None = None, proxy: Proxy | None = None
    ) -> None:
        self._url, address = api_url, urlsplit(api_url)
        self._scheme, self._host = address.scheme, address.hostname or ""
        self._port = address.port or PORTS.get(self._scheme, 0)
        self._path = address.path.rstrip("/")
        self._timeout_seconds, self._tls, self._proxy = timeout_seconds, tls, proxy
        self._http = HTTPConnection(self._host, self._port)
        self._http.default_port = PORTS.get(self._scheme, 0)
        self._http.response_class = _Final
        self._urls: dict[str, httpx.URL] = {}
        self._wire: Wire | None = None
        self._used_at = 0.0

    def exchange(
        self,
        method: str,
        target: str,
        headers: Sequence[tuple[str, str]],
        content: bytes | None,
        may_send: MaySend,
        *,
        longest: int | None = None,
    ) -> httpx.Response | NotSent | NoAnswer:
        """Send one request and read the answer, whatever its status; never raises for the network.

        `longest` is how many bytes an answer of this kind may have at most.

        `may_send` is called once the connection stands, directly before the first byte; it raises `NotSent` (as a rule
        `TooLateToSend`) to keep the request here. Errors are returned without a traceback: its frames would
        keep the request and the key.
        """
        wanted = {"may_send": may_send, "longest": min(longest or MAX_ANSWER_BYTES, MAX_ANSWER_BYTES)}
        try:
            url, body = (
                self._url_of(method, target),
                httpx.ByteStream(content or b""),
            )  # http.client says how long it is
            return self.handle_request(httpx.Request(method, url, headers=headers, stream=body, extensions=wanted))
        except (NotSent, NoAnswer) as error:
            return error.with_traceback(None)
        except httpx.InvalidURL as error:
            return NotSent(type(error).__name__)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Make one exchange. Raises NotSent or NoAnswer; heeds `may_send` and `longest` among the request's extensions.

        The host is always this transport's: neither a redirect nor anybody's URL leads elsewhere.
        """
        call = Call(self._timeout_seconds, request.extensions.get("may_send", _always))
        told = {name.decode("ascii"): value.decode("ascii") for name, value in request.headers.raw}
        headers = {name: value for name, value in told.items() if name.lower() != "host"}  # http.client says it
        try:
            self._connect(call)
            self._http.request(request.method, request.url.raw_path.decode("ascii"), request.read() or None, headers)
            return self._answer(self._http.getresponse(), request.extensions.get("longest", MAX_ANSWER_BYTES))
        except NotSent:
            self.close()
            raise
        except FAILURES as error:
            self.close()
            why = _named(error)
        except BaseException:  # the call was broken off by its `may_send`: half a request must not meet the next one
            self.close()
            raise
        raise NoAnswer(why) if call.sent else NotSent(why)

    def _url_of(self, method: str, target: str) -> httpx.URL:
        """The whole address; of what is asked again and again, the endpoints of POSTs, it is kept (no query: names)."""
        if url := self._urls.get(target):
            return url
        url = httpx.URL(self._url).copy_with(raw_path=(self._path + target).encode("ascii"))
        if method == "POST" and "?" not in target:
            self._urls[target] = url
        return url

    def close(self) -> None:
        """Close the calling thread's connection; the next exchange opens a new one."""
        self._http.close()
        if self._wire is not None:
            self._wire.drop()
            self._wire = None

    def _connect(self, call: Call) -> None:
        """Let the call use the connection, a new one when the old one was closed, idle for long, or died meanwhile."""
        if self._wire is not None and self._is_fresh(self._wire):
            self._wire.call = call
            return
        self.close()
        if self._scheme not in PORTS:
            raise UnknownProtocol(self._scheme)
        tls = (self._tls or trusted()) if self._scheme == "https" else None
        self._wire = Wire(self._host, self._port, call, self._timeout_seconds, tls, proxy=self._proxy)
        self._http.sock = self._wire

    def _is_fresh(self, wire: Wire) -> bool:
        kept = self._http.sock is wire and monotonic() - self._used_at < KEEPALIVE_SECONDS
        return kept and not wire.is_dead()

    def _answer(self, response: HTTPResponse, longest: int) -> httpx.Response:
        """As httpx has it; what we asked to come unpacked is not unpacked by it either."""
        headers = [
            (name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in response.getheaders()
        ]
        plain = [(name, value) for name, value in headers if name.lower() != b"content-encoding"]
        body = _body(response, longest)
        self._used_at = monotonic()
        if body is None or response.will_close:
            self.close()
        if body is None:
            return httpx.Response(response.status, headers=plain, extensions={_CUT: True})
        return httpx.Response(response.status, headers=plain, content=body)


class _Final(HTTPResponse):
    """The answer itself. Interim ones before it (1xx) are passed over: http.client does so with 100 alone, and would leave the
    answer on the connection, where the next request finds it.
    """

    def begin(self) -> None:
        """Read status and headers."""
        super().begin()
        while self.status < HTTPStatus.OK:
            self.headers = None  # type: ignore[assignment]  # for http.client: nothing was read yet
            super().begin()


def _always() -> None:
    """Nobody forbids it."""


def _named(error: Exception) -> str:
    """The class of what the network raised; a server that does not speak TLS has a name of its own."""
    return SPEAKS_PLAINLY if isinstance(error, ssl.SSLError) and error.reason in _PLAIN else type(error).__name__


def _body(response: HTTPResponse, longest: int) -> bytes | None:
    body = bytearray()
    with suppress(*FAILURES):
        while piece := response.read(PIECE_BYTES):
            body += piece
            if len(body) > longest:
                return None
        return None if response.length else bytes(body)
    return None
