"""What really happened in Lexware: every version of every record from the sandbox's state file, and every arrival.

Read when the sandbox has ended. Markers are found by a pattern of the soak's own, in what was first committed, so that
no edit by a user can hide a document.
"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from worker.lab.sandbox.control import Control
from worker.lab.sandbox.journal import Journal
from worker.lab.sandbox.records import Contact, Document

_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
#: By then every arrival has had its answer, and its late commit.
_RIPE_SECONDS = 6.0
_HARVEST_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Remote:
    """A document or contact over there, as it was first."""

    id: str
    organisation: str
    kind: str
    origin: str
    code: str | None
    created: datetime
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A call as the server saw it come."""

    number: int
    at: datetime
    organisation: str
    method: str
    path: str
    status: int | None
    fault: str | None
    code: str | None


def remotes(state: Path) -> list[Remote]:
    """Every document and contact ever committed, oldest first."""
    first: dict[str, Remote] = {}
    journal = Journal(state)
    for organisation, record in journal.replay():
        if isinstance(record, Document | Contact):
            first.setdefault(record.id, _remote(organisation, record))
    journal.close()
    return list(first.values())


def _remote(organisation: str, record: Document | Contact) -> Remote:
    if isinstance(record, Contact):
        code, kind, total = code_in(record.body.get("note")), "contact", None
    else:
        code, kind, total = code_in(record.source.get("remark")), str(record.kind), record.total
    return Remote(record.id, organisation, kind, record.origin, code, record.created, total)


def code_in(text: object) -> str | None:
    """The last marker code in a text."""
    found = _CODE.findall(text) if isinstance(text, str) else []
    return found[-1] if found else None


class Log(threading.Thread):
    """Keeps the request log of the sandbox, which itself forgets the oldest."""

    def __init__(self, control: Control) -> None:
        super().__init__(name="request-log", daemon=True)
        self._control = control
        self._over = threading.Event()
        self.arrivals: list[Arrival] = []

    def run(self) -> None:
        """Harvest what is ripe."""
        while not self._over.wait(_HARVEST_SECONDS):
            self._harvest(_RIPE_SECONDS)

    def finish(self) -> None:
        """Harvest the rest."""
        self._over.set()
        self.join()
        self._harvest(0)

    def _harvest(self, ripe_seconds: float) -> None:
        since = self.arrivals[-1].number if self.arrivals else 0
        calls = self._control.requests(since=since)
        newest = calls[-1]["arrived"] if calls else 0
        self.arrivals += [_arrival(call) for call in calls if newest - call["arrived"] >= ripe_seconds]


def _arrival(call: Mapping[str, Any]) -> Arrival:
    body = call["body"] if isinstance(call["body"], dict) else {}
    code = code_in(body.get("remark")) or code_in(body.get("note")) if call["method"] == "POST" else None
    return Arrival(
        call["number"], datetime.fromisoformat(call["at"]), call["organisation"] or "", call["method"], call["path"],
        call["status"], call["fault"], code,
    )  # fmt: skip
