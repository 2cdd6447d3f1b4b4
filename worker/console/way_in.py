"""The way in, the way out, and the language that pages speak: what is asked without being anybody yet."""

from http import HTTPStatus
from typing import Protocol

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from outbox.db import Connection
from worker.console import sessions
from worker.console.entry import COOKIE, Entry
from worker.console.languages import LANGUAGE_COOKIE
from worker.console.visitor import NOBODY, Visitor
from worker.messages import Sentence
from worker.messages import console as words

_YEAR_SECONDS = 31_536_000


class Pages(Protocol):
    """What these addresses need of the application."""

    @property
    def pool(self) -> ConnectionPool[Connection]:
        """The database."""

    @property
    def entry(self) -> Entry:
        """Who asks."""

    def refuse(self, request: Request, visitor: Visitor, status: HTTPStatus, sentence: Sentence) -> Response:
        """A page that says why."""

    def refused_form(self, request: Request, visitor: Visitor, body: bytes) -> Response | None:
        """Why a form is not taken; None: it is."""


class WayIn:
    """Three addresses beside the pages."""

    def __init__(self, console: Pages) -> None:
        self._console = console

    async def enter(self, request: Request) -> Response:
        """Use a code, and go to the first page. Whoever only looks whether the address works does not use it up."""
        return Response() if request.method == "HEAD" else await run_in_threadpool(self._enter, request)

    async def leave(self, request: Request) -> Response:
        """End the session."""
        return await run_in_threadpool(self._leave, request, await request.body())

    async def language(self, request: Request) -> Response:
        """Speak this language from now on, on the page from which it was asked for."""
        back, lang = request.query_params.get("back", "/"), request.path_params["lang"]
        response = RedirectResponse(back if _is_path(back) else "/", HTTPStatus.SEE_OTHER)
        if lang in ("de", "en"):
            response.set_cookie(LANGUAGE_COOKIE, lang, max_age=_YEAR_SECONDS, httponly=True, samesite="lax")
        return response

    def _enter(self, request: Request) -> Response:
        console = self._console
        try:
            with console.pool.connection() as connection:
                session = sessions.redeem(connection, request.path_params["code"])
                visitor = sessions.visitor(connection, session, is_live=True) if session else None
        except (psycopg.OperationalError, PoolTimeout):
            return console.refuse(request, NOBODY, HTTPStatus.SERVICE_UNAVAILABLE, words.DATABASE_AWAY())
        if not session or not visitor:
            return console.refuse(request, NOBODY, HTTPStatus.GONE, words.CODE_USED())
        response = RedirectResponse(visitor.home, HTTPStatus.SEE_OTHER)
        console.entry.keep(request, response, session)
        return response

    def _leave(self, request: Request, body: bytes) -> Response:
        console = self._console
        try:
            with console.pool.connection() as connection:
                if refused := console.refused_form(request, console.entry.visitor(connection, request), body):
                    return refused
                sessions.leave(connection, request.cookies.get(COOKIE, ""))
        except (psycopg.OperationalError, PoolTimeout):
            return console.refuse(request, NOBODY, HTTPStatus.SERVICE_UNAVAILABLE, words.DATABASE_AWAY())
        response = console.refuse(request, NOBODY, HTTPStatus.OK, words.LEFT())
        console.entry.forget(response)
        return response


def _is_path(back: str) -> bool:
    """A page of ours, and no other site's: browsers take two slashes, or a slash and a backslash, for one."""
    return back.startswith("/") and back[1:2] not in ("/", "\\") and back.isprintable()
