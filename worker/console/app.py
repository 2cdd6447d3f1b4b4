"""The application: each request meets the guards, then who asks, then whether they may, and only then a page.

Whatever goes wrong becomes a page that says so and what to do; never a traceback, never a value.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import psycopg
import structlog
from psycopg_pool import ConnectionPool, PoolTimeout
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from outbox.db import Connection
from worker.config import Config
from worker.console import forms
from worker.console.asked import Answer, Asked, File, Moved, Page
from worker.console.entry import Entry, is_live
from worker.console.guards import Guards, is_from_here, is_sent_elsewhere
from worker.console.jobs import Jobs
from worker.console.languages import language
from worker.console.pages import render
from worker.console.refusal import Refusal, heading
from worker.console.routes import WAYS, Way
from worker.console.shared import Shared
from worker.console.visitor import NOBODY, Visitor
from worker.console.way_in import WayIn
from worker.logs import where
from worker.messages import Declined, Sentence, times
from worker.messages import console as words

log = structlog.get_logger()
_STATIC = "static"
#: Whoever looks at a page looks at it here.
_READERS = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class Console:
    """What all requests share."""

    config: Config
    pool: ConnectionPool[Connection]
    entry: Entry
    jobs: Jobs
    shared: Shared = field(default_factory=Shared)

    def answer(self, way: Way, request: Request, body: bytes) -> Response:
        """One page, or why there is none."""
        times.READER.set(_READERS)
        visitor = NOBODY
        try:
            with self.pool.connection() as connection:
                visitor = self.entry.visitor(connection, request)
                self._admit(way, request, visitor)
                return self._answer(way, request, visitor, body, connection)
        except Refusal as refusal:
            return self.refuse(request, visitor, refusal.status, refusal.sentence)
        except forms.BadField as bad:
            return self.refuse(request, visitor, HTTPStatus.BAD_REQUEST, bad.sentence)
        except Declined as declined:
            return self.refuse(request, visitor, HTTPStatus.NOT_FOUND, declined.sentence)
        except (psycopg.OperationalError, PoolTimeout):
            return self.refuse(request, visitor, HTTPStatus.SERVICE_UNAVAILABLE, words.DATABASE_AWAY())
        except Exception as error:  # noqa: BLE001 (a page must say so; class and place only)
            log.error("console.failed", error=type(error).__name__, traceback=where(error))  # noqa: TRY400
            of = {"error": type(error).__name__, "place": where(error)[-1]}
            return self.refuse(request, visitor, HTTPStatus.INTERNAL_SERVER_ERROR, words.UNEXPECTED(**of))

    def refuse(self, request: Request, visitor: Visitor, status: HTTPStatus, sentence: Sentence) -> Response:
        """A page that says why."""
        values = {"sentence": sentence, "heading": heading(status)}
        return self._page(request, visitor, Page("refused.html", values, status=status))

    def _admit(self, way: Way, request: Request, visitor: Visitor) -> None:
        """Raises Refusal unless the visitor may do this here."""
        roles = way.changers if request.method == "POST" else way.readers
        if visitor.may(roles, request.path_params.get("practice")):
            return
        if visitor.role == "nobody":
            raise Refusal(HTTPStatus.UNAUTHORIZED, words.COME_IN())
        raise Refusal(HTTPStatus.FORBIDDEN, words.NOT_YOURS())

    def _answer(self, way: Way, request: Request, visitor: Visitor, body: bytes, connection: Connection) -> Response:
        if any(place > forms.LARGEST_ID for place in request.path_params.values()):
            raise Refusal(HTTPStatus.NOT_FOUND, words.NO_SUCH_PAGE())
        query, form = forms.of_query(request.url.query.encode()), forms.Fields({})
        if request.method == "POST":
            form = self._form(request, visitor, body)
        asked = Asked(
            connection=connection, config=self.config, jobs=self.jobs, shared=self.shared, visitor=visitor, lang=language(request),
            path=request.url.path, is_live=is_live(request), is_sent_elsewhere=is_sent_elsewhere(request), places=request.path_params, query=query, form=form,
        )  # fmt: skip
        done = _changed(way, asked) if request.method == "POST" else way.show(asked)
        if isinstance(done, Moved):
            return RedirectResponse(self._with_word(done), HTTPStatus.SEE_OTHER)
        if isinstance(done, File):
            headers = {"Content-Disposition": f'attachment; filename="{done.name}"'}
            return Response(done.content, media_type=done.kind, headers=headers)
        said = [*self.jobs.word(query.text("said")), *done.said]
        return self._page(request, visitor, replace(done, said=said))

    def _form(self, request: Request, visitor: Visitor, body: bytes) -> forms.Fields:
        """The fields, if a page of ours has sent them, for this visitor."""
        if not is_from_here(request, self.config.console.url):
            raise Refusal(HTTPStatus.FORBIDDEN, words.FOREIGN_FORM())
        form = forms.of_body(body, request.headers.get("content-type", ""))
        if not self.entry.is_token(visitor, form.text("csrf")):
            raise Refusal(HTTPStatus.FORBIDDEN, words.STALE_FORM())
        return form

    def _with_word(self, moved: Moved) -> str:
        if not moved.said:
            return moved.to
        joint = "&" if "?" in moved.to else "?"
        return f"{moved.to}{joint}{urlencode({'said': self.jobs.leave_word(moved.said)})}"

    def _page(self, request: Request, visitor: Visitor, page: Page) -> Response:
        body = render(
            page.template, page.values,
            lang=language(request), visitor=visitor, token=self.entry.token(visitor), here=_here(request), said=page.said,
            problem=page.problem,
        )  # fmt: skip
        return HTMLResponse(body, page.status)

    def refused_form(self, request: Request, visitor: Visitor, body: bytes) -> Response | None:
        """Why a form is not taken; None: it is."""
        try:
            self._form(request, visitor, body)
        except Refusal as refusal:
            return self.refuse(request, visitor, refusal.status, refusal.sentence)
        except forms.BadField as bad:
            return self.refuse(request, visitor, HTTPStatus.BAD_REQUEST, bad.sentence)
        return None

    def routes(self) -> Sequence[BaseRoute]:
        """The pages, the way in and out, and what pages are made of."""
        way_in = WayIn(self)
        return [
            Route("/enter/{code}", way_in.enter, methods=["GET"]),
            Route("/leave", way_in.leave, methods=["POST"]),
            Route("/language/{lang}", way_in.language, methods=["GET"]),
            *(Route(way.path, self._endpoint(way), methods=["GET", "POST"]) for way in WAYS),
            Mount(f"/{_STATIC}", StaticFiles(packages=[("worker.console", _STATIC)])),
        ]

    def _endpoint(self, way: Way) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(self.answer, way, request, await request.body())

        return endpoint

    async def _not_found(self, request: Request, _error: Exception) -> Response:
        return self.refuse(request, NOBODY, HTTPStatus.NOT_FOUND, words.NO_SUCH_PAGE())

    async def _not_allowed(self, request: Request, _error: Exception) -> Response:
        return self.refuse(request, NOBODY, HTTPStatus.METHOD_NOT_ALLOWED, words.NOTHING_TO_CHANGE())

    def application(self, hosts: Sequence[str]) -> ASGIApp:
        """All of it behind the guards."""
        pages = Starlette(routes=self.routes(), exception_handlers={404: self._not_found, 405: self._not_allowed})
        return Guards(pages, hosts=hosts, frame_ancestors=self.config.console.frame_ancestors)


def _changed(way: Way, asked: Asked) -> Answer:
    """What the form asks for is done; if it cannot be, the page it stands on says why."""
    if way.change is None:
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, words.NOTHING_TO_CHANGE())
    try:
        return way.change(asked)
    except Declined as declined:
        status, problem = HTTPStatus.CONFLICT, declined.sentence
    except forms.BadField as bad:
        status, problem = HTTPStatus.BAD_REQUEST, bad.sentence
    page = way.show(asked)
    return replace(page, problem=problem, status=status) if isinstance(page, Page) else page


def _here(request: Request) -> str:
    """The page's own address without what was said there once."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "said"]
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path
