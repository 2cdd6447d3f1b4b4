"""The console in a real Chromium: both stories by clicks, in both languages, wide and narrow, without JavaScript, by keyboard;
and an accessibility engine (axe-core) that finds nothing serious on any page.

Needs a Chromium on the machine (`.ci/run` installs Debian's); where there is none, these tests say so and are left out.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import practice
import psycopg
import pytest
from browser import Pages, pages
from polling import until
from stage import Stage, stage

from worker.lab.sandbox.server import Sandbox

playwright = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no Chromium on this machine: install Debian's `chromium`"
)
AXE = (Path(__file__).parents[1] / "axe" / "axe.min.js").read_text(encoding="utf-8")
WIDE, NARROW = 1280, 390


@pytest.fixture(scope="module", name="chromium")
def _chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        options = ["--no-sandbox", "--no-proxy-server", "--disable-dev-shm-usage"]
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


def window(chromium: Any, *, lang: str = "de", width: int = WIDE, script: bool = True) -> Any:
    """A page of a browser of its own; whatever goes wrong in its scripts is an error of the test."""
    locale = "de-DE" if lang == "de" else "en-GB"
    of = {"locale": locale, "viewport": {"width": width, "height": 900}, "java_script_enabled": script}
    page = chromium.new_context(**of).new_page()
    page.set_default_timeout(30_000)
    return page


def serious(page: Any) -> list[str]:
    """What axe finds on the page that keeps people out."""
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    bad = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{page.url}: {one['id']} {[node['html'][:120] for node in one['nodes'][:3]]}" for one in bad]


def overflows(page: Any) -> bool:
    """Whether the page must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize(
    ("lang", "width", "script"),
    [
        pytest.param("de", WIDE, True, id="German"),
        pytest.param("en", NARROW, True, id="English and narrow", marks=pytest.mark.proof),
        pytest.param("de", NARROW, False, id="without JavaScript", marks=pytest.mark.proof),
    ],
)
def test_a_practice_sets_itself_up_by_clicks(
    chromium, db: psycopg.Connection, database_url: str, lang, width, script
) -> None:
    """Order, key, agreement and box, contact by pasted address, the last invoice seen as it would leave."""
    with Sandbox() as sandbox, pages(database_url, sandbox.url) as console:
        sandbox.control.set_switches(rate_per_second=0)
        host, tenant = practice.Practice(db), sandbox.control.add_organisation(tax_type="vatfree")
        customer = host.customer(last_name="Beispiel")
        host.invoice(customer)
        person = {"version": 0, "roles": {"customer": {}}, "person": {"lastName": "Beispiel"}}
        contact = sandbox.control.act(tenant.id, "create_contact", body=person)["id"]
        page = window(chromium, lang=lang, width=width, script=script)
        page.goto(f"{console.url}/enter/{console.code('practice', host.practice_id)}")

        page.fill("[name=trial_until]", "2027-03-31")
        page.click("#order button")
        page.fill("[name=api_key]", tenant.key)
        page.click("#key button")
        page.check("[name=transfer]")
        page.fill("[name=avv_date]", "2026-11-01")
        page.click("#transfer button")
        assert page.locator(".steps .missing").count() == 0
        page.click("#preview button")
        assert ("85,00" if lang == "de" else "85.00") in page.locator(".preview").inner_text()
        page.click(".steps a[href$='/customers']")
        page.click(f"tr[data-customer='{customer}'] a")
        page.fill("[name=contact]", f"https://app.lexware.de/permalink/contacts/view/{contact}")
        page.click("form:has([name=contact]) button")
        assert contact in page.locator("main").inner_text()
        assert not overflows(page)

    enabled = db.execute("select enabled, connected from outbox.lane").fetchone()
    links = db.execute("select contact_id::text from lexware.contact_link where unlinked_at is null").fetchall()
    assert (enabled, links) == ((True, True), [(contact,)])


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


def test_an_operator_has_a_morning_by_clicks(chromium, troubled: tuple[Stage, Pages]) -> None:
    """Find the cause, repair it, canary first, the rest follows, and it stands in the history."""
    one, console = troubled
    page = window(chromium)
    page.goto(f"{console.url}/enter/{console.code('operator')}")
    page.click(".cause a")
    one.db.execute("update practice.invoices set exemption_note = 'Umsatzsteuerfrei nach § 4 Nr. 14 UStG'")
    page.fill("#f-why-all", "Hinweis nachgetragen")
    page.click("form:has([name=until]) button")

    until(lambda: one.turn() >= 0 and "Sie ist zu Ende" in page.locator("main").inner_text(), every=0.1)  # by itself
    one.run()
    page.click("nav a[href='/history']")
    assert page.locator("tbody tr", has_text="Hinweis nachgetragen").count() == 5


@pytest.mark.proof
def test_a_cause_is_replayed_by_keyboard_alone(chromium, troubled: tuple[Stage, Pages]) -> None:
    """From the link to skip the frame on, everything is reached by Tab and done by Space and Enter."""
    one, console = troubled
    page = window(chromium, lang="en")
    page.goto(f"{console.url}/enter/{console.code('operator')}")

    def tab_to(selector: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("chosen => document.activeElement.matches(chosen)", selector):
                return
        raise AssertionError(selector)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skips the frame
    tab_to(".cause a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/letters?group=*")
    tab_to("[name=events]")
    page.keyboard.press("Space")
    tab_to("button[name=replay]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/letters?job=*")

    assert one.db.execute("select count(*) from outbox.event where state = 'pending'").fetchone() == (1,)


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.proof)])
def test_nothing_keeps_anybody_out(chromium, troubled: tuple[Stage, Pages], scheme: str) -> None:
    """No page of anybody has a serious finding, wide or narrow, and none must be scrolled sideways."""
    one, console = troubled
    own = f"/practices/{one.practice.practice_id}"
    event = one.db.execute("select event_id from outbox.event where state = 'dead' limit 1").fetchone()[0]
    group = one.db.execute("select outbox.cause_group(e) from outbox.event e where state = 'dead' limit 1").fetchone()[
        0
    ]
    staff = [
        "/",
        "/letters",
        f"/letters?group={group}",
        "/documents",
        f"/documents/{event}",
        "/practices",
        "/history",
        "/system",
    ]
    practices = [own, f"{own}/customers", f"{own}/customers/1", f"{own}/documents"]
    found = []

    for role, of, paths in (("operator", None, staff + practices), ("practice", one.practice.practice_id, practices)):
        page = window(chromium, width=WIDE if scheme == "light" else NARROW)
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{console.url}/enter/{console.code(role, of)}")
        for path in paths:
            page.goto(console.url + path)
            found += serious(page) + ([f"{path} overflows"] if overflows(page) else [])
    page.goto(f"{console.url}/nowhere")
    found += serious(page)

    assert found == []
