"""How the simulated Lexware breaks on request (lexware-api 14.3): what the client sees, and what was done."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest
from polling import until
from sandbox_bodies import INVOICE

from worker.lab.sandbox.control import Control
from worker.lab.sandbox.faults import Fault, When
from worker.lab.sandbox.server import Sandbox
from worker.lab.sandbox.switches import Switches


@pytest.fixture(name="sandbox")
def _sandbox() -> Iterator[Sandbox]:
    with Sandbox(organisations=2, switches=Switches(rate_per_second=0)) as sandbox:
        yield sandbox


@pytest.fixture(name="control")
def _control(sandbox: Sandbox) -> Control:
    return sandbox.control


@pytest.fixture(name="api")
def _api(sandbox: Sandbox) -> Iterator[httpx.Client]:
    with _client(sandbox, 0) as client:
        yield client


def _client(sandbox: Sandbox, number: int) -> httpx.Client:
    headers = {"Authorization": f"Bearer {sandbox.tenants[number].key}"}
    return httpx.Client(base_url=f"{sandbox.url}/v1/", headers=headers, trust_env=False, timeout=5)


def _documents(control: Control) -> int:
    return control.counts()["documents"]


BODIES = {
    "400": (Fault(status=400), '"status":400'),
    "401": (Fault(status=401), '{"message":"Unauthorized"}'),
    "402": (Fault(status=402), '{"message":"Payment Required"}'),
    "403": (Fault(status=403), '{"message":"Forbidden"}'),
    "404": (Fault(status=404), '"error":"Not Found"'),
    "406": (Fault(status=406), '"error":"Not Acceptable"'),
    "409": (Fault(status=409), '"error":"Conflict"'),
    "429": (Fault(status=429), '{"message":"Rate limit exceeded"}'),
    "500": (Fault(status=500), '{"message":null}'),
    "500 throttled": (Fault(status=500, body="throttled"), "Internal server error or rate limit exceeded"),
    "502": (Fault(status=502), '{"message":"Bad Gateway"}'),
    "503 html": (Fault(status=503, body="html"), "<html>"),
    "503 empty": (Fault(status=503, body="empty"), ""),
    "504": (Fault(status=504), '{"message":"Endpoint request timed out"}'),
    "legacy issue": (
        Fault(status=406, body="account_number_already_exists"),
        '"i18nKey":"account_number_already_exists"',
    ),
}


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("fault", "body"), BODIES.values(), ids=BODIES)
def test_a_wrong_status_hides_what_was_done(
    api: httpx.Client, control: Control, fault: Fault, body: str, when: When
) -> None:
    """The same answer with or without effect; the request log knows which."""
    control.add_fault(Fault(status=fault.status, body=fault.body, when=when))

    answer = api.post("invoices", json=INVOICE)

    (call,) = control.requests()
    assert (answer.status_code, body in answer.text, bool(body) or not answer.content) == (fault.status, True, True)
    assert _documents(control) == (1 if when == "after" else 0)
    assert (call["status"], bool(call["committed_id"])) == (fault.status, when == "after")
    assert call["fault"] == f"{fault.status} {when}"


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault(mode="reset"), httpx.ReadError),
        (Fault(mode="truncated"), httpx.RemoteProtocolError),
        (Fault(mode="hang", answer_after_seconds=30), httpx.ReadTimeout),
        (Fault(mode="trickle", answer_after_seconds=600), httpx.ReadTimeout),
    ],
    ids=str,
)
def test_a_broken_answer_hides_what_was_done(
    api: httpx.Client, control: Control, fault: Fault, error: type[Exception], when: When
) -> None:
    """Reset, cut, silent or endless; with or without effect."""
    control.add_fault(replace(fault, when=when))

    with pytest.raises(error):
        api.post("invoices", json=INVOICE, timeout=1)

    assert _documents(control) == (1 if when == "after" else 0)


def test_a_trickle_brings_the_whole_answer_in_the_end(api: httpx.Client, control: Control) -> None:
    """Byte by byte: a client that bounds its reads only, and not the call, waits for ever."""
    control.add_fault(Fault(mode="trickle", when="after", answer_after_seconds=1.5))
    start = time.monotonic()

    answer = api.post("invoices", json=INVOICE, timeout=1)

    assert answer.json()["id"] == control.documents()[0]["id"]
    assert time.monotonic() - start >= 1.5


def test_a_reset_is_a_reset(api: httpx.Client, control: Control) -> None:
    """RST on the wire, not a polite end."""
    control.add_fault(Fault(mode="reset"))

    with pytest.raises(httpx.ReadError, match="reset by peer"):
        api.get("profile")

    assert control.requests()[0]["status"] is None


def test_an_empty_success_says_nothing(api: httpx.Client, control: Control) -> None:
    """2xx without a body, and the document is there."""
    control.add_fault(Fault(mode="empty", when="after"))

    answer = api.post("invoices", json=INVOICE)

    assert (answer.status_code, answer.content, _documents(control)) == (201, b"", 1)


def test_the_effect_may_follow_the_answer(api: httpx.Client, control: Control) -> None:
    """504 now, the document some moments later, and the log learns of it."""
    control.add_fault(Fault(status=504, when="later", commit_after_seconds=0.2))

    answer = api.post("invoices", json=INVOICE)
    at_once = _documents(control)

    assert (answer.status_code, at_once) == (504, 0)
    until(lambda: _documents(control) == 1)
    assert control.requests()[0]["committed_id"] == control.documents()[0]["id"]


def test_the_gateway_waits_before_it_gives_up(api: httpx.Client, control: Control) -> None:
    """The 504 of a slow service comes late."""
    control.add_fault(Fault(status=504, when="after", answer_after_seconds=0.2))
    start = time.monotonic()

    api.post("invoices", json=INVOICE)

    assert time.monotonic() - start >= 0.2


def test_a_call_is_carried_through_after_the_client_left(api: httpx.Client, control: Control) -> None:
    """A client that gave up has not taken anything back."""
    control.set_switches(latency_seconds=0.4)

    with pytest.raises(httpx.ReadTimeout):
        api.post("invoices", json=INVOICE, timeout=0.05)

    until(lambda: _documents(control) == 1)


def test_a_fault_of_one_organisation_spares_the_others(sandbox: Sandbox, api: httpx.Client, control: Control) -> None:
    """Only whom it names."""
    control.add_fault(Fault(status=503, organisation=sandbox.tenants[1].id, count=None))

    with _client(sandbox, 1) as other:
        statuses = [api.get("profile").status_code, other.get("profile").status_code]

    assert statuses == [200, 503]


def test_an_outage_is_for_everybody_until_it_ends(sandbox: Sandbox, api: httpx.Client, control: Control) -> None:
    """A 401 for all, as the real API shows when it is away."""
    control.start_outage(Fault(status=401))
    with _client(sandbox, 1) as other:
        during = [api.get("profile").status_code, other.get("contacts").status_code]
    control.end_outage()

    assert (during, api.get("profile").status_code) == ([401, 401], 200)


def test_faults_can_be_seen_and_cleared(api: httpx.Client, control: Control) -> None:
    """What is armed, and how often it struck."""
    control.add_fault(Fault(status=500, path="/v1/prof*", count=None))
    api.get("profile")
    armed = control.faults()
    control.clear_faults()

    assert armed == [{"fault": "500 before", "path": "/v1/prof*", "struck": 1}]
    assert (control.faults(), api.get("profile").status_code) == ([], 200)


def test_a_limited_call_uses_up_no_fault(sandbox: Sandbox, api: httpx.Client, control: Control) -> None:
    """429 comes before everything else."""
    control.set_switches(rate_per_second=0.01, rate_capacity=0)
    control.add_fault(Fault(mode="reset"))

    assert api.get("profile").status_code == 429
    assert control.faults()[0]["struck"] == 0


def test_latency_holds_up_no_other_call(sandbox: Sandbox, api: httpx.Client, control: Control) -> None:
    """Fifty calls at once take as long as one."""
    control.set_switches(latency_seconds=1)
    start = time.monotonic()

    with ThreadPoolExecutor(50) as pool:
        statuses = list(pool.map(lambda _: api.get("profile").status_code, range(50)))

    assert statuses == [200] * 50
    assert 1 <= time.monotonic() - start < 25
