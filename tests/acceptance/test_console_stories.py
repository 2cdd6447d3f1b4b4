"""Both stories of the console in a real Chromium, at full length: a practice's first day, and an operator's morning with five
hundred letters of five causes. In German and English, at 1280 and at 390 pixels, without JavaScript, and by keyboard alone.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import chromium
import psycopg
import pytest
from browser import Pages, pages
from causes.scene import Scene, scene
from chosen import proofs_of
from chromium import NARROW, WIDE, overflows, window
from day_one import first_invoice, new_practice, set_up
from five_hundred import EACH, OF_A_CAUSE, PRACTICES, REASONS, at_work, copies, die, mend_data, new_contacts
from hands import Hands, Keys, Mouse
from polling import until

pytestmark = pytest.mark.skipif(chromium.MISSING is not None, reason=str(chromium.MISSING))
LOOKS = [
    pytest.param({"lang": "de", "width": WIDE}, Mouse, id="German, wide"),
    pytest.param({"lang": "de", "width": NARROW}, Mouse, id="German, narrow"),
    pytest.param({"lang": "en", "width": WIDE}, Mouse, id="English, wide"),
    pytest.param({"lang": "en", "width": NARROW}, Mouse, id="English, narrow"),
    pytest.param({"lang": "de", "width": WIDE, "script": False}, Mouse, id="without JavaScript"),
    pytest.param({"lang": "en", "width": WIDE}, Keys, id="by keyboard alone"),
]
_CANARIES = 3
_DRAFT = {"de": "Entwurf", "en": "draft"}
_OVER = {"de": "Sie ist zu Ende.", "en": "It is over."}


@pytest.fixture(scope="module", name="browser")
def _browser() -> Iterator[Any]:
    with chromium.started() as one:
        yield one


@pytest.mark.proof
@pytest.mark.parametrize(("look", "hands"), LOOKS)
def test_the_first_day_of_a_practice(browser, db: psycopg.Connection, database_url: str, look, hands) -> None:
    """From nothing to its first invoice, seen as a draft."""
    with new_practice(db, database_url) as new:
        own = hands(window(browser, **look))
        set_up(new, own)
        assert _DRAFT[look["lang"]] in first_invoice(new, own)
        assert not overflows(own.page)


@pytest.fixture(name="one")
def _one(db: psycopg.Connection, database_url: str) -> Iterator[tuple[Scene, Pages]]:
    with (
        scene(db, database_url) as one,
        pages(database_url, one.stage.sandbox.url, LEXRELAY_SETTLE_SECONDS="60") as console,
    ):
        die(one)
        yield one, console


@pytest.mark.parametrize(("look", "hands"), proofs_of(LOOKS[::-1], every=4))
def test_the_morning_of_an_operator(browser, one: tuple[Scene, Pages], look, hands) -> None:
    """Found, understood, the contacts repaired, each cause replayed behind its canaries; each is there once, and all in the history."""
    play, console = one
    own = hands(window(browser, **look))
    own.page.goto(f"{console.url}/enter/{console.code('operator')}")
    assert str(PRACTICES * EACH * len(REASONS)) in own.page.locator(".sentence").inner_text()
    groups = {group["reason"]: group["group"] for group in play.commands.json("dead", "groups")}
    assert own.page.locator(".cause").count() == len(groups) == len(REASONS)

    for practice, _, contact in new_contacts(play):
        link(own, practice, groups["contact_gone"], contact)
    mend_data(play)
    for reason in REASONS:
        assert_goes(play, own, groups[reason], _OVER[look["lang"]], why=f"mended: {reason}")
    play.stage.run()

    assert (set(copies(play).values()), len(copies(play))) == ({1}, len(REASONS) * OF_A_CAUSE)
    own.press("nav a[href='/history']")
    assert own.page.locator("tbody tr", has_text="mended: refused_by_lexware").count() > EACH
    done = Counter(
        (action["action"], action["why"])
        for action in play.commands.json("history")
        if action["action"] != "console.link"
    )
    assert done == {("replay", f"mended: {reason}"): OF_A_CAUSE for reason in REASONS} | {
        ("contact.link", None): PRACTICES
    }


def link(own: Hands, practice: int, group: str, contact: str) -> None:
    """From the cause of one practice to a letter, to its customer, to the new contact."""
    own.press("nav a[href='/letters']")
    own.write("[name=practice]", str(practice))
    own.press("form[action='/letters'] button")
    own.press(f"tr[data-group='{group}'] a")
    own.press("tbody th a")
    own.press("[data-figure=about] a[href*='/customers/']")
    own.write("[name=contact]", contact)
    own.press("form:has([name=contact]) button")
    assert contact in own.page.locator("[data-figure=contact_id]").inner_text()


def assert_goes(play: Scene, own: Hands, group: str, over: str, *, why: str) -> None:
    """All letters of a cause, the canaries first, while poller and worker go on; without JavaScript the page is loaded again."""
    own.press("nav a[href='/letters']")
    own.press(f"tr[data-group='{group}'] a")
    assert own.page.locator("tbody .plan.send").count() == own.page.locator("tbody tr").count() > 0
    own.write("#f-canary-all", str(_CANARIES))
    own.write("#f-why-all", why)
    with at_work(play):
        own.press("form:has([name=until]) button")
        until(lambda: over in shown(own.page), every=0.5)


def shown(page: Any) -> str:
    """What the page says now."""
    if not page.evaluate("() => typeof htmx !== 'undefined'"):  # evaluated by the driver, also where scripts do not run
        page.reload()
    return str(page.locator("main").inner_text())
