"""What every request meets before a page: Host, body, origin, token, role, the end of a session; and the headers of an answer."""

import re
from collections.abc import Iterator

import pytest
from browser import NOBODY_THERE, Browser, House, pages

from worker.console import sessions
from worker.console.guards import LARGEST_BODY


def test_another_host_is_refused(house: House) -> None:
    """A page of somebody else's that resolves to this machine gets nothing (DNS rebinding)."""
    operator = house.pages.browser("operator")

    for host in ("evil.example", "evil.example:8765", "127.0.0.1:1", ""):
        assert operator.get("/", host=host).status_code == 400
    assert operator.get("/").status_code == 200


def test_a_body_has_an_end(house: House) -> None:
    """Said or not, too much is not read."""
    operator = house.pages.browser("operator")

    def endless() -> Iterator[bytes]:
        for _ in range(LARGEST_BODY // 1000 + 2):
            yield b"x" * 1000

    assert operator.client.post("/letters", content=b"x" * (LARGEST_BODY + 1)).status_code == 413
    assert operator.client.post("/letters", content=endless()).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_there_are_two_methods(house: House, method: str) -> None:
    """Reading and sending forms."""
    assert house.pages.browser("operator").client.request(method, "/").status_code == 405


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"sec-fetch-site": "cross-site"}, id="another site"),
        pytest.param({"sec-fetch-site": "same-site"}, id="a neighbour"),
        pytest.param({"sec-fetch-site": "none"}, id="nobody's page"),
        pytest.param({"sec-fetch-site": "", "origin": "https://evil.example"}, id="another origin"),
        pytest.param({"sec-fetch-site": "", "origin": "null"}, id="a hidden origin"),
        pytest.param({"sec-fetch-site": "", "origin": ""}, id="no origin"),
    ],
)
def test_a_foreign_page_changes_nothing(house: House, headers: dict[str, str]) -> None:
    """Though it has the token, by whatever way."""
    sent = house.pages.browser("operator").post(house.own, headers=headers, pause="1")

    assert sent.status_code == 403
    assert house.pause_reason() is None


def test_the_origin_is_enough_for_a_browser_that_says_no_more(house: House) -> None:
    """Where the console is not reached by TLS, browsers leave the other header out."""
    sent = house.pages.browser("operator").post(
        house.own, headers={"sec-fetch-site": "", "origin": house.pages.url}, pause="1"
    )

    assert sent.status_code == 303
    assert house.pause_reason() == "operator"


def test_without_its_token_a_form_changes_nothing(house: House) -> None:
    """Neither without any nor with that of another session."""
    operator = house.pages.browser("operator")

    for token in ("", "0" * 64, "ä", house.pages.browser("operator").token()):
        assert operator.post(house.own, csrf=token, pause="1").status_code == 403
    assert house.pause_reason() is None


def test_a_code_lets_one_in_once(house: House) -> None:
    """And looking whether the address is there does not use it up."""
    code = house.pages.code("operator")

    assert house.pages.browser().client.head(f"/enter/{code}").status_code == 200
    assert house.pages.browser().get(f"/enter/{code}").status_code == 303
    assert house.pages.browser().get(f"/enter/{code}").status_code == 410
    assert house.pages.browser().get("/enter/no-such-code").status_code == 410


def test_a_code_ends(house: House) -> None:
    """After its minutes."""
    code = house.pages.code("operator")
    house.db.execute("update console.code set expires_at = now() - interval '1 second'")

    assert house.pages.browser().get(f"/enter/{code}").status_code == 410


@pytest.mark.parametrize(
    ("column", "seconds"),
    [
        pytest.param("seen_at", sessions.IDLE_SECONDS, id="idle"),
        pytest.param("begun_at", sessions.LONGEST_SECONDS, id="too long"),
    ],
)
def test_a_session_ends(house: House, column: str, seconds: float) -> None:
    """When nobody is there any more, and after a working day in any case."""
    operator = house.pages.browser("operator")
    assert operator.get("/").status_code == 200

    house.db.execute(f"update console.session set {column} = now() - make_interval(secs => {seconds + 1})")

    assert operator.get("/").status_code == 401


def test_a_page_that_refreshes_itself_keeps_no_session_alive(house: House) -> None:
    """Only its user does."""
    operator = house.pages.browser("operator")
    house.db.execute("update console.session set seen_at = now() - interval '10 minutes'")

    def minutes() -> int:
        return house.db.execute(
            "select round(extract(epoch from now() - seen_at) / 60) from console.session"
        ).fetchone()[0]

    operator.get("/", **{"hx-request": "true"})
    assert minutes() == 10
    operator.get("/")
    assert minutes() == 0


def test_who_leaves_is_gone(house: House) -> None:
    """On the server, too: the cookie is worth nothing afterwards."""
    operator = house.pages.browser("operator")
    cookie = operator.client.cookies["lexrelay_console"]

    assert operator.client.post("/leave", data={"csrf": "0" * 64}).status_code == 403
    assert operator.get("/").status_code == 200
    assert operator.client.post("/leave", data={"csrf": operator.token()}).status_code == 200
    assert operator.get("/").status_code == 401
    operator.client.cookies.set("lexrelay_console", cookie)
    assert operator.get("/").status_code == 401


