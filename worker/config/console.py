"""The console's surroundings: its address as browsers see it, the proxy that vouches for users, and who may frame it."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from worker.config import addresses, web_addresses
from worker.config.reader import Reader

#: A source of a content security policy: 'self' is written without quotes here, a scheme and a host otherwise.
_ANCESTOR = re.compile(r"https?://(?:\*\.)?([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class Console:
    """What the console is told from outside; all of it may be empty."""

    url: str
    """Its address as browsers see it, without a slash at its end; empty: the one that it listens on."""
    proxies: tuple[IPv4Network | IPv6Network, ...]
    """From these addresses alone headers are believed that say who the user is."""
    frame_ancestors: tuple[str, ...]
    """Whose pages may show it in a frame."""


def read_console(reader: Reader) -> Console:
    """What the variables say; what cannot be used is noted with the reader's problems."""
    return Console(url=_url(reader), proxies=tuple(_proxies(reader)), frame_ancestors=tuple(_frame_ancestors(reader)))


def _url(reader: Reader) -> str:
    name, url = "LEXRELAY_CONSOLE_URL", reader.text("LEXRELAY_CONSOLE_URL").rstrip("/")
    if not url:
        return ""
    problems = list(web_addresses.console(name, url, http_allowed=reader.text("LEXRELAY_ALLOW_HTTP") == "1"))
    reader.problems += problems
    return "" if problems else url


def _proxies(reader: Reader) -> list[IPv4Network | IPv6Network]:
    found = []
    for part in _parts(reader.text("LEXRELAY_CONSOLE_PROXY")):
        try:
            found.append(ip_network(part))
        except ValueError:
            reader.problems.append("LEXRELAY_CONSOLE_PROXY must be addresses or networks like 10.0.0.7 or 10.0.0.0/24.")
    return found


def _frame_ancestors(reader: Reader) -> list[str]:
    found = _parts(reader.text("LEXRELAY_CONSOLE_FRAME_ANCESTORS"))
    if not all(part == "self" or _is_ancestor(part) for part in found):
        reader.problems.append(
            "LEXRELAY_CONSOLE_FRAME_ANCESTORS must be addresses like https://practice.example, or self."
        )
        return []
    return found


def _is_ancestor(part: str) -> bool:
    found = _ANCESTOR.fullmatch(part)
    return found is not None and addresses.is_host(found[1]) and (found[2] is None or addresses.is_port(found[2]))


def _parts(value: str) -> list[str]:
    return [part.strip("'") for part in re.split(r"[\s,]+", value) if part.strip("'")]
