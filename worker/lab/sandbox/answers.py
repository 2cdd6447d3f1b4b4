"""What goes back over the wire, and the three error envelopes of the API (lexware-api 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from worker.lab.sandbox.rules.berlin import now, stamp
from worker.lab.sandbox.rules.contacts import Issue
from worker.lab.sandbox.rules.violations import Violation
from worker.lab.sandbox.wire import dumps

_VALIDATION_FAILED = "Validation failed for request. Please see details list for specific causes."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A complete HTTP answer; `committed_id` names the record that the call made or changed."""

    status: int
    payload: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    committed_id: str | None = None


class RefusedError(Exception):
    """The call ends here with this answer and without effect."""

    def __init__(self, answer: Reply) -> None:
        super().__init__(answer.status)
        self.answer = answer


def ok(body: Any) -> Reply:
    """200 with a JSON body."""
    return Reply(status=200, payload=dumps(body))


def gateway_error(status: int, message: str | None, headers: Mapping[str, str] | None = None) -> Reply:
    """The envelope of gateway and auth, before any service is reached (3.2)."""
    return Reply(status=status, payload=dumps({"message": message}), headers=headers or {})


def legacy_error(status: int, issues: Iterable[Issue]) -> Reply:
    """The envelope of contacts (3.3)."""
    entries = [{"i18nKey": issue.key, "source": issue.source, "type": issue.type} for issue in issues]
    return Reply(status=status, payload=dumps({"requestId": str(uuid4()), "IssueList": entries}))


def regular_error(status: int, path: str, message: str, details: Iterable[Violation] = ()) -> Reply:
    """The envelope of everything else (3.4)."""
    body = {
        "timestamp": stamp(now()),
        "status": status,
        "error": HTTPStatus(status).phrase,
        "path": path,
        "traceId": uuid4().hex[:12],
        "message": message,
    }
    if entries := [{"violation": it.kind, "field": it.field, "message": it.message} for it in details]:
        body["details"] = entries
    return Reply(status=status, payload=dumps(body))


def validation_error(status: int, path: str, details: Iterable[Violation]) -> Reply:
    """The regular envelope with every problem of a body in it."""
    return regular_error(status, path, _VALIDATION_FAILED, details)


def service_error(status: int, path: str, message: str) -> Reply:
    """One plain reason, in the envelope that this path's service uses (3.1)."""
    if path.startswith("/v1/contacts"):
        return legacy_error(status, [Issue("bad_request_error", message, "bad_request_error")])
    return regular_error(status, path, message)
