"""The workers' app with failpoints: the product's functions, wrapped from outside; the product has no switch for it.

A folder (LEXRELAY_TEST_CELLS) holds a file per document number: `step point action`. Who reaches the point in that
step first takes the file away and does it, once.
"""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from outbox.ledger import Ledger
from worker.lexware.api import wire

CELLS = Path(os.environ["LEXRELAY_TEST_CELLS"])
_now = threading.local()


class Sabotage(Exception):
    """What a failpoint raises."""


def _reach(point: str) -> None:
    claim = getattr(_now, "claim", None)
    cell = CELLS / str(claim.number) if claim else None
    if cell is None or not cell.exists() or cell.read_text().split()[:2] != [claim.step, point]:
        return
    action = cell.read_text().split()[2]
    cell.rename(CELLS / f"{claim.number}.done-{os.getpid()}")
    match action:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "stop":
            os.kill(os.getpid(), signal.SIGSTOP)
        case "raise":
            raise Sabotage


def _around(owner: type, name: str, before: str | None = None, after: str | None = None) -> None:
    original: Callable[..., Any] = getattr(owner, name)

    def wrapped(self: Any, *arguments: Any, **named: Any) -> Any:
        if before:
            _reach(before)
        result = original(self, *arguments, **named)
        if name == "begin":
            _now.claim, _now.posting = result, False
        if name == "intend":
            _now.posting = True
        if after and (name != "_send" or getattr(_now, "posting", False)):
            _reach(after)
        return result

    setattr(owner, name, wrapped)


_around(Ledger, "begin", after="after_begin")
_around(Ledger, "intend", before="before_intend", after="after_intend")
_around(wire.Call, "release", before="before_send")
_around(wire.Wire, "_leave", after="after_send")
_around(Ledger, "settle", before="before_settle", after="after_settle")

from worker.app import broker  # noqa: E402, F401 (dramatiq looks for it here)
