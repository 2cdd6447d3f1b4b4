"""Addresses that are spoken to by HTTP or SMTP, read as those of the servers are (`addresses.py`): a sentence, or nothing."""

from collections.abc import Iterator
from urllib.parse import SplitResult

from worker.config.addresses import ENCODE, is_here, is_host, split, unwritable, wrong_login

_LEXWARE = "api.lexware.io"
_HTTP, _SMTP = ("http", "https"), ("smtp", "smtps")


def lexware_api(name: str, url: str, *, http_allowed: bool) -> Iterator[str]:
    """What is wrong with the base address of Lexware's interface: a host, nothing that calls would be added to."""
    yield from web(name, url, like="https://api.lexware.io")
    parts = split(url)
    segments = parts.path.strip("/").split("/") if parts else []
    if parts and parts.scheme == "http" and parts.hostname and not (is_here(parts.hostname) or http_allowed):
        yield f"{name} must use https; plain http goes only to this machine (or with LEXRELAY_ALLOW_HTTP=1)."
    if any(part[:1] in ("v", "V") and part[1:].isdigit() for part in segments):
        yield f"{name} must end before the version of the interface: without /v1."
    elif parts and parts.hostname == _LEXWARE and any(segments):
        yield f"{name} must be the host alone, like https://{_LEXWARE}."


def web(name: str, url: str, *, like: str) -> Iterator[str]:
    """What is wrong with the address of a web page or interface."""
    parts = _reached(url, _HTTP)
    if parts is None:
        yield f"{name} must be an address like {like}."
    elif _has_login(parts):
        yield f"{name} must not name a user or a password."
    elif "?" in url or "#" in url:
        yield f"{name} must have neither ? nor # in it."


def hook(name: str, url: str) -> Iterator[str]:
    """What is wrong with a web address that is posted to; what comes after a ? is the receiver's."""
    parts = _reached(url, _HTTP)
    if parts is None:
        yield f"{name} must be an address like https://alarms.example.org/hook."
    elif _has_login(parts):
        yield f"{name} must not name a user or a password."
    elif "#" in url:
        yield f"{name} has a # in it."


def console(name: str, url: str, *, http_allowed: bool) -> Iterator[str]:
    """What is wrong with the address under which browsers reach the console: sessions do not travel in plain sight."""
    yield from web(name, url, like="https://lexrelay.practice.example")
    parts = split(url)
    if parts and parts.scheme == "http" and not (is_here(parts.hostname) or http_allowed):
        yield f"{name} must use https; plain http goes only to this machine (or with LEXRELAY_ALLOW_HTTP=1)."
    if parts and parts.path not in ("", "/"):
        yield f"{name} must be a host alone, without a path."


def proxy(name: str, url: str) -> Iterator[str]:
    """What is wrong with the address of a proxy: one that speaks HTTP, whose tunnel we can use."""
    if problem := unwritable(name, url):
        yield problem
        return
    parts = split(url)
    if parts is None or not parts.hostname or not is_host(parts.hostname):
        yield f"{name} must be an address like http://proxy.example:3128. {ENCODE}"
    elif parts.scheme != "http":
        yield f"{name} must begin with http://: lexrelay speaks neither TLS nor SOCKS with a proxy itself."
    elif _goes_on(url, parts):
        yield f"{name} must be a host and a port alone. {ENCODE}"
    elif problem := wrong_login(name, parts):
        yield problem


def smtp(name: str, url: str) -> Iterator[str]:
    """What is wrong with the address of a mail server."""
    parts = _reached(url, _SMTP)
    if parts is None or parts.username == "":
        yield f"{name} must be an address like smtp://user:password@mail.example.org:587. {ENCODE}"
    elif _goes_on(url, parts):
        yield f"{name} must end after the port."
    elif problem := wrong_login(name, parts):
        yield problem


def _reached(url: str, schemes: tuple[str, ...]) -> SplitResult | None:
    parts = None if unwritable("", url) else split(url)
    return parts if parts and parts.scheme in schemes and parts.hostname and is_host(parts.hostname) else None


def _has_login(parts: SplitResult) -> bool:
    return parts.username is not None or parts.password is not None


def _goes_on(url: str, parts: SplitResult) -> bool:
    return parts.path not in ("", "/") or "?" in url or "#" in url
