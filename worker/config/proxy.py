"""The proxy between this machine and Lexware, by the usual variables: HTTPS_PROXY (or ALL_PROXY) and NO_PROXY.

Only calls by https go through it, in a tunnel that it cannot look into. Its own password never reaches a message.
"""

import base64
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from worker.config import addresses, web_addresses
from worker.config.reader import Reader

_VARIABLES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
_USUAL_PORT = 80


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where the tunnel begins; `authorization` is the header's value, or empty."""

    host: str
    port: int
    authorization: str = field(default="", repr=False)


def read_proxy(reader: Reader, api_url: str) -> Proxy | None:
    """The proxy that calls go through, or None: none is set, NO_PROXY names the host, or it is this machine."""
    name = next((name for name in _VARIABLES if reader.text(name)), None)
    if name is None:
        return None
    given = reader.text(name)
    url = given if "://" in given else f"http://{given}"
    if problems := list(web_addresses.proxy(name, url)):
        reader.problems += problems
        return None
    if not _is_meant(reader, api_url):
        return None
    parts = urlsplit(url)
    secret = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    header = f"Basic {base64.b64encode(secret.encode()).decode()}" if parts.username is not None else ""
    return Proxy(parts.hostname or "", parts.port or _USUAL_PORT, header)


def _is_meant(reader: Reader, api_url: str) -> bool:
    try:
        parts = urlsplit(api_url)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:  # a problem of LEXWARE_API_URL, which is noted already
        return False
    exempt = (reader.text("no_proxy") or reader.text("NO_PROXY")).lower().split(",")
    spared = any(_names(entry.strip(), host, port) for entry in exempt)
    return parts.scheme == "https" and not addresses.is_here(host) and not spared


def _names(entry: str, host: str, port: int) -> bool:
    """Whether an entry of NO_PROXY means a host: `*`, its name or address, a domain above it, each also with a port."""
    name = entry.removesuffix(f":{port}").removeprefix("*").lstrip(".")
    return entry == "*" or (bool(name) and (host == name or host.endswith(f".{name}")))
