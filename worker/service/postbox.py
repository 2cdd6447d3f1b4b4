"""How an alarm leaves this machine: by SMTP, or as JSON to a web address. Nothing of an answer is kept.

Whatever goes wrong raises `NotTold` with the class of the error alone: addresses and passwords are in no message.
"""

import json
import smtplib
import ssl
import urllib.request
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

from worker.config.alarms import Alarms

_PATIENCE_SECONDS = 10.0


class NotTold(Exception):
    """Nobody was told; it is worth another try later."""


class Postbox:
    """Sends what it is given, once; called twice it sends twice."""

    def __init__(self, alarms: Alarms) -> None:
        self._alarms = alarms

    def mail(self, to: Sequence[str], subject: str, text: str) -> None:
        """One e-mail to all of these. Raises NotTold."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._alarms.sender, ", ".join(to), subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="lexrelay.invalid")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        try:
            with self._server() as server:
                server.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise NotTold(type(error).__name__) from None

    def post(self, body: Mapping[str, Any]) -> None:
        """One JSON document to the web address. Raises NotTold, also for an answer that is no 2xx."""
        request = urllib.request.Request(  # noqa: S310 (http or https: worker/config/alarms.py)
            self._alarms.url, json.dumps(body).encode(), {"content-type": "application/json", "user-agent": "lexrelay"}
        )
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE_SECONDS):  # noqa: S310 (as above)
                pass
        except (OSError, ValueError) as error:
            raise NotTold(type(error).__name__) from None

    def _server(self) -> smtplib.SMTP:
        way = self._alarms.server
        if way.tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                way.host, way.port, timeout=_PATIENCE_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(way.host, way.port, timeout=_PATIENCE_SECONDS)
            server.ehlo()
            if way.user or server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
        if way.user:
            server.login(way.user, way.password or "")
        return server
