"""Every page times everybody: who may read it, who may change something there. What is not declared is denied."""

from collections.abc import Iterator

import practice
import pytest
from addresses import every_page, places
from browser import Browser, House
from furnished import Furnished
from reading_pages import PageRead

from worker.console.routes import WAYS

_OWN = "/practices/{practice:int}"
#: Reading: who gets 200. Everybody else is nobody (401) or somebody else (403).
_STAFF = {"viewer", "operator"}
_READERS = {way.path: _STAFF | ({"own"} if way.path.startswith(_OWN) else set()) for way in WAYS}
_CHANGERS = {
    "/letters": {"operator"},
    "/documents/{event:int}": {"operator"},
    _OWN: {"operator", "own"},
    f"{_OWN}/customers": {"operator", "own"},
    f"{_OWN}/reports": {"operator", "own"},
    f"{_OWN}/customers/{{customer:int}}": {"operator", "own"},
}
#: What else the application answers to: the way in, the way out, the language, and files. Each has tests of its own.
_BESIDE = {"/enter/{code}", "/leave", "/language/{lang}", "/static"}
_HOME = {"operator": "/", "viewer": "/", "nobody": "/"}


def everybody(house: House | Furnished, own: int, other: int) -> dict[str, Browser]:
    """A browser of each."""
    return {
        "nobody": house.pages.browser(),
        "viewer": house.pages.browser("viewer"),
        "operator": house.pages.browser("operator"),
        "own": house.pages.browser("practice", own),
        "other": house.pages.browser("practice", other),
    }


def test_every_page_lets_in_whom_it_is_for(house: House) -> None:
    """And nobody else, for reading and for changing alike."""
    house.practice.invoice(house.practice.customer())
    own, other = house.practice.practice_id, practice.Practice(house.db, name="Praxis Nebenan").practice_id
    home = _HOME | {"own": f"/practices/{own}", "other": f"/practices/{other}"}
    browsers = everybody(house, own, other)

    for pattern, path in every_page(places(house.db, own)).items():
        for who, browser in browsers.items():
            denied = 401 if who == "nobody" else 403
            expected = 200 if who in _READERS[pattern] else denied
            assert browser.get(path).status_code == expected, f"GET {path} as {who}"
            sent = browser.post(path, csrf=browser.token(home[who]), nothing="1").status_code
            allowed = who in _CHANGERS.get(pattern, ())
            assert sent in ((400, 409) if allowed else (denied,)), f"POST {path} as {who}"


def test_there_is_no_page_beside_those(house: House) -> None:
    """The application answers to nothing that is not in the tables above."""
    assert {route.path for route in house.pages.console.routes()} == set(_READERS) | _BESIDE
    assert set(_CHANGERS) == {way.path for way in WAYS if way.change}


def test_an_unknown_page_is_none(house: House) -> None:
    """For everybody."""
    assert house.pages.browser().get("/nowhere").status_code == 404
    assert house.pages.browser("operator").get("/nowhere").status_code == 404
    assert house.pages.browser("operator").get("/practices/999").status_code == 404


def every_form(house: Furnished) -> Iterator[tuple[str, dict[str, str]]]:
    """Each form of each page with each of its buttons, as operator and practice are offered it: where to, and its fields."""
    seen = set()
    for role, practice_id in (("operator", None), ("practice", house.own)):
        browser = house.pages.browser(role, practice_id)
        for page in house.addresses(role):
            for form in PageRead(browser.get(page).text).forms:
                for button in form.buttons or [{}]:
                    fields = {name: value for name, value in form.fields.items() if name != "csrf"} | button
                    to = (form.action or page).partition("#")[0].partition("?")[0]
                    if (to, *sorted(fields)) not in seen and to != "/leave":
                        seen.add((to, *sorted(fields)))
                        yield to, fields


@pytest.fixture(name="forms")
def _forms(furnished_house: Furnished) -> list[tuple[str, dict[str, str]]]:
    return list(every_form(furnished_house))


def test_no_form_is_taken_from_the_wrong_hands(
    furnished_house: Furnished, forms: list[tuple[str, dict[str, str]]]
) -> None:
    """Whatever is offered to those who may: not from others, not without a token of the session, not from another site."""
    house, other = furnished_house, practice.Practice(furnished_house.stage.db, name="Praxis Gegenüber").practice_id
    browsers = everybody(house, house.own, other)
    home = {"viewer": "/", "nobody": "/", "other": f"/practices/{other}"}
    tokens = {who: browsers[who].token(home[who]) for who in home}
    stolen = browsers["operator"].token("/")
    sent = {name for _, fields in forms for name in fields}
    assert sent >= {
        "replay",
        "discard",
        "reveal",
        "api_key",
        "transfer",
        "from",
        "confirm_note",
        "forget",
        "pause",
        "make",
    }

    for path, fields in forms:
        for who, token in tokens.items():
            answer = browsers[who].post(path, csrf=token, **fields)
            assert answer.status_code == (401 if who == "nobody" else 403), f"{path} {fields} as {who}"
        for token in ("", "0" * 64):
            assert browsers["operator"].post(path, csrf=token, **fields).status_code == 403, f"{path} {fields}"
        foreign = {"sec-fetch-site": "cross-site"}
        assert browsers["operator"].post(path, csrf=stolen, headers=foreign, **fields).status_code == 403

    done = house.stage.db.execute("select distinct action from outbox.operator_action where action <> 'console.link'")
    assert {action for (action,) in done} == {"practice.book", "practice.pause"}
