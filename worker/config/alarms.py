"""Where alarms go: e-mail addresses, a web address, and the mail server."""

import re
from dataclasses import dataclass, field
from socket import getfqdn
from urllib.parse import unquote, urlsplit

from worker.config import web_addresses
from worker.config.reader import Reader

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
#: What a person would call an address; whether it exists, only a mail server knows.
MAIL = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")
_PORTS = {"smtp": 25, "smtps": 465}
_SUBMISSION = 587


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
    given = reader.text("LEXRELAY_ALARM_MAIL")
    mails = tuple(part.strip() for part in given.split(",") if part.strip())
    if (given and not mails) or not all(MAIL.fullmatch(mail) for mail in mails):
        reader.problems.append("LEXRELAY_ALARM_MAIL must be addresses like ops@example.org, with commas between.")
    sender = reader.text("LEXRELAY_ALARM_FROM")
    if sender and not MAIL.fullmatch(sender):
        reader.problems.append("LEXRELAY_ALARM_FROM must be an address like lexrelay@example.org.")
    url, server = reader.secret("LEXRELAY_ALARM_URL"), reader.secret("LEXRELAY_SMTP_URL")
    if url:
        reader.problems += web_addresses.hook("LEXRELAY_ALARM_URL", url)
    return Alarms(mails, url, sender or f"lexrelay@{getfqdn()}", _server(reader, server), bool(mails or url or server))


def _server(reader: Reader, url: str) -> MailServer:
    problems = list(web_addresses.smtp("LEXRELAY_SMTP_URL", url)) if url else []
    reader.problems += problems
    if problems or not url:
        return MailServer()
    parts = urlsplit(url)
    usual = _SUBMISSION if parts.username and parts.scheme == "smtp" else _PORTS[parts.scheme]
    user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    return MailServer(parts.hostname or "", parts.port or usual, parts.scheme == "smtps", user, password)
