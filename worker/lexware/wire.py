"""Room 6, the window: the socket under one call. It keeps the time, and it opens the gate for the first byte.

Guarantees: connect, TLS, write and read share one deadline, however slowly the other side drips; headers and body are
held back until the whole request is there, then `may_send` is asked, and then they leave together; `Call.sent` is
false as long as not one byte was handed to the system. Only the system's name resolver keeps its own time; when it
overruns the deadline, nothing is sent.

Knows nothing of HTTP; httpcore speaks it over these streams.
"""

import contextlib
import socket
import ssl
import struct
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

import httpcore

MaySend = Callable[[], None]

RECORD_BYTES = 16_384
"""One TLS record: the most that one write puts on the wire, so that the deadline is looked at between any two."""


def socket_options(timeout_seconds: float) -> list[httpcore.SOCKET_OPTION]:
    """A closing or dying process discards what it has not sent, and a dead peer is given up with the deadline.

    httpcore adds TCP_NODELAY. TCP_USER_TIMEOUT (milliseconds) exists on Linux only.
    """
    options: list[httpcore.SOCKET_OPTION] = [
        (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
        (socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)),
    ]
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        options.append((socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, max(1, int(timeout_seconds * 1000))))
    return options


class Call:
    """One call: when it must be over, who may still forbid it, and whether anything of it has left."""

    def __init__(self, timeout_seconds: float, may_send: MaySend) -> None:
        self._ends_at = monotonic() + timeout_seconds
        self._may_send = may_send
        self.sent = False

    def remaining_seconds(self) -> float:
        """What is left of the deadline, always positive; raises httpcore.TimeoutException when nothing is."""
        left = self._ends_at - monotonic()
        if left <= 0:
            raise httpcore.TimeoutException
        return left

    def release(self) -> None:
        """Ask `may_send`, whose exception keeps the request here, and note that from now on bytes may have left."""
        self._may_send()
        self.sent = True


class Network(httpcore.NetworkBackend):
    """Opens the sockets of one thread's connection; `call` is the one that is under way."""

    call: Call

    def __init__(self) -> None:
        self._tcp = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the call's deadline replaces it
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Try every address of the host, each with a fair share of what is left of the deadline."""
        addresses = [found[4][0] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        failure: Exception = httpcore.ConnectError()
        for tried, address in enumerate(addresses):
            share = self.call.remaining_seconds() / (len(addresses) - tried)
            try:
                stream = self._tcp.connect_tcp(str(address), port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return Stream(stream, self)
        raise failure


class Stream(httpcore.NetworkStream):
    """A connection that writes nothing until an answer is asked for, and then all at once."""

    def __init__(self, inner: httpcore.NetworkStream, network: Network) -> None:
        self._inner = inner
        self._network = network
        self._unsent = b""

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the deadline replaces it
        """Keep it until the request is complete, which is when httpcore begins to read."""
        self._unsent += buffer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline replaces it
        """Send what is waiting, then read."""
        # A server may refuse early and stop listening; its answer is worth reading, as httpcore itself has it.
        with contextlib.suppress(httpcore.WriteError):
            self._send()
        return self._inner.read(max_bytes, self._network.call.remaining_seconds())

    def _send(self) -> None:
        call, data, self._unsent = self._network.call, self._unsent, b""
        for start in range(0, len(data), RECORD_BYTES):
            remaining_seconds = call.remaining_seconds()
            if not call.sent:
                call.release()
            self._inner.write(data[start : start + RECORD_BYTES], remaining_seconds)

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the deadline replaces it
    ) -> httpcore.NetworkStream:
        """The same, encrypted; the handshake is part of the call's time."""
        remaining_seconds = self._network.call.remaining_seconds()
        return Stream(self._inner.start_tls(ssl_context, server_hostname, remaining_seconds), self._network)

    def close(self) -> None:
        """Drop the connection; by SO_LINGER what was not sent never will be."""
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks about the socket."""
        return self._inner.get_extra_info(info)
