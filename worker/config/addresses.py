"""Addresses of servers, read once and wholly before anybody connects: each reader says what is wrong, or nothing.

A sentence names the variable and the part that is wrong, never a part of its value: what looks like a port may be the
second half of a password. Nothing is connected to and nothing is raised.
"""

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import SplitResult, parse_qsl, urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict
from redis.connection import parse_url

_ENCODE = "In a user name or password write % as %25, / as %2F, @ as %40, : as %3A, # as %23, ? as %3F."
_LEXWARE = "api.lexware.io"
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
#: Options of a PostgreSQL address with a closed list of values, on which libpq would speak up only when it connects.
_CHOICES = {
    "sslmode": _SSL_MODES,
    "gssencmode": ("disable", "prefer", "require"),
    "channel_binding": ("disable", "prefer", "require"),
    "target_session_attrs": ("any", "read-write", "read-only", "primary", "standby", "prefer-standby"),
    "load_balance_hosts": ("disable", "random"),
    "sslnegotiation": ("postgres", "direct"),
    "ssl_min_protocol_version": ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
    "ssl_max_protocol_version": ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
}
_NUMBERS = ("connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count",
            "tcp_user_timeout", "sslcompression", "sslsni")  # fmt: skip

#: Options of a Redis address that change how it is reached, not what is answered.
_REDIS_OPTIONS = frozenset(
    {
        "db", "username", "password", "client_name", "protocol", "socket_timeout", "socket_connect_timeout",
        "socket_keepalive", "retry_on_timeout", "health_check_interval", "max_connections",
    }
)  # fmt: skip
_REDIS_TLS_OPTIONS = frozenset(
    {
        "ssl_keyfile", "ssl_certfile", "ssl_cert_reqs", "ssl_ca_certs", "ssl_ca_path", "ssl_ca_data",
        "ssl_check_hostname", "ssl_password", "ssl_ciphers",
    }
)  # fmt: skip
_REDIS_CHOICES = {"protocol": ("2", "3"), "ssl_cert_reqs": ("none", "optional", "required")}


def postgresql(name: str, url: str) -> Iterator[str]:
    """What is wrong with the address of a PostgreSQL."""
    if problem := _unwritable(name, url) or _scheme(name, url, ("postgresql", "postgres")):
        yield problem
        return
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except (psycopg.Error, ValueError):
        yield f"{name} cannot be read: a % that encodes nothing, or an option that PostgreSQL does not know. {_ENCODE}"
        return
    hosts, ports = parts.get("host", "").split(","), parts.get("port", "").split(",")
    if any("@" in part for part in (*hosts, parts.get("dbname", ""))):
        yield f"{name} has an @ too many. {_ENCODE}"
    elif not all(port == "" or _is_port(port) for port in ports) or len(ports) not in (1, len(hosts)):
        yield f"{name} has something that is no port number after the host. {_ENCODE}"
    elif not all(host == "" or host.startswith("/") or _is_host(host) for host in hosts):
        yield f"{name} has something that is no name of a host. {_ENCODE}"
    for option, choices in _CHOICES.items():
        if parts.get(option, choices[0]) not in choices:
            yield f"{name}: its option {option} must be one of {', '.join(choices)}."
    for option in _NUMBERS:
        if not _is_number(parts.get(option, "0")):
            yield f"{name}: its option {option} must be a number."


def redis_(name: str, url: str) -> Iterator[str]:
    """What is wrong with the address of a Redis; its options are those of the client, who would fail at its first call."""
    if problem := _unwritable(name, url) or _scheme(name, url, ("redis", "rediss", "unix")):
        yield problem
        return
    parts = _split(url)
    if parts is None:
        yield f"{name} has something that is no port number or host. {_ENCODE}"
    elif parts.fragment or url.endswith("#"):
        yield f"{name} has a # in it. {_ENCODE}"
    elif parts.scheme != "unix" and not (parts.path in ("", "/") or _is_number(parts.path[1:])):
        yield f"{name} must end with the number of a database, like /0. {_ENCODE}"
    elif parts.scheme != "unix" and parts.hostname and not _is_host(parts.hostname):
        yield f"{name} has something that is no name of a host. {_ENCODE}"
    elif not _options_are_known(url, parts):
        yield f"{name} has an option that the Redis client does not know, or a wrong value for one. {_ENCODE}"


