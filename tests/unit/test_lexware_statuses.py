"""What a status means, and what of a refusal's body may pass."""

import json

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.delivery.errors import CallError, Issue, NoAnswer, NotSent
from worker.lexware.api import errors
from worker.lexware.api.statuses import verdict

KEY = "abc-DEF-123-secret"

GATEWAY_403 = (
    f'{{"message":"\'{KEY}\' not a valid key=value pair (missing equal-sign) in Authorization header: '
    f"'Bearer {KEY}'.\"}}"
)
REGULAR = {
    "timestamp": "2026-02-03T10:11:12.345+01:00",
    "status": 406,
    "error": "Not Acceptable",
    "path": "/v1/invoices",
    "traceId": "a1b2c3d4e5f6",
    "message": "Der Name Ada Beispiel ist zu lang",
    "details": [
        {"violation": "NOTNULL", "field": "lineItems[0].unitPrice.taxRatePercentage", "message": "Ada Beispiel"},
        {"violation": "NOTBLANK", "field": "Ada Beispiel"},
    ],
}
LEGACY = {
    "requestId": "5d0c7f3e-0000-4000-8000-000000000001",
    "IssueList": [
        {"i18nKey": "missing_entity", "source": "company.name", "type": "validation_failure"},
        {"i18nKey": "missing_entity", "source": "roles.customer or roles.vendor", "type": "validation_failure"},
        {"i18nKey": "bad_request_error", "source": "size must be between 3 and 128"},
        {"i18nKey": "invalid_value", "source": "ada@example.org", "additionalData": "Ada", "args": None},
        {"i18nKey": "account_number_already_exists", "source": None},
    ],
}


def answer(status: int, body: object = None, **headers: str) -> httpx.Response:
    """An answer with a JSON body, or with exactly these bytes."""
    return httpx.Response(
        status,
        headers=httpx.Headers(headers, encoding="utf-8"),
        content=body if isinstance(body, bytes) else json.dumps(body).encode(),
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, None),
        (201, None),
        (202, None),
        (204, None),
        (101, NoAnswer),
        (301, NoAnswer),
        (302, NoAnswer),
        (304, NoAnswer),
        (400, errors.Rejected),
        (401, errors.KeyRefused),
        (402, errors.PlanTooSmall),
        (403, errors.PermissionMissing),
        (404, errors.NotFound),
        (405, errors.Rejected),
        (406, errors.Rejected),
        (408, NoAnswer),
        (409, errors.Rejected),
        (415, errors.Rejected),
        (418, errors.Rejected),
        (429, errors.RateLimited),
        (500, NoAnswer),
        (501, errors.Rejected),
        (502, NoAnswer),
        (503, NoAnswer),
        (504, NoAnswer),
        (520, NoAnswer),
        (999, NoAnswer),
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(None, id="null"),
        pytest.param({"message": None}, id="gateway"),
        pytest.param(b"<html>Ada Beispiel</html>", id="html"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param({"details": {"a": 1}, "IssueList": "x", "traceId": 7}, id="wrong types"),
        pytest.param({"details": [None, 1, {"violation": ["x"], "field": {}}]}, id="wrong rows"),
    ],
)
def test_the_status_decides(status: int, expected: type[CallError] | None, body: object) -> None:
    """Every status has one meaning, whatever the body looks like."""
    found = verdict(answer(status, body), KEY)

    assert (found and type(found)) == expected
    assert found is None or (found.status, found.issues, found.trace_id) == (status, (), None)


def test_a_refusal_with_a_cut_body_is_a_refusal() -> None:
    """The status line alone says that nothing was done."""
    assert isinstance(verdict(httpx.Response(406, extensions={"cut": True}), KEY), errors.Rejected)


def test_codes_and_paths_of_a_regular_body() -> None:
    """Violations, field paths and the trace id pass; messages and what is no path do not."""
    found = verdict(answer(406, REGULAR), KEY)

    assert found is not None
    assert found.issues == (Issue("NOTNULL", "lineItems[0].unitPrice.taxRatePercentage"), Issue("NOTBLANK"))
    assert str(found) == "406, NOTNULL lineItems[0].unitPrice.taxRatePercentage, NOTBLANK, trace a1b2c3d4e5f6"


def test_codes_and_paths_of_a_legacy_body() -> None:
    """The issue list of contacts reads the same, and its few documented phrases pass."""
    found = verdict(answer(406, LEGACY), KEY)

    assert found is not None
    assert found.trace_id == LEGACY["requestId"]
    assert found.issues == (
        Issue("missing_entity", "company.name"),
        Issue("missing_entity", "roles.customer or roles.vendor"),
        Issue("bad_request_error", "size must be between 3 and 128"),
        Issue("invalid_value"),
        Issue("account_number_already_exists"),
    )


@pytest.mark.parametrize(
    "word", ["Beispiel", "beispiel", "1985-03-12", "12-03-1985", "A123456789", "0221-5559876", "F32", "Ada_Beispiel"]
)
def test_words_about_people_are_neither_codes_nor_trace_ids(word: str) -> None:
    """Wherever in its answer Lexware should say one."""
    found = verdict(
        answer(406, {"traceId": word, "requestId": word, "details": [{"violation": word, "field": "title"}]}), KEY
    )

    assert found is not None
    assert (found.issues, found.trace_id) == ((), None)


def test_a_body_that_repeats_the_key_is_not_read() -> None:
    """Nothing of such a body gets into the error."""
    found = verdict(answer(403, {"traceId": KEY, "details": [{"violation": "NOTNULL"}]}), KEY)

    assert isinstance(found, errors.PermissionMissing)
    assert (found.issues, found.trace_id) == ((), None)


def test_a_403_of_the_gateway_is_none_of_the_key() -> None:
    """The address is wrong: no service has seen the call, no practice is paused, and the key is not told."""
    found = verdict(answer(403, GATEWAY_403.encode()), KEY)

    assert isinstance(found, NotSent)
    assert KEY not in str(found)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("1", 1), ("120", 120), ("", None), ("soon", None), ("-1", None), ("1e9", None), ("٣", None), ("9999999", None)],
)
def test_retry_after(header: str, seconds: float | None) -> None:
    """What Lexware asks for is told, if it is a sensible number of seconds."""
    found = verdict(answer(429, {"message": "Rate limit exceeded"}, **{"retry-after": header}), KEY)

    assert isinstance(found, errors.RateLimited)
    assert found.retry_after_seconds == seconds


@settings(deadline=None)
@given(st.text(), st.sampled_from(["message", "violation", "field", "i18nKey", "source", "traceId", "requestId"]))
def test_free_text_never_passes(text: str, key: str) -> None:
    """No wording gets into an error, wherever in the body it stands; only the documented joined paths have blanks."""
    row = {"violation": "NOTNULL", "field": "a", "i18nKey": "missing_entity", "source": "a", key: f"Ada {text}"}

    found = verdict(answer(406, {"details": [row], "IssueList": [row], key: f"Ada {text}"}), KEY)

    assert found is not None
    assert "Ada" not in str(found)
    assert {issue.field for issue in found.issues} <= {"a", None}
