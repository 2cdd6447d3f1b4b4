"""The way to Redis, by its address: one server, or the one that Sentinels name as their master.

`redis+sentinel://user:password@sentinel:26379,sentinel:26379/service/0`, with rediss for TLS to all of them. The password is the
Redis'; the Sentinels' own stands in the option `sentinel_password`. Each new connection asks them anew, so a failover costs
as long as they take to name another master.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import redis
from redis.sentinel import Sentinel, SentinelConnectionPool

SCHEMES = ("redis+sentinel", "rediss+sentinel")
OPTIONS = frozenset({"sentinel_username", "sentinel_password"})
_PORT, _USUAL_PORT = 26379, 6379
#: A Sentinel that is away is passed over after that.
_SENTINEL_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Sentinels:
    """What an address of Sentinels says. `hosts` as they are written, with their ports."""

    hosts: tuple[tuple[str, str], ...]
    service: str
    database: str
    login: Mapping[str, str]
    own_login: Mapping[str, str]
    tls: bool


def by_sentinels(url: str) -> bool:
    """Whether an address names Sentinels."""
    return url.partition("://")[0] in SCHEMES


def sentinels(url: str) -> Sentinels:
    """Take an address of Sentinels apart; what is wrong with it shows in the parts. Raises ValueError for brackets that are none."""
    parts = urlsplit(url)
    login, _, hosts = parts.netloc.rpartition("@")
    username, _, password = login.partition(":")
    service, _, database = parts.path.removeprefix("/").partition("/")
    own = {key.removeprefix("sentinel_"): value for key, value in parse_qsl(parts.query) if key in OPTIONS}
    return Sentinels(
        hosts=tuple(_host(host) for host in hosts.split(",")),
        service=unquote(service),
        database=database or "0",
        login=dict(_given(username=unquote(username), password=unquote(password))),
        own_login=own,
        tls=parts.scheme == "rediss+sentinel",
    )


def servers(url: str) -> list[tuple[str, int]]:
    """Every host that an address names, with its port; none for a socket."""
    if by_sentinels(url):
        return [(host, int(port)) for host, port in sentinels(url).hosts]
    parts = urlsplit(url)
    return [] if parts.scheme == "unix" else [(parts.hostname or "localhost", parts.port or _USUAL_PORT)]


def demands_tls(url: str) -> bool:
    """Whether an address asks for TLS."""
    return url.startswith("rediss")


def _host(text: str) -> tuple[str, str]:
    """`name`, `name:port`, `[::1]:port`."""
    host, colon, port = text.rpartition(":")
    if not colon or text.endswith("]"):
        host, port = text, ""
    return host.removeprefix("[").removesuffix("]"), port if colon and not text.endswith("]") else str(_PORT)


def _given(**values: str) -> Iterator[tuple[str, str]]:
    yield from ((name, value) for name, value in values.items() if value)


def client(url: str, **options: Any) -> redis.Redis:
    """A client, for any number of threads; with what connections need besides. Close it."""
    return redis.Redis.from_pool(_pool(url, options))


def _pool(url: str, options: dict[str, Any]) -> redis.ConnectionPool:
    if not by_sentinels(url):
        return redis.ConnectionPool.from_url(url, **options)
    said = sentinels(url)
    timeouts = {"socket_timeout": _SENTINEL_SECONDS, "socket_connect_timeout": _SENTINEL_SECONDS}
    asked = {**said.own_login, **timeouts, **({"ssl": True} if said.tls else {})}
    manager = Sentinel([(host, int(port)) for host, port in said.hosts], sentinel_kwargs=asked)  # type: ignore[no-untyped-call]
    return SentinelConnectionPool(  # type: ignore[no-untyped-call]
        said.service, manager, db=int(said.database), ssl=said.tls, **said.login, **options
    )
