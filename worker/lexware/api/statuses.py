"""What the status of an answer means, and which codes its body gives as reasons.

Guarantee: of a refusal's body nothing passes but machine codes, field paths and a trace id, each by a narrow pattern;
and nothing at all if the body repeats the API key (lexware-api 3.2).
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx

from worker.delivery.errors import CallError, Issue, NoAnswer, NotSent, Refused, is_silent
from worker.lexware.api import errors
from worker.lexware.api.lenient import is_modest
from worker.lexware.api.transport import body_of

CODE = re.compile(r"(?=.{3,64}\Z)(?:[A-Z]+(?:_[A-Z]+)*|[a-z]+(?:_[a-z]+)+)")
STEP = r"[a-z][A-Za-z]{0,39}(?:\[\d{1,3}\])?"
PATH = rf"{STEP}(?:\.{STEP}){{0,5}}"
FIELD = re.compile(rf"{PATH}(?: (?:and|or) {PATH})?|size must be between \d+ and \d+")
TRACE = re.compile(r"(?=.*\d)(?:[0-9a-f]{12,64}|(?:[0-9a-f]{1,12}-){2,4}[0-9a-f]{12,24})", re.IGNORECASE)
"""Hexadecimal, a UUID, or as Amazon writes it: neither a name nor a date nor anybody's number has this form."""


REFUSALS: dict[int, type[Refused]] = {
    401: errors.KeyRefused,
    402: errors.PlanTooSmall,
    403: errors.PermissionMissing,
    404: errors.NotFound,
}

_NO_SUCH_ADDRESS = b"not a valid key=value pair"

NOT_SUPPORTED = 501
"""The one 5xx that is a refusal: the operation does not exist (lexware-api 3.5)."""


def verdict(answer: httpx.Response, secret: str) -> CallError | None:
    """The error that an answer amounts to, or None for a 2xx (lexware-api 3.5).

    Redirects, other strange statuses and 5xx say nothing of what was done, so they are `NoAnswer`. A 403 in the
    gateway's words is for an address that it does not know (lexware-api 3.2): no service has seen the call, and the key lacks
    nothing.
    """
    status = answer.status_code
    if 200 <= status < 300:
        return None
    reply = _reply(body_of(answer), secret)
    issues, trace_id = tuple(_issues(reply)), _trace_id(reply)
    if status == 403 and _NO_SUCH_ADDRESS in (body_of(answer) or b""):
        return NotSent("the gateway knows no such address", status=status)
    if status == 429:
        seconds = _seconds(answer.headers.get("retry-after", ""))
        return errors.RateLimited(retry_after_seconds=seconds, status=status, issues=issues, trace_id=trace_id)
    if status == NOT_SUPPORTED or (status >= 400 and not is_silent(status)):
        return REFUSALS.get(status, errors.Rejected)(status=status, issues=issues, trace_id=trace_id)
    return NoAnswer(status=status, issues=issues, trace_id=trace_id)


def _reply(body: bytes | None, secret: str) -> dict[str, Any]:
    if not body or secret.encode() in body or not is_modest(body):
        return {}
    try:
        reply = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return reply if isinstance(reply, dict) else {}


def _issues(reply: dict[str, Any]) -> Iterator[Issue]:
    """Both dialects: `details` of most endpoints, `IssueList` of contacts (lexware-api 3.1)."""
    for rows, code_key, field_key in (("details", "violation", "field"), ("IssueList", "i18nKey", "source")):
        listed = reply.get(rows)
        for row in listed if isinstance(listed, list) else []:
            code = _matching(CODE, row.get(code_key)) if isinstance(row, dict) else None
            if code is not None:
                yield Issue(code, _matching(FIELD, row.get(field_key)))


def _trace_id(reply: dict[str, Any]) -> str | None:
    return _matching(TRACE, reply.get("traceId")) or _matching(TRACE, reply.get("requestId"))


def _matching(pattern: re.Pattern[str], value: object) -> str | None:
    return value if isinstance(value, str) and pattern.fullmatch(value) else None


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if re.fullmatch(r"[0-9]{1,6}", retry_after) else None
