"""The real delivery, one step at a time: `worker.delivery.deliver.deliver` as it is, with PostgreSQL and the wire taken away.

What it asks of these two is a request. The one that follows the replies so far is found by running the delivery again
from its beginning; so a delivery that stands still, dies or is overtaken is nothing but its replies: a story.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from functools import cache
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import Mock, patch

import httpx

from model.talk import Commit, Gate, Get, Receive, Record, Reply, Request, Send, Statement, frozen, thawed
from outbox.ids import EventId
from outbox.ledger import Ledger
from outbox.pace import Pace
from outbox.rows import Connections
from outbox.sql import for_each, query
from worker.delivery.deliver import deliver
from worker.delivery.errors import NoAnswer, NotSent
from worker.lexware.shared_reading import SharedReading
from worker.lexware.work import Work


class Story:
    """A delivery: nothing but what it has been told. Equal ones are the same object, so a state that holds one is small."""

    def __init__(self, pace: Pace, event_id: int, epoch: int, replies: tuple[Reply, ...] = ()) -> None:
        self.event_id = event_id
        self._begun_with, self._replies = (pace, event_id, epoch), replies
        self._continued: dict[Reply, Story] = {}
        self.request = _next_request(pace, event_id, epoch, replies)
        """What it asks now; None: it is over."""

    def then(self, reply: Reply) -> "Story":
        """The story with one reply more."""
        if reply not in self._continued:
            self._continued[reply] = Story(*self._begun_with, (*self._replies, reply))
        return self._continued[reply]


#: The story of a message that was just taken.
beginning = cache(Story)


def _next_request(pace: Pace, event_id: int, epoch: int, replies: tuple[Reply, ...]) -> Request | None:
    """Run the delivery from its beginning, up to what nobody has replied to yet."""
    script = _clock.script = _Script(replies)

    def connecting() -> Any:
        return nullcontext(_Connection(script.ask))

    runtime: Any = SimpleNamespace(
        reading=Connections(connecting, connecting),
        ledger=Ledger(Connections(connecting, connecting), pace, cast("Any", SimpleNamespace(process_id=0))),
        pace=pace,
        connecting=connecting,
        draining=threading.Event(),
        work=_work(_Transport(script.ask)),
    )
    try:
        deliver(runtime, EventId(event_id), epoch)
    except _Ahead as ahead:
        return ahead.request
    return None


def _work(transport: Any) -> Work:
    """Lexware's part as it is, over a transport of the model's."""
    work = Work.__new__(Work)
    work.transport, work._vault = transport, cast("Any", SimpleNamespace(decrypt=lambda _token, _owner: "key"))
    work._read = SharedReading()
    return work


@contextmanager
def taken_away() -> Iterator[None]:
    """PostgreSQL, the clock and the log are the model's while this lasts."""
    ours = [module for name, module in sys.modules.items() if name.startswith(("outbox.", "worker."))]
    with ExitStack() as stack:
        for module in ours:
            for name, real, instead in (("query", query, str), ("for_each", for_each, _name), ("time", time, _clock)):
                if vars(module).get(name) is real:
                    stack.enter_context(patch.object(module, name, instead))
        stack.enter_context(patch("outbox.pace.uniform", lambda low, high: (low + high) / 2))
        stack.enter_context(patch("worker.delivery.deliver.log", Mock()))
        yield
        beginning.cache_clear()


def _name(name: str, **_types: str) -> str:
    return name


class _Ahead(BaseException):
    """The replies are used up: this is what would be asked now. Not an Exception, so that the delivery lets it pass."""

    def __init__(self, request: Request) -> None:
        self.request = request


class _Script:
    def __init__(self, replies: tuple[Reply, ...]) -> None:
        self._replies = iter(replies)
        self.now = 0.0

    def ask(self, request: Request) -> Any:
        reply = next(self._replies, None)
        if reply is None:
            raise _Ahead(request)
        self.now = reply.at
        return reply.value


class _Clock:
    """The time of the process whose delivery is being run."""

    script: _Script

    def monotonic(self) -> float:
        return self.script.now

    def sleep(self, _seconds: float) -> None:
        """Slots of the rate limit are not modelled."""


_clock = _Clock()


class _Connection:
    """Statements outside a transaction are commits of their own, those inside become one."""

    def __init__(self, ask: Callable[[Request], Any]) -> None:
        self._ask = ask
        self._waiting: list[tuple[Statement, _Result]] | None = None

    def execute(self, name: str, values: Mapping[str, Any] | None = None) -> "_Result":
        if values is None:  # how long it waits for a lock
            return _Result(self._flush)
        statement, result = Statement(name, frozen(_of_one(values))), _Result(self._flush)
        if self._waiting is None:
            result.rows = self._ask(Commit((statement,)))[0]
        else:
            self._waiting.append((statement, result))
        return result

    def pipeline(self) -> Any:
        return nullcontext()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._waiting = []
        yield
        self._flush()
        self._waiting = None

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            answers = self._ask(Commit(tuple(statement for statement, _ in waiting)))
            for (_, result), rows in zip(waiting, answers, strict=True):
                result.rows = rows


def _of_one(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """A process has one thread here: what is asked of the ledger is never asked with others."""
    if "rows" not in values:
        return values
    (row,) = values["rows"].obj
    return {name: value for name, value in values.items() if name != "rows"} | row


class _Result:
    rows: tuple[Record, ...] | None = None

    def __init__(self, flush: Callable[[], None]) -> None:
        self._flush = flush

    def fetchall(self) -> list[Any]:
        if self.rows is None:
            self._flush()
        return thawed(self.rows)  # type: ignore[no-any-return]

    @property
    def rowcount(self) -> int:
        return len(self.fetchall())

    def fetchone(self) -> Any:
        return next(iter(self.fetchall()), None)


class _Transport:
    """In the place of `worker.lexware.api.transport.Transport`, and with its manners."""

    def __init__(self, ask: Callable[[Request], Any]) -> None:
        self._ask = ask

    def exchange(
        self,
        method: str,
        target: str,
        _headers: object,
        content: bytes | None,
        may_send: Callable[[], None],
        **_limits: object,
    ) -> httpx.Response | NotSent | NoAnswer:
        if method == "GET":
            heard = self._ask(Get(target))
        else:
            self._ask(Gate(target))
            try:
                may_send()
            except NotSent as refusal:
                return refusal
            self._ask(Send(target, (content or b"").decode()))
            heard = self._ask(Receive(target))
        return NoAnswer("cut") if heard is None else httpx.Response(heard.status, content=heard.body.encode())
