"""The workers' app with a loose tongue: functions of the product, wrapped from outside, raise and log what they hold.

A document's number says where: LEAK-TRANSLATE each time, inside the attempt; LEAK-BEGIN and LEAK-SETTLE once, outside.
"""

import logging
from typing import Any

import planted

from outbox.ledger import Ledger
from worker.lexware import upload

_leaked: set[str] = set()


def _once(number: str | None) -> bool:
    first = number not in _leaked
    _leaked.add(str(number))
    return first


def _write(document: Any, *arguments: Any, _original: Any = upload.write, **named: Any) -> Any:
    if document.number == "LEAK-TRANSLATE":
        logging.getLogger("talkative.library").error("%s %r", planted.BABBLE, document)
        raise ValueError(planted.BABBLE, document)
    return _original(document, *arguments, **named)


def _begin(self: Ledger, *arguments: Any, _original: Any = Ledger.begin) -> Any:
    claim = _original(self, *arguments)
    if claim.number == "LEAK-BEGIN" and _once(claim.number):
        raise RuntimeError(planted.BABBLE)
    return claim


def _settle(self: Ledger, claim: Any, *arguments: Any, _original: Any = Ledger.settle, **named: Any) -> Any:
    if claim.number == "LEAK-SETTLE" and _once(claim.number):
        raise RuntimeError(planted.BABBLE, arguments, named)
    return _original(self, claim, *arguments, **named)


upload.write = _write
Ledger.begin = _begin  # type: ignore[method-assign]
Ledger.settle = _settle  # type: ignore[method-assign]

from worker.app import broker  # noqa: E402, F401 (dramatiq looks for it here)
