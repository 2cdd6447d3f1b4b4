"""A tunnel through a proxy, asked for by CONNECT. Nothing of a request is in it: should it fail, nothing was sent.

Shares the deadline of the call that needs it. What the proxy says is never passed on.
"""

import re
import socket

from worker.config.proxy import Proxy
from worker.lexware.api.call import Call

#: More than a proxy has to say; one that goes on for ever is none.
_LONGEST_HEAD = 16_384
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3})[ \r]")


class ProxyRefuses(OSError):
    """The proxy does not let us through: it wants another login, forbids the host, or is no proxy."""


def open_tunnel(way: socket.socket, at: str, proxy: Proxy, call: Call) -> None:
    """Make a connection to the proxy one to `at` (host:port). Raises ProxyRefuses, or OSError for the network."""
    lines = [f"CONNECT {at} HTTP/1.1", f"Host: {at}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    way.settimeout(call.remaining_seconds())
    way.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
    status = _STATUS.match(_head(way, call))
    if status is None or not status[1].startswith(b"2"):
        raise ProxyRefuses


def _head(way: socket.socket, call: Call) -> bytes:
    """The proxy's answer up to its empty line, read byte by byte: what follows belongs to the tunnel."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        way.settimeout(call.remaining_seconds())
        byte = way.recv(1)
        if not byte or len(head) > _LONGEST_HEAD:
            raise ProxyRefuses
        head += byte
    return head
