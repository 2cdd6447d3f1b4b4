"""An error that reaches a caller carries nothing of the request or of the answer."""

import gc
import socket
import traceback
from collections.abc import Callable
from types import FrameType, ModuleType, TracebackType
from typing import Any, cast

import pytest
from lexware_peer import Peer, answer, answering, hanging_up, resetting

from worker.delivery.errors import CallError, TooLateToSend
from worker.lexware.api.client import Lexware
from worker.lexware.api.transport import Transport

KEY = "top-secret-key"
BODY = cast("Any", {"person": {"lastName": "Beispiel"}})
SECRETS = (KEY, "Beispiel", "Lindenweg")


def always() -> None:
    """Let the request leave."""


def never() -> None:
    """Keep the request here."""
    raise TooLateToSend("late")


ECHO = f'{{"message":"Beispiel, Lindenweg 3: Bearer {KEY}","traceId":"Beispiel {KEY}"}}'.encode()
FAILURES: list[Any] = [
    pytest.param(resetting, always, id="reset"),
    pytest.param(hanging_up, always, id="closed"),
    pytest.param(lambda peer, connection: None, always, id="closed at once"),
    pytest.param(answering(answer(200, ECHO)[:-5]), always, id="cut"),
    pytest.param(answering(b"garbage Beispiel\r\n\r\n"), always, id="not HTTP"),
    pytest.param(answering(answer(200, ECHO)), never, id="too late"),
    *(
        pytest.param(answering(answer(status, ECHO, f"Location: /{KEY}/Beispiel")), always, id=str(status))
        for status in (201, 302, 400, 401, 403, 404, 406, 429, 500, 504)
    ),
]


@pytest.mark.parametrize(("behave", "may_send"), FAILURES)
def test_an_error_holds_no_secret(behave: Callable[[Peer, socket.socket], None], may_send: Callable[[], None]) -> None:
    """Neither its text nor anything that can be reached from it names the key, the person or the answer."""
    with Peer(behave) as peer:
        error = _failure(Lexware(Transport(peer.url, 1), KEY, before_call=always), may_send)

    shown = f"{error} {error!r} {vars(error)} {error.args} {''.join(traceback.format_exception(error))}"

    assert not [secret for secret in SECRETS if secret in shown]
    assert (error.__cause__, error.__context__) == (None, None)
    assert not [text for text in _reachable_texts(error) if any(secret in text for secret in SECRETS)]


@pytest.mark.parametrize(("behave", "may_send"), FAILURES)
def test_a_traceback_stays_in_the_window(
    behave: Callable[[Peer, socket.socket], None], may_send: Callable[[], None]
) -> None:
    """No frame of the HTTP library is kept alive, and no variable of ours in it shows the key."""
    with Peer(behave) as peer:
        error = _failure(Lexware(Transport(peer.url, 1), KEY, before_call=always), may_send)

    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    modules = {frame.f_globals["__name__"] for frame in frames}

    assert modules == {__name__, "worker.lexware.api.client", "worker.lexware.api.calls"}
    assert not [frame for frame in frames[1:] if KEY in repr(frame.f_locals)]


def _failure(lexware: Lexware, may_send: Callable[[], None]) -> CallError:
    try:
        lexware.create_contact(BODY, may_send)
    except CallError as error:
        return error
    raise AssertionError("it did not fail")


def _reachable_texts(error: CallError) -> list[str]:
    """Every text that hangs on the error, its traceback's frames apart (the stack of callers is not the error's)."""
    found: list[str] = []
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, type | ModuleType | FrameType | TracebackType):
            continue
        seen.add(id(thing))
        if isinstance(thing, str | bytes):
            found.append(thing if isinstance(thing, str) else thing.decode("latin-1"))
        waiting += gc.get_referents(thing)
    return found
