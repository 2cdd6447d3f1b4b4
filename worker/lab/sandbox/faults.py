"""Faults on request (lexware-api 14.3): which calls they strike, what those get to see, and when the commit happens."""

import random
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any, Literal
from uuid import uuid4

from worker.lab.sandbox.answers import Reply, gateway_error, legacy_error, service_error
from worker.lab.sandbox.rules.contacts import Issue
from worker.lab.sandbox.wire import dumps

Mode = Literal["status", "reset", "hang", "trickle", "truncated", "empty"]
When = Literal["before", "after", "later"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of mishap and the calls it strikes.

    `before`: the call has no effect. `after`: it has its effect, then the answer is broken. `later`: the answer is
    broken at once, and the call has its effect nevertheless, some seconds on.
    """

    mode: Mode = "status"
    """`hang` keeps silent, then answers; `trickle` sends the answer byte by byte, `truncated` half of it."""
    status: int = 500
    body: str = ""
    """Of mode `status`: "" for the usual one, or `null`, `throttled`, `html`, `empty`, or an `i18nKey`."""
    when: When = "before"
    method: str = "*"
    path: str = "*"
    """A shell pattern, `/v1/invoices*`."""
    organisation: str | None = None
    """Whom it strikes; None strikes all, unknown keys too."""
    skip: int = 0
    """Matching calls that get through first."""
    count: int | None = 1
    """How many calls it strikes; None = all."""
    probability: float = 1.0
    seed: int = 0
    answer_after_seconds: float = 0.0
    """Silence before the answer; of a `trickle`, how long it takes."""
    commit_after_seconds: float = 0.0
    """Of `later`: how long after the arrival."""

    def matches(self, method: str, path: str, organisation: str | None) -> bool:
        """Whether such a call is one of those it strikes."""
        return (
            fnmatchcase(method, self.method)
            and fnmatchcase(path, self.path)
            and self.organisation in (None, organisation)
        )

    def __str__(self) -> str:
        what = str(self.status) if self.mode == "status" else self.mode
        return f"{what} {self.when}"


class Faults:
    """The rules in force, oldest first; the first that strikes wins. An outage goes before all of them."""

    def __init__(self) -> None:
        self.outage: Fault | None = None
        self._rules: list[_Rule] = []

    def add(self, fault: Fault) -> None:
        """Arm a fault."""
        self._rules.append(_Rule(fault))

    def clear(self) -> None:
        """Disarm all, the outage too."""
        self._rules.clear()
        self.outage = None

    def strike(self, method: str, path: str, organisation: str | None) -> Fault | None:
        """The fault this call suffers; uses up one of its count."""
        if self.outage is not None:
            return self.outage
        for rule in self._rules:
            if rule.fault.matches(method, path, organisation) and rule.strikes():
                return rule.fault
        return None

    def left(self) -> list[dict[str, Any]]:
        """The rules and how often each has struck."""
        return [{"fault": str(rule.fault), "path": rule.fault.path, "struck": rule.struck} for rule in self._rules]


class _Rule:
    """A fault and its progress."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.struck = 0
        self._seen = 0
        self._random = random.Random(fault.seed)  # noqa: S311 - a repeatable run, no secret

    def strikes(self) -> bool:
        if self.fault.count is not None and self.struck >= self.fault.count:
            return False
        self._seen += 1
        if self._seen <= self.fault.skip or self._random.random() >= self.fault.probability:
            return False
        self.struck += 1
        return True


def faulty_answer(fault: Fault, method: str, path: str, own: Reply | None) -> Reply:
    """What a call gets to see; `own` is its true answer, if it has one by now."""
    if fault.mode == "status":
        return _wrong_status(fault, path)
    if fault.mode in ("hang", "trickle"):
        return own or gateway_error(504, _GATEWAY_MESSAGES[504])
    pretended = own or Reply(status=201 if method == "POST" else 200, payload=dumps({"id": str(uuid4()), "version": 1}))
    return replace(pretended, payload=b"") if fault.mode == "empty" else pretended


def _wrong_status(fault: Fault, path: str) -> Reply:
    match fault.body:
        case "":
            return _usual(fault.status, path)
        case "null":
            return gateway_error(fault.status, None)
        case "throttled":
            return gateway_error(fault.status, "Internal server error or rate limit exceeded")
        case "html":
            page = b"<html><body><h1>Service Unavailable</h1></body></html>"
            return Reply(status=fault.status, payload=page, content_type="text/html")
        case "empty":
            return Reply(status=fault.status)
        case key:
            return legacy_error(fault.status, [Issue(key, None)])


_GATEWAY_MESSAGES = {
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    429: "Rate limit exceeded",
    500: None,
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Endpoint request timed out",
}


def _usual(status: int, path: str) -> Reply:
    if status in _GATEWAY_MESSAGES:
        return gateway_error(status, _GATEWAY_MESSAGES[status])
    return service_error(status, path, "Refused by the sandbox on request.")
