"""Somebody who has read the source: what a proxy's headers, numbers in addresses and forms, and slow bodies cannot do."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from browser import NOBODY_THERE, House, Pages, pages

from worker.console.guards import LONGEST_PATH, Guards

_USER, _ROLE, _PRACTICE = "x-lexrelay-user", "x-lexrelay-role", "x-lexrelay-practice"
_LONG = "9" * 5000


@pytest.fixture(scope="module", name="behind")
def _behind(shared: House) -> Iterator[Pages]:
    """The console behind a proxy that signs users in."""
    with pages(shared.database_url, NOBODY_THERE, LEXRELAY_CONSOLE_PROXY="127.0.0.1") as one:
        yield one


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param([(_USER, "Kim"), (_ROLE, "viewer")], 200, id="once"),
        pytest.param([(_USER, "Kim"), (_ROLE, "operator"), (_ROLE, "viewer")], 401, id="two roles"),
        pytest.param([(_USER, "Kim"), (_USER, "Toni"), (_ROLE, "viewer")], 401, id="two names"),
        pytest.param([(_USER, ""), (_USER, "Toni"), (_ROLE, "viewer")], 401, id="a name behind an empty one"),
        pytest.param([(_USER, "Kim"), (_ROLE, "viewer"), (_PRACTICE, "1"), (_PRACTICE, "2")], 401, id="two practices"),
        pytest.param([(_USER, "Kim"), (_ROLE, "operator, viewer")], 401, id="two roles in one"),
        pytest.param([("X_Lexrelay_User", "Kim"), ("X_Lexrelay_Role", "operator")], 401, id="underscores"),
        pytest.param([(_USER, "\N{NO-BREAK SPACE}".encode()), (_ROLE, "operator")], 401, id="an invisible name"),
    ],
)
def test_what_is_said_twice_vouches_for_nobody(behind: Pages, headers: list[tuple[str, Any]], status: int) -> None:
    """A proxy may add its word to the one that a browser has sent: the browser's is never the one that counts."""
    assert httpx.get(f"{behind.url}/", headers=headers).status_code == status


def test_a_name_is_what_the_proxy_has_sent(behind: Pages) -> None:
    """In UTF-8, or in the letters of old."""
    for encoding in ("utf-8", "latin-1"):
        sent = [(_USER, "Jürgen Groß".encode(encoding)), (_ROLE, "viewer")]
        assert "Jürgen Groß (" in httpx.get(f"{behind.url}/", headers=sent).text


@pytest.mark.parametrize(
    "path",
    [
        "/documents?practice={}", "/documents?before={}", "/letters?practice={}", "/history?event={}", "/practices?after={}",
        "/practices/{}", "/documents/{}", "/practices/1/customers/{}", "/enter/{}", "/practices/1/customers?after={}",
    ],
)  # fmt: skip
def test_a_number_without_an_end_is_refused(house: House, path: str) -> None:
    """Not with an error of the program: who sends it learns nothing, and no log is filled."""
    operator = house.pages.browser("operator")

    for number in (_LONG, "9" * 30):
        assert 400 <= operator.get(path.format(number)).status_code < 500


@pytest.mark.parametrize("fields", [{"events": _LONG, "replay": "1"}, {"group": "x", "canary": _LONG, "replay": "1"}])
def test_a_number_without_an_end_changes_nothing(house: House, fields: dict[str, str]) -> None:
    """Nor one in a form."""
    assert house.pages.browser("operator").post("/letters", **fields).status_code == 400


def test_a_picked_customer_without_an_end_changes_nothing(house: House) -> None:
    """Nor one in a hidden field."""
    contact = "31875f43-3ffa-4a31-9149-faaf510f297c"
    owner = house.pages.browser("practice", house.practice.practice_id)

    assert owner.post(f"{house.own}/customers", pick=f"{_LONG}:{contact}").status_code == 400


def test_a_body_that_never_ends_is_not_waited_for() -> None:
    """Whoever sends a byte now and then holds no place for ever."""
    sent: list[Any] = []

    async def never() -> Any:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    async def page(*_: Any) -> None:
        raise AssertionError

    guards = Guards(page, hosts=["here"], frame_ancestors=[], body_seconds=0.1)
    scope = {"type": "http", "method": "POST", "path": "/letters", "headers": [(b"host", b"here")]}
    asyncio.run(asyncio.wait_for(guards(scope, never, send), 10))

    assert sent[0]["status"] == 408


def test_no_address_is_longer_than_any_page(house: House) -> None:
    """It is refused before anything looks at it."""
    assert house.pages.browser().get("/" + "x" * LONGEST_PATH).status_code == 414


def test_another_site_sets_no_check_going(house: House) -> None:
    """It calls Lexware for each practice: a page elsewhere that loads it again and again would use up their calls."""
    operator = house.pages.browser("operator")
    findings = 'data-figure="findings"'

    assert findings in operator.get("/system?check=1").text
    for site in ("cross-site", "same-site"):
        assert findings not in operator.get("/system?check=1", **{"sec-fetch-site": site}).text
