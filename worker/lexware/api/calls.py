"""One call to Lexware's REST interface, and lists made of several.

Guarantees: every call asks `before_call` first, and again when connecting took too long, and is reported to `on_call`
afterwards; every failure is one error of `errors.py`, raised here, with no trace of the request in it. Nothing is tried
twice: that belongs to the ledger. It does not know what a call is for.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from importlib.metadata import version
from typing import TypeVar
from urllib.parse import quote, urlencode
from uuid import UUID

import httpx

from worker.delivery.errors import CallError, NoAnswer, Truncated
from worker.lexware.api import lenient
from worker.lexware.api.answers import Contact, Created, Page, VoucherRow
from worker.lexware.api.call import MaySend
from worker.lexware.api.errors import Rejected
from worker.lexware.api.lenient import Json, Unreadable
from worker.lexware.api.statuses import verdict
from worker.lexware.api.transport import Transport, body_of

BeforeCall = Callable[[], float | None]
"""Waits until a call may be made; returns until when it may leave, on the monotonic clock (None: whenever)."""

OnCall = Callable[[str, str, int | None, float], None]
"""Told of every call: method, path template (no ids), the status if one came, seconds."""

Query = dict[str, str]
T = TypeVar("T")
Row = TypeVar("Row", Contact, VoucherRow)

PAGE_ROWS, WINDOW_ROWS = 250, 10_000
"""Rows of a page, and rows that paging can reach at all (lexware-api 7.3)."""

LONGEST_ROW, LONGEST_PAGE = 4 * 1024 * 1024, 16 * 1024 * 1024
"""Bytes of an answer about one thing, and of a page of a list: several times what the fullest of them has."""

AGENT = f"lexrelay/{version('lexrelay')}"
KEY = re.compile(r"[\x21-\x7e]+")


class Calls:
    """The calls of one API key. Raises ValueError for a key that no header can carry."""

    def __init__(self, transport: Transport, key: str, before_call: BeforeCall, on_call: OnCall) -> None:
        if not KEY.fullmatch(key):
            raise ValueError("The API key holds blanks or characters that no key has.")
        self._transport = transport
        self._key = key
        self._before_call = before_call
        self._on_call = on_call
        self._headers = [
            ("Authorization", f"Bearer {key}"),
            ("Accept", "application/json"),
            ("Accept-Encoding", "identity"),
            ("User-Agent", AGENT),
        ]

    def get(
        self, template: str, read: Callable[[Json], T], *, item: UUID | None = None, query: Query | None = None
    ) -> T:
        """What `read` makes of the answer; the `{id}` of the path template is `item`."""
        answer = _accepted(self._call("GET", template, None, _always, item=item, query=query))
        with suppress(Unreadable):
            return read(lenient.document(body_of(answer)))
        raise NoAnswer("unreadable", status=answer.status_code)

    def create(self, path: str, body: Mapping[str, object], may_send: MaySend, query: Query | None = None) -> Created:
        """The id of what a POST made, from the body or, if that cannot be read, from `Location` (lexware-api 2.1)."""
        answer = _accepted(self._call("POST", path, _spelled(body), may_send, query=query))
        made = _id_in_body(answer) or _id_in_location(answer, path)
        if made is None:
            raise NoAnswer("unreadable", status=answer.status_code)
        return Created(made)

    def answer(
        self, method: str, path: str, body: Mapping[str, object] | None = None, query: Query | None = None
    ) -> httpx.Response | CallError:
        """The answer as it came, whatever its status; only `NotSent` and `NoAnswer` without one. For trials, not for delivery."""
        return self._exchange(method, path, None if body is None else _spelled(body), _always, query=query)

    def rows(self, path: str, query: Query, read: Callable[[Json], Row]) -> Iterator[Row]:
        """Every row of a list once, page by page as they are asked for.

        Raises `Truncated` if the list changes its length meanwhile (a row may have slipped through between two pages)
        and, after the last row, if there may be rows behind the window.
        """
        seen: set[UUID] = set()
        total: int | None = None
        for number in range(WINDOW_ROWS // PAGE_ROWS):
            page = self.page(number, path, query, read)
            if total not in (None, page.total):
                raise Truncated("changed while it was read")
            total = page.total
            for row in page.rows:
                if row.id not in seen:
                    seen.add(row.id)
                    yield row
            if page.last and page.total < WINDOW_ROWS:
                return
        raise Truncated("longer than can be read")

    def page(self, number: int, path: str, query: Query, read: Callable[[Json], Row]) -> Page[Row]:
        """One page of a list. Raises `Truncated` for one behind the window."""
        where = {"page": str(number), "size": str(PAGE_ROWS)}
        try:
            return self.get(path, lambda data: Page.read(data, read), query=query | where)
        except Rejected as error:
            if number == 0:
                raise
            # The same question was good for the first page: this one is behind the window (lexware-api 7.3).
            raise Truncated("longer than can be read", status=error.status) from None

    def _call(
        self,
        method: str,
        template: str,
        content: bytes | None,
        may_send: MaySend,
        *,
        item: UUID | None = None,
        query: Query | None = None,
    ) -> httpx.Response | CallError:
        outcome = self._exchange(method, template, content, may_send, item=item, query=query)
        return outcome if isinstance(outcome, CallError) else verdict(outcome, self._key) or outcome

    def _exchange(
        self,
        method: str,
        template: str,
        content: bytes | None,
        may_send: MaySend,
        *,
        item: UUID | None = None,
        query: Query | None = None,
    ) -> httpx.Response | CallError:
        until = self._before_call()

        def leave() -> None:
            if until is not None and time.monotonic() > until:  # the way to the server took longer than the slot lasts
                self._before_call()
            may_send()

        began = time.monotonic()
        headers = self._headers if content is None else [*self._headers, ("Content-Type", "application/json")]
        longest = LONGEST_PAGE if query and "page" in query else LONGEST_ROW
        target = _target(template, item, query)
        outcome = self._transport.exchange(method, target, headers, content, leave, longest=longest)
        status = outcome.status if isinstance(outcome, CallError) else outcome.status_code
        self._on_call(method, template, status, time.monotonic() - began)
        return outcome


def _accepted(outcome: httpx.Response | CallError) -> httpx.Response:
    """Raise the error, if it is one: here, where the traceback meets neither the headers nor the body."""
    if isinstance(outcome, CallError):
        raise outcome
    return outcome


def _target(template: str, item: UUID | None, query: Query | None) -> str:
    path = template.replace("{id}", str(item))
    return f"{path}?{urlencode(query, quote_via=quote, safe=',')}" if query else path


def _id_in_body(answer: httpx.Response) -> UUID | None:
    with suppress(Unreadable):
        return lenient.essential_id(lenient.document(body_of(answer)), "id")
    return None


def _id_in_location(answer: httpx.Response, path: str) -> UUID | None:
    collection, _, last = answer.headers.get("location", "").rpartition("/")
    return lenient.identity(last) if collection.endswith(path) else None


def _spelled(body: Mapping[str, object]) -> bytes:
    return json.dumps(body, default=_number, allow_nan=False, separators=(",", ":")).encode()


def _always() -> None:
    """A GET may leave at any time."""


def _number(value: object) -> float:
    """A Decimal as the JSON number of exactly its value; a double holds 15 digits, more is refused."""
    if isinstance(value, Decimal) and Decimal(repr(float(value))) == value:
        return float(value)
    raise TypeError(f"{type(value).__name__} is no JSON number")