def test_nothing_that_lets_in_is_stored(house: House) -> None:
    """Codes and sessions exist as hashes only."""
    code = house.pages.code("operator")
    browser = house.pages.browser()
    browser.get(f"/enter/{code}")
    rows = [
        *house.db.execute("select to_jsonb(c)::text from console.code c"),
        *house.db.execute("select to_jsonb(s)::text from console.session s"),
    ]

    assert rows
    for secret in (code, browser.client.cookies["lexrelay_console"]):
        assert not any(secret in text or secret.encode().hex() in text for (text,) in rows)


def test_every_answer_bears_the_headers(house: House) -> None:
    """Those of a refusal and of the files, too; and no page holds script or style of its house.own."""
    operator = house.pages.browser("operator")
    answers = [
        operator.get("/"),
        operator.get("/nowhere"),
        operator.get("/", host="x"),
        house.pages.browser().get("/letters"),
    ]

    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert not re.search(r"<style| style=|<script(?! src=\"/static/)| on\w+=", answer.text)
    assert "content-security-policy" in operator.get("/static/style.css").headers


def test_the_cookie_is_the_browsers_own(house: House) -> None:
    """No script reads it, no other site sends it."""
    cookie = house.pages.browser().get(f"/enter/{house.pages.code('operator')}").headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


def test_behind_tls_the_cookie_is_secure(house: House) -> None:
    """And in the frame of another site it is sent along."""
    of = {
        "LEXRELAY_CONSOLE_URL": "https://console.example",
        "LEXRELAY_CONSOLE_FRAME_ANCESTORS": "https://praxis.example",
    }
    with pages(house.database_url, NOBODY_THERE, **of) as behind:
        answer = Browser(behind, host="console.example").get(f"/enter/{behind.code('operator')}")

        assert answer.status_code == 303
        assert "secure" in answer.headers["set-cookie"].lower()
        assert "samesite=none" in answer.headers["set-cookie"].lower()
        assert "frame-ancestors https://praxis.example" in answer.headers["content-security-policy"]
        assert "x-frame-options" not in answer.headers


USER = {"x-lexrelay-user": "kim", "x-lexrelay-role": "operator"}


def test_a_proxy_vouches_for_its_user(house: House) -> None:
    """By its address alone; what it says is who did it."""
    with pages(house.database_url, NOBODY_THERE, LEXRELAY_CONSOLE_PROXY="127.0.0.1") as behind:
        assert Browser(behind, **USER).post(house.own, pause="1").status_code == 303
        assert Browser(behind, **USER | {"x-lexrelay-role": "chief"}).get("/").status_code == 401
        practice_user = {
            "x-lexrelay-user": "dr",
            "x-lexrelay-role": "practice",
            "x-lexrelay-practice": house.own.rpartition("/")[2],
        }
        assert Browser(behind, **practice_user).get(house.own).status_code == 200
        assert Browser(behind, **practice_user).get("/practices/999").status_code == 403

    assert house.db.execute("select by from outbox.operator_action").fetchall() == [("kim",)]


@pytest.mark.parametrize("proxy", ["", "10.0.0.7", "10.0.0.0/8"])
def test_nobody_else_vouches_for_anybody(house: House, proxy: str) -> None:
    """The headers of a browser are not believed."""
    with pages(house.database_url, NOBODY_THERE, LEXRELAY_CONSOLE_PROXY=proxy) as open_to_it:
        assert Browser(open_to_it, **USER).get("/").status_code == 401


def test_a_lost_database_is_said(house: House) -> None:
    """Not with a traceback."""
    operator = house.pages.browser("operator")
    house.db.execute("alter table console.session rename to gone")

    answer = operator.get("/")
    house.db.execute("alter table console.gone rename to session")

    assert answer.status_code == 500
    assert "UndefinedTable" in answer.text
    assert "console.session" not in answer.text


def test_the_language_changes_without_leaving_the_site(house: House) -> None:
    """German first, English where the browser asks for it, and by a click."""
    browser = house.pages.browser()

    assert 'lang="de"' in browser.get("/", **{"accept-language": ""}).text
    assert '<html lang="en">' in browser.get("/", **{"accept-language": "fr, en;q=0.8, de;q=0.2"}).text
    assert browser.get("/language/de?back=/letters").headers["location"] == "/letters"
    assert '<html lang="de">' in browser.get("/").text
    for elsewhere in ("//evil.example", "/\\evil.example", "https://evil.example", "/%0d%0aset-cookie: x=y"):
        assert browser.get(f"/language/en?back={elsewhere}").headers["location"] == "/"


def test_two_browsers_cannot_share_a_code(house: House) -> None:
    """Whoever comes second, in the same moment, gets nothing."""
    from outbox.db import connect

    with connect(house.database_url) as one, connect(house.database_url) as other:
        code = sessions.offer(one, "operator", None, minutes=1, by="test", why=None)
        assert [sessions.redeem(each, code) is not None for each in (one, other)] == [True, False]
