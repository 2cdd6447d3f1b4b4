"""The console in a real Chromium: both stories in short, and an accessibility engine (axe-core) that finds nothing serious.

Both stories at full length, in every language and width, stand in `test_console_stories.py`. Where no Chromium is (`.ci/run`
installs Debian's), these tests say so and are left out.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import chromium
import psycopg
import pytest
from addresses import every_page, places
from browser import Pages, pages
from chosen import proofs_of
from chromium import NARROW, WIDE, overflows, serious, window
from day_one import first_invoice, new_practice, set_up
from furnished import Furnished
from hands import Mouse
from polling import until
from stage import Stage, stage

pytestmark = pytest.mark.skipif(chromium.MISSING is not None, reason=str(chromium.MISSING))


#: The headings of tables that are wider than the place they have.
_MOVED = "[...document.querySelectorAll('.wide')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText.slice(0, 60))"


@pytest.fixture(scope="module", name="browser")
def _browser() -> Iterator[Any]:
    with chromium.started() as one:
        yield one


def test_a_practice_sets_itself_up_by_clicks(browser, db: psycopg.Connection, database_url: str) -> None:
    """In German, until its first invoice is seen as a draft."""
    with new_practice(db, database_url) as new:
        mouse = Mouse(window(browser))
        set_up(new, mouse)
        assert "Entwurf" in first_invoice(new, mouse)
        assert not overflows(mouse.page)


@pytest.fixture(name="troubled")
def _troubled(db: psycopg.Connection, database_url: str) -> Iterator[tuple[Stage, Pages]]:
    """A practice with letters of two causes, and its console."""
    with stage(db, database_url) as one, pages(database_url, one.sandbox.url) as console:
        customer = one.practice.customer()
        for _ in range(5):
            one.practice.invoice(customer, exemption_note=None)
        one.practice.invoice(customer, [], total=0)
        one.practice.invoice(customer)
        one.run()
        yield one, console


def test_an_operator_has_a_morning_by_clicks(browser, troubled: tuple[Stage, Pages]) -> None:
    """Find the cause, repair it, canary first, the rest follows by itself, and it stands in the history."""
    one, console = troubled
    page = window(browser)
    page.goto(f"{console.url}/enter/{console.code('operator')}")
    page.click(".cause a")
    one.db.execute("update practice.invoices set exemption_note = 'Umsatzsteuerfrei nach § 4 Nr. 14 UStG'")
    page.fill("#f-why-all", "Hinweis nachgetragen")
    page.click("form:has([name=until]) button")

    until(lambda: one.turn() >= 0 and "Sie ist zu Ende" in page.locator("main").inner_text(), every=0.1)
    one.run()
    page.click("nav a[href='/history']")
    until(lambda: page.locator("tbody tr", has_text="Hinweis nachgetragen").count() == 5, every=0.1)


def faults(browser: Any, house: Furnished, role: str, addresses: list[str], **look: Any) -> list[str]:
    """What keeps somebody out of these pages, or makes them scroll sideways."""
    page, found = window(browser, **look), []
    page.goto(f"{house.pages.url}/enter/{house.pages.code(role, house.own if role == 'practice' else None)}")
    for address in [*addresses, "/nowhere"]:
        page.goto(house.pages.url + address)
        found += serious(page) + ([f"{address} overflows"] if overflows(page) else [])
    return found


def test_nothing_keeps_anybody_out(browser, furnished_house: Furnished) -> None:
    """No page has a serious finding, and none must be scrolled sideways."""
    assert (
        faults(
            browser,
            furnished_house,
            "operator",
            list(every_page(places(furnished_house.stage.db, furnished_house.own)).values()),
        )
        == []
    )


def test_on_a_phone_no_table_is_moved_sideways(browser, furnished_house: Furnished) -> None:
    """What stands in its last column is read like what stands in its first."""
    house, found = furnished_house, []
    for role in ("operator", "practice"):
        page = window(browser, width=NARROW)
        page.goto(f"{house.pages.url}/enter/{house.pages.code(role, house.own if role == 'practice' else None)}")
        for address in house.addresses(role):
            page.goto(house.pages.url + address)
            found += [f"{role} {address}: {table}" for table in page.evaluate(_MOVED)]

    assert found == []


_LOOKS = [
    pytest.param(*look, id="-".join(map(str, look)))
    for look in product(("operator", "viewer", "practice"), ("de", "en"), (WIDE, NARROW), ("light", "dark"))
]


@pytest.mark.parametrize(("role", "lang", "width", "scheme"), proofs_of(_LOOKS, every=5))
def test_nothing_keeps_anybody_out_however_it_is_looked_at(
    browser, furnished_house: Furnished, role, lang, width, scheme
) -> None:
    """Whatever a page can show, to whom it may: in both languages, wide and narrow, light and dark."""
    assert (
        faults(browser, furnished_house, role, furnished_house.addresses(role), lang=lang, width=width, scheme=scheme)
        == []
    )
