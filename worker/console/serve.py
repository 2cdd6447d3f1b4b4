"""The console as a process: where it listens, under which names it is reached, and when it refuses to listen at all.

Guarantee: it is not open to other machines unless a proxy in front was named, or an https address at which one stands.
"""

import secrets
import socket
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

import uvicorn
from starlette.types import ASGIApp

from outbox.db import connect, pool_of_commands
from outbox.migrate import require_schema
from worker.config import Config, ConfigurationError, language
from worker.console import sessions
from worker.console.app import Console
from worker.console.entry import Entry
from worker.console.jobs import Jobs
from worker.messages import console as words

_CONNECTIONS = 8
_FAREWELL_SECONDS = 10


def serve(config: Config, address: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until SIGTERM or Ctrl-C; `announce` hears the address once it is reached there.

    Raises ConfigurationError when it would be open to all, OSError when the port is taken, and SchemaMismatch.
    """
    if not is_loopback(address) and not (config.console.proxies or config.console.url):
        raise ConfigurationError([words.OPEN_TO_ALL(address=address).said_in(language())])
    with connect(config.direct_database_url) as connection:
        require_schema(connection)
    with listening(address, port) as listener:
        taken = listener.getsockname()[1]
        url = config.console.url or f"http://{_in_url(address)}:{taken}"
        with pool_of_commands(config.direct_database_url, _CONNECTIONS) as pool:
            with pool.connection() as connection:
                sessions.note_address(connection, url)
            console = Console(config, pool, Entry(config.console, _secret(config)), Jobs())
            server = server_of(console.application(sorted(hosts(config, address, taken))))
            announce(url)
            server.run(sockets=[listener])


def server_of(application: ASGIApp) -> uvicorn.Server:
    """What serves it: plain HTTP, no log of addresses, and no headers of a proxy believed but by `entry.py`."""
    settings = uvicorn.Config(
        application, log_config=None, access_log=False, server_header=False, proxy_headers=False, lifespan="off",
        timeout_graceful_shutdown=_FAREWELL_SECONDS, http="h11", ws="none", loop="asyncio",
    )  # fmt: skip
    return uvicorn.Server(settings)


def listening(address: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes a free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(
        family, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )  # named, or asyncio lets each answer wait for an ACK
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    return listener


def hosts(config: Config, address: str, port: int) -> set[str]:
    """The names under which it may be asked for: its own, and the one that browsers see."""
    names = {f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"}
    if not ip_address(address if address != "localhost" else "127.0.0.1").is_unspecified:
        names.add(f"{_in_url(address)}:{port}".lower())
    if config.console.url:
        names.add(urlsplit(config.console.url).netloc.lower())
    return names


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches it there."""
    return address == "localhost" or ip_address(address).is_loopback


def _in_url(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _secret(config: Config) -> bytes:
    """What forms' tokens are made from: the same after a restart, where there is a secret key."""
    return config.secret_keys[0].encode() if config.secret_keys else secrets.token_bytes(32)
