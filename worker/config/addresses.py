"""Addresses of servers, read once and wholly before anybody connects: each reader says what is wrong, or nothing.

A sentence names the variable and the part that is wrong, never a part of its value: what looks like a port may be the
second half of a password. Nothing is connected to and nothing is raised.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict
from redis.connection import parse_url

from worker import redis_pool

ENCODE = "In a user name or password write % as %25, / as %2F, @ as %40, : as %3A, # as %23, ? as %3F."
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
    if problem := unwritable(name, url) or _scheme(name, url, ("postgresql", "postgres")):
        yield problem
        return
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except (psycopg.Error, ValueError):
        yield f"{name} cannot be read: a % that encodes nothing, or an option that PostgreSQL does not know. {ENCODE}"
        return
    hosts, ports = parts.get("host", "").split(","), parts.get("port", "").split(",")
    if any("@" in part for part in (*hosts, parts.get("dbname", ""))):
        yield f"{name} has an @ too many. {ENCODE}"
    elif not all(port == "" or is_port(port) for port in ports) or len(ports) not in (1, len(hosts)):
        yield f"{name} has something that is no port number after the host. {ENCODE}"
    elif not all(host == "" or host.startswith("/") or is_host(host) for host in hosts):
        yield f"{name} has something that is no name of a host. {ENCODE}"
    for option, choices in _CHOICES.items():
        if parts.get(option, choices[0]) not in choices:
            yield f"{name}: its option {option} must be one of {', '.join(choices)}."
    for option in _NUMBERS:
        if not _is_number(parts.get(option, "0")):
            yield f"{name}: its option {option} must be a number."


def redis_(name: str, url: str) -> Iterator[str]:
    """What is wrong with the address of a Redis; its options are those of the client, who would fail at its first call."""
    if problem := unwritable(name, url) or _scheme(name, url, ("redis", "rediss", "unix", *redis_pool.SCHEMES)):
        yield problem
        return
    if redis_pool.by_sentinels(url):
        yield from _sentinels(name, url)
        return
    parts = split(url)
    if parts is None:
        yield f"{name} has something that is no port number or host. {ENCODE}"
    elif parts.fragment or url.endswith("#"):
        yield f"{name} has a # in it. {ENCODE}"
    elif parts.scheme != "unix" and not (parts.path in ("", "/") or _is_number(parts.path[1:])):
        yield f"{name} must end with the number of a database, like /0. {ENCODE}"
    elif parts.scheme != "unix" and parts.hostname and not is_host(parts.hostname):
        yield f"{name} has something that is no name of a host. {ENCODE}"
    elif problem := wrong_login(name, parts):
        yield problem
    elif not _options_are_known(url, parts):
        yield f"{name} has an option that the Redis client does not know, or a wrong value for one. {ENCODE}"


def _sentinels(name: str, url: str) -> Iterator[str]:
    """What is wrong with an address of Sentinels; nobody else would read it before the first message."""
    try:
        parts, said = urlsplit(url), redis_pool.sentinels(url)
    except ValueError:
        yield f"{name} has something that is no port number or host. {ENCODE}"
        return
    asked = parse_qsl(parts.query, keep_blank_values=True)
    if parts.fragment or url.endswith("#"):
        yield f"{name} has a # in it. {ENCODE}"
    elif problem := wrong_login(name, parts):
        yield problem
    elif not all(host and is_host(host) and is_port(port) for host, port in said.hosts):
        yield f"{name} has something that is no port number or host. {ENCODE}"
    elif not re.fullmatch(r"[\w.-]+", said.service, re.ASCII) or not _is_number(said.database):
        yield f"{name} must end with the Sentinels' name of the service and the number of a database, like /mymaster/0."
    elif not {option for option, _ in asked} <= redis_pool.OPTIONS:
        yield f"{name} has an option that the Redis client does not know, or a wrong value for one. {ENCODE}"


def is_here(host: str | None) -> bool:
    """Whether a host is this machine: a name or address of the loopback, or none at all (a socket of the file system)."""
    return host is None or host in ("", "localhost", "::1") or host.startswith(("/", "127."))


def split(url: str) -> SplitResult | None:
    """The parts of an address; None when its host or port is none."""
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.port != 0:  # raises for a port that is none
            return parts
    return None


def unwritable(name: str, url: str) -> str | None:
    """No address holds blanks or characters that cannot be seen; some readers would silently drop them."""
    if url.isprintable() and " " not in url:
        return None
    return f"{name} has a blank in it, or a character that cannot be seen."


def wrong_login(name: str, parts: SplitResult) -> str | None:
    """What is wrong with the user and the password in an address; each reader would guess something else."""
    login = parts.netloc.rpartition("@")[0]
    if "@" in login:
        return f"{name} has an @ too many. {ENCODE}"
    try:
        decoded = unquote(login, errors="strict")
    except UnicodeDecodeError:
        decoded = login = "%"
    if re.search(r"%(?![0-9A-Fa-f]{2})", login):
        return f"{name} has a % that encodes nothing. {ENCODE}"
    return None if decoded.isprintable() else f"{name} has a blank in it, or a character that cannot be seen."


def _scheme(name: str, url: str, schemes: tuple[str, ...]) -> str | None:
    return None if url.partition("://")[0] in schemes and "://" in url else f"{name} must begin with {schemes[0]}://."


def is_port(text: str) -> bool:
    """Whether a text is the number of a port."""
    return text.isascii() and text.isdecimal() and len(text) <= 5 and 0 < int(text) <= 65535


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9


def is_host(host: str) -> bool:
    """Whether a text can be the name or the address of a host."""
    if ":" in host:  # an address of IPv6
        return all(character in "0123456789abcdefABCDEF:." for character in host.partition("%")[0])
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    labels = host.removesuffix(".").split(".")
    return all(label.strip("-_") and label.replace("-", "").replace("_", "").isalnum() for label in labels)


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