def lexware_api(name: str, url: str, *, http_allowed: bool) -> Iterator[str]:
    """What is wrong with the base address of Lexware's interface: a host, nothing that calls would be added to."""
    yield from web(name, url, like="https://api.lexware.io")
    parts = _split(url)
    segments = parts.path.strip("/").split("/") if parts else []
    if parts and parts.scheme == "http" and parts.hostname and not (is_here(parts.hostname) or http_allowed):
        yield f"{name} must use https; plain http goes only to this machine (or with LEXRELAY_ALLOW_HTTP=1)."
    if any(part[:1] in ("v", "V") and part[1:].isdigit() for part in segments):
        yield f"{name} must end before the version of the interface: without /v1."
    elif parts and parts.hostname == _LEXWARE and any(segments):
        yield f"{name} must be the host alone, like https://{_LEXWARE}."


def web(name: str, url: str, *, like: str) -> Iterator[str]:
    """What is wrong with the address of a web page or interface."""
    parts = None if _unwritable(name, url) else _split(url)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or not _is_host(parts.hostname):
        yield f"{name} must be an address like {like}."
    elif parts.username is not None or parts.password is not None:
        yield f"{name} must not name a user or a password."
    elif "?" in url or "#" in url:
        yield f"{name} must have neither ? nor # in it."


def console(name: str, url: str, *, http_allowed: bool) -> Iterator[str]:
    """What is wrong with the address under which browsers reach the console: sessions do not travel in plain sight."""
    yield from web(name, url, like="https://lexrelay.practice.example")
    parts = _split(url)
    if parts and parts.scheme == "http" and not (is_here(parts.hostname) or http_allowed):
        yield f"{name} must use https; plain http goes only to this machine (or with LEXRELAY_ALLOW_HTTP=1)."
    if parts and parts.path not in ("", "/"):
        yield f"{name} must be a host alone, without a path."


def proxy(name: str, url: str) -> Iterator[str]:
    """What is wrong with the address of a proxy: one that speaks HTTP, whose tunnel we can use."""
    if problem := _unwritable(name, url):
        yield problem
        return
    parts = _split(url)
    if parts is None or not parts.hostname or not _is_host(parts.hostname):
        yield f"{name} must be an address like http://proxy.example:3128. {_ENCODE}"
    elif parts.scheme != "http":
        yield f"{name} must begin with http://: lexrelay speaks neither TLS nor SOCKS with a proxy itself."
    elif parts.path not in ("", "/") or "?" in url or "#" in url or (parts.username and "@" in parts.username):
        yield f"{name} must be a host and a port alone. {_ENCODE}"


def is_here(host: str | None) -> bool:
    """Whether a host is this machine: a name or address of the loopback, or none at all (a socket of the file system)."""
    return host is None or host in ("", "localhost", "::1") or host.startswith(("/", "127."))


def _split(url: str) -> SplitResult | None:
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.port != 0:  # raises for a port that is none
            return parts
    return None


def _unwritable(name: str, url: str) -> str | None:
    """No address holds blanks or characters that cannot be seen; some readers would silently drop them."""
    if url.isprintable() and " " not in url:
        return None
    return f"{name} has a blank in it, or a character that cannot be seen."


def _scheme(name: str, url: str, schemes: tuple[str, ...]) -> str | None:
    return None if url.partition("://")[0] in schemes and "://" in url else f"{name} must begin with {schemes[0]}://."


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 5 and 0 < int(text) <= 65535


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9


def _is_host(host: str) -> bool:
    if ":" in host:  # an address of IPv6
        return all(character in "0123456789abcdefABCDEF:." for character in host.partition("%")[0])
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return all(character.isalnum() or character in ".-_" for character in host)


def _options_are_known(url: str, parts: SplitResult) -> bool:
    """The client reads the numbers itself; that an option is unknown would only be seen when it connects."""
    try:
        parse_url(url)  # type: ignore[no-untyped-call]
    except ValueError:
        return False
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    known = _REDIS_OPTIONS | _REDIS_TLS_OPTIONS if parts.scheme == "rediss" else _REDIS_OPTIONS
    chosen = all(asked.get(option, choices[0]) in choices for option, choices in _REDIS_CHOICES.items())
    return asked.keys() <= known and chosen
