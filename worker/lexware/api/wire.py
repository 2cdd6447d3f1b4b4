"""The socket under one call. It keeps the time, and it opens the gate for the first byte.

Guarantees: connect, TLS, write and read share one deadline, however slowly the other side drips; a request is held back
until the whole of it is there, then `may_send` is asked, and then it leaves in one go; `Call.sent` is false as long as
not one byte was handed to the system. Only the system's name resolver keeps its own time; when it overruns the
deadline, nothing is sent.

Knows nothing of HTTP; the standard library's `http.client` speaks it over this.
"""

import contextlib
import io
import select
import socket
import ssl
import struct

from worker.config.proxy import Proxy
from worker.lexware.api.call import Call
from worker.lexware.api.tunnel import open_tunnel

RECORD_BYTES = 16_384
"""One TLS record: the most that one write puts on the wire, so that the deadline is looked at between any two."""


def socket_options(timeout_seconds: float) -> list[tuple[int, int, int | bytes]]:
    """No delay; a closing or dying process discards what it has not sent, and a dead peer is given up with the deadline.

    TCP_USER_TIMEOUT (milliseconds) exists on Linux only.
    """
    options: list[tuple[int, int, int | bytes]] = [
        (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
        (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
        (socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)),
    ]
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        options.append((socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, max(1, int(timeout_seconds * 1000))))
    return options


class Wire:
    """A connection; `call` is the one that is under way. What `http.client` takes for a socket."""

    def __init__(
        self,
        host: str,
        port: int,
        call: Call,
        timeout_seconds: float,
        tls: ssl.SSLContext | None,
        *,
        proxy: Proxy | None = None,
    ) -> None:
        self.call = call
        self._unsent = b""
        self._socket = _connect(proxy.host, proxy.port, call) if proxy else _connect(host, port, call)
        for option in socket_options(timeout_seconds):
            self._socket.setsockopt(*option)
        if proxy is not None:
            open_tunnel(self._socket, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", proxy, call)
        if tls is not None:
            self._socket.settimeout(call.remaining_seconds())
            self._socket = tls.wrap_socket(self._socket, server_hostname=host)

    def sendall(self, data: bytes) -> None:
        """Keep it until the request is complete, which is when its answer is asked for."""
        self._unsent += data

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Where an answer is read from; closing it leaves the connection open."""
        return io.BufferedReader(_Answers(self))

    def receive(self, buffer: memoryview) -> int:
        """Send what is waiting, then read the next bytes that come; 0 when the other side is done."""
        # A server may refuse early and stop listening; its answer is worth reading.
        with contextlib.suppress(ConnectionError):
            self._leave()
        self._socket.settimeout(self.call.remaining_seconds())
        return self._socket.recv_into(buffer)

    def is_dead(self) -> bool:
        """True when the other side has hung up, or said something without having been asked."""
        watch = select.poll()
        watch.register(self._socket, select.POLLIN)
        return bool(watch.poll(0))

    def _leave(self) -> None:
        data, self._unsent = self._unsent, b""
        for start in range(0, len(data), RECORD_BYTES):
            self._socket.settimeout(self.call.remaining_seconds())
            if not self.call.sent:
                self.call.release()
            self._socket.sendall(data[start : start + RECORD_BYTES])

    def close(self) -> None:
        """Said when no request will follow; the last answer may still be on its way."""

    def drop(self) -> None:
        """Drop the connection; by SO_LINGER what was not sent never will be."""
        self._socket.close()


class _Answers(io.RawIOBase):
    """The reading end of a wire."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what BufferedReader gives
        return self._wire.receive(buffer)


def _connect(host: str, port: int, call: Call) -> socket.socket:
    """Try every address of the host, each with a fair share of what is left of the deadline."""
    addresses = [found[4][0] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    failure = OSError()
    for tried, address in enumerate(addresses):
        try:
            return socket.create_connection((str(address), port), call.remaining_seconds() / (len(addresses) - tried))
        except OSError as error:
            failure = error
    raise failure
