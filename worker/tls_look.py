"""Whether a server speaks TLS, or plainly, that was addressed the other way: either looks like one that is away.

For after it did not answer. What is said to it is a handshake or a greeting, nobody's login and nothing of anybody's.
"""

import socket
import ssl
from contextlib import suppress

_SECONDS = 3.0


def speaks_tls(host: str, port: int) -> bool:
    """Whether a handshake begins there, whoever's certificate it brings; one that is broken off by an alert has begun."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # nothing is said within
    try:
        with socket.create_connection((host, port), _SECONDS) as way, context.wrap_socket(way, server_hostname=host):
            return True
    except ssl.SSLError as error:
        return "ALERT" in (error.reason or "")
    except (OSError, ValueError):
        return False


def answers_plainly(host: str, port: int, greeting: bytes, *answers: bytes) -> bool:
    """Whether a greeting without TLS gets an answer that begins with one of these."""
    with suppress(OSError), socket.create_connection((host, port), _SECONDS) as way:
        way.settimeout(_SECONDS)
        way.sendall(greeting)
        return way.recv(max(map(len, answers))).startswith(answers)
    return False
