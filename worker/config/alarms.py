"""Where alarms go: e-mail addresses, a web address, and the mail server."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from socket import getfqdn
from urllib.parse import SplitResult, unquote, urlsplit

from worker.config.reader import Reader

#: What a person would call an address; whether it exists, only a mail server knows.
MAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[A-Za-z0-9.-]{1,253}")
_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """How mail leaves. With `tls` from the first byte; else STARTTLS where it is offered, and always before a password."""

    host: str = "localhost"
    port: int = 25
    tls: bool = False
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Alarms:
    """Nothing is sent as long as none of it is set."""

    mails: tuple[str, ...] = ()
    url: str = field(default="", repr=False)
    sender: str = ""
    server: MailServer = MailServer()
    is_on: bool = False
    """Somebody can be told: an address, a web address or a mail server is named."""


def read_alarms(reader: Reader) -> Alarms:
    """What the variables say; what cannot be used is noted with the reader's problems."""
    mails = tuple(part.strip() for part in reader.text("LEXRELAY_ALARM_MAIL").split(",") if part.strip())
    if not all(MAIL.fullmatch(mail) for mail in mails):
        reader.problems.append("LEXRELAY_ALARM_MAIL must be addresses like ops@example.org, with commas between.")
    sender = reader.text("LEXRELAY_ALARM_FROM")
    if sender and not MAIL.fullmatch(sender):
        reader.problems.append("LEXRELAY_ALARM_FROM must be an address like lexrelay@example.org.")
    url, server = reader.secret("LEXRELAY_ALARM_URL"), reader.secret("LEXRELAY_SMTP_URL")
    if url and not _is_web(url):
        reader.problems.append("LEXRELAY_ALARM_URL must be an address like https://alarms.example.org/hook.")
    return Alarms(mails, url, sender or f"lexrelay@{getfqdn()}", _server(reader, server), bool(mails or url or server))


def _is_web(url: str) -> bool:
    parts = _split(url)
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)


def _server(reader: Reader, url: str) -> MailServer:
    if not url:
        return MailServer()
    parts = _split(url)
    for problem in _problems(parts):
        reader.problems.append(f"LEXRELAY_SMTP_URL {problem}")
    if parts is None or not parts.hostname:
        return MailServer()
    port = parts.port or (587 if parts.username else _PORTS.get(parts.scheme, 25))
    if parts.scheme == "smtps":
        port = parts.port or _PORTS["smtps"]
    user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    return MailServer(parts.hostname, port, parts.scheme == "smtps", user, password)


def _problems(parts: SplitResult | None) -> Iterator[str]:
    if parts is None or parts.scheme not in _PORTS or not parts.hostname:
        yield "must be an address like smtp://user:password@mail.example.org:587."
    elif parts.path not in ("", "/") or parts.query or parts.fragment:
        yield "must end after the port."


def _split(url: str) -> SplitResult | None:
    if not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts
