"""Every page times everybody: who may read it, who may change something there. What is not declared is denied."""

import practice
from browser import House

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
    f"{_OWN}/customers/{{customer:int}}": {"operator", "own"},
}
_WHO = ("nobody", "viewer", "operator", "own", "other")


def test_every_page_lets_in_whom_it_is_for(house: House) -> None:
    """And nobody else, for reading and for changing alike."""
    customer = house.practice.customer()
    house.practice.invoice(customer)
    event = house.db.execute("select event_id from outbox.event").fetchone()[0]
    other = practice.Practice(house.db, name="Praxis Nebenan").practice_id
    own = house.practice.practice_id
    browsers = {
        "nobody": house.pages.browser(),
        "viewer": house.pages.browser("viewer"),
        "operator": house.pages.browser("operator"),
        "own": house.pages.browser("practice", own),
        "other": house.pages.browser("practice", other),
    }
    places = {"{practice:int}": str(own), "{event:int}": str(event), "{customer:int}": str(customer)}

    for pattern, readers in _READERS.items():
        path = pattern
        for place, value in places.items():
            path = path.replace(place, value)
        for who, browser in browsers.items():
            denied = 401 if who == "nobody" else 403
            assert browser.get(path).status_code == (200 if who in readers else denied), f"GET {path} as {who}"
            home = {"own": f"/practices/{own}", "other": f"/practices/{other}"}.get(who, "/")
            sent = browser.post(path, csrf=browser.token(home), nothing="1").status_code
            allowed = who in _CHANGERS.get(pattern, ())
            assert sent in ((400, 409) if allowed else (denied,)), f"POST {path} as {who}"


def test_there_is_no_page_beside_those() -> None:
    """The table above names every one."""
    assert set(_READERS) == {way.path for way in WAYS}
    assert set(_CHANGERS) == {way.path for way in WAYS if way.change}


def test_an_unknown_page_is_none(house: House) -> None:
    """For everybody."""
    assert house.pages.browser().get("/nowhere").status_code == 404
    assert house.pages.browser("operator").get("/nowhere").status_code == 404
    assert house.pages.browser("operator").get("/practices/999").status_code == 404
