"""What every request meets before any page is asked: the Host it names, its method, how long its path is, the size of its
body and how slowly it comes; and the headers that every answer bears, those of a refusal too.

Guarantee: no page is asked under a name that is not the console's (DNS rebinding), and no more of a body is read than the
cap, nor for longer than its time.
"""

import asyncio
from collections.abc import Collection
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: A form that names ten thousand letters, and a margin.
LARGEST_BODY = 1_000_000
#: Every address of a page is far shorter; a number in it that is longer cannot be read.
LONGEST_PATH = 200
#: A form comes whole within so long, or not at all.
BODY_SECONDS = 30.0
_METHODS = ("GET", "HEAD", "POST")


class Guards:
    """The application behind it sees only requests that may be answered, with their whole body."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: Collection[str],
        frame_ancestors: Collection[str],
        body_seconds: float = BODY_SECONDS,
    ) -> None:
        self._app, self._hosts, self._body_seconds = app, frozenset(hosts), body_seconds
        self._headers = _headers(frame_ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return None
        answer = self._with_headers(scope["path"], send)
        headers = Headers(scope=scope)
        refusal, body = self._refusal(scope, headers), None
        if refusal is None:
            try:
                body = await asyncio.wait_for(_body(headers, receive), self._body_seconds)
            except TimeoutError:
                refusal = HTTPStatus.REQUEST_TIMEOUT
            else:
                refusal = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if body is None else None
        if refusal is not None:
            refused = PlainTextResponse(f"{refusal.value} {refusal.phrase}\n", refusal)
            return await refused(scope, receive, answer)

        given = False

        async def whole() -> Message:
            """The body at once; after it, when the browser goes away."""
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        return await self._app(scope, whole, answer)

    def _refusal(self, scope: Scope, headers: Headers) -> HTTPStatus | None:
        """Why it is not even read; None: it is."""
        if headers.get("host", "").lower() not in self._hosts:
            return HTTPStatus.BAD_REQUEST
        if len(scope["path"]) > LONGEST_PATH:
            return HTTPStatus.REQUEST_URI_TOO_LONG
        return None if scope["method"] in _METHODS else HTTPStatus.METHOD_NOT_ALLOWED

    def _with_headers(self, path: str, send: Send) -> Send:
        """Send an answer with the headers that each one bears."""

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if path.startswith("/static/"):
                    headers["Cache-Control"] = "no-cache"  # asked for again each time, answered by 304
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        return answer


def is_from_here(request: Request, url: str) -> bool:
    """Whether a form was sent by a page of the console itself: by the browser's word, or else by the page's origin.

    Without either it is not: no browser of these days leaves out both.
    """
    if site := request.headers.get("sec-fetch-site"):
        return site == "same-origin"
    origin = urlsplit(request.headers.get("origin", "")).netloc.lower()
    return bool(origin) and origin in (request.headers.get("host", "").lower(), urlsplit(url).netloc.lower())


def is_sent_elsewhere(request: Request) -> bool:
    """Whether a page of another site led here, or loads this into itself: it may be read, but sets nothing going."""
    return request.headers.get("sec-fetch-site") in ("cross-site", "same-site")


async def _body(headers: Headers, receive: Receive) -> bytes | None:
    """All of it; None when it is larger than any form."""
    said = headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > LARGEST_BODY:
        return None
    read = bytearray()
    while True:
        message = await receive()
        read += message.get("body", b"")
        if len(read) > LARGEST_BODY:
            return None
        if not message.get("more_body"):
            return bytes(read)


def _headers(frame_ancestors: Collection[str]) -> dict[str, str]:
    framed_by = " ".join("'self'" if one == "self" else one for one in frame_ancestors) or "'none'"
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        f"base-uri 'none'; frame-ancestors {framed_by}"
    )
    return {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    } | ({} if frame_ancestors else {"X-Frame-Options": "DENY"})
