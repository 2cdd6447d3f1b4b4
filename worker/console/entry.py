"""How one comes in: by a code that is used once, or by a proxy that vouches for its user; and how one is known afterwards."""

import hashlib
import hmac
import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from outbox.db import Connection
from worker.config.console import Console
from worker.console import sessions
from worker.console.visitor import NOBODY, Visitor

COOKIE = "lexrelay_console"
#: What a proxy says of its user; believed from its own address only.
USER_HEADER, ROLE_HEADER, PRACTICE_HEADER = "x-lexrelay-user", "x-lexrelay-role", "x-lexrelay-practice"
_LONGEST_NAME = 200


class Entry:
    """Tells who asks. `secret` makes the forms' tokens: they are of use to nobody else's session."""

    def __init__(self, surroundings: Console, secret: bytes) -> None:
        self._surroundings, self._secret = surroundings, secret

    def visitor(self, connection: Connection, request: Request) -> Visitor:
        """Whoever asks; nobody unless a session holds or the proxy vouches."""
        if self._is_proxy(request) and request.headers.get(USER_HEADER, "").strip():
            return _vouched_for(request)
        session = request.cookies.get(COOKIE)
        return (sessions.visitor(connection, session, is_live=is_live(request)) if session else None) or NOBODY

    def token(self, visitor: Visitor) -> str:
        """What each form of this visitor carries as `csrf`."""
        return hmac.new(self._secret, f"csrf:{visitor.identity}".encode(), hashlib.sha256).hexdigest()

    def is_token(self, visitor: Visitor, given: str) -> bool:
        """Whether a form's token is this visitor's."""
        return hmac.compare_digest(self.token(visitor).encode(), given.encode("utf-8", "replace"))

    def keep(self, request: Request, response: Response, session: str) -> None:
        """Let the browser keep its session; in a frame of another site only with TLS, as browsers demand."""
        is_safe = self._is_tls(request)
        foreign = any(one != "self" for one in self._surroundings.frame_ancestors)
        same_site = "none" if foreign and is_safe else "lax"
        response.set_cookie(
            COOKIE, session, max_age=int(sessions.LONGEST_SECONDS), httponly=True, secure=is_safe,
            samesite="none" if same_site == "none" else "lax",
        )  # fmt: skip

    def forget(self, response: Response) -> None:
        """Let the browser forget its session."""
        response.delete_cookie(COOKIE, httponly=True)

    def _is_tls(self, request: Request) -> bool:
        if urlsplit(self._surroundings.url).scheme == "https":
            return True
        return self._is_proxy(request) and request.headers.get("x-forwarded-proto") == "https"

    def _is_proxy(self, request: Request) -> bool:
        if request.client is None:
            return False
        try:
            peer = ip_address(request.client.host)
        except ValueError:
            return False
        known_as = {peer, getattr(peer, "ipv4_mapped", None) or peer}  # a socket for both families tells IPv4 so
        return any(one in network for one in known_as for network in self._surroundings.proxies)


def is_live(request: Request) -> bool:
    """Whether an open page asks for itself again, by its script."""
    return request.headers.get("hx-request") == "true"


def _text(value: str) -> str:
    """A header as it was meant: UTF-8, where it is that, and no longer than a name."""
    sent = value.encode("latin-1")
    try:
        meant = sent.decode()
    except UnicodeDecodeError:
        meant = value
    return meant.strip()[:_LONGEST_NAME]


def _vouched_for(request: Request) -> Visitor:
    """The user that the proxy names; one without a name, or whose role makes no sense, is nobody.

    So is one of whom something is said twice: a proxy that adds its own word to what a browser has sent vouches for neither.
    """
    said = [request.headers.getlist(header) for header in (USER_HEADER, ROLE_HEADER, PRACTICE_HEADER)]
    if any(len(values) > 1 for values in said):
        return NOBODY
    name, role, practice = (_text(values[0]) if values else "" for values in said)
    if not name:
        return NOBODY
    identity = f"proxy:{role}:{practice}:{name}"
    match role:
        case "operator":
            return Visitor("operator", name, None, identity)
        case "viewer":
            return Visitor("viewer", name, None, identity)
        case "practice" if re.fullmatch(r"[0-9]{1,18}", practice):
            return Visitor("practice", name, int(practice), identity)
        case _:
            return NOBODY
