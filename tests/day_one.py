"""The first day of a practice, told with somebody's hands: from nothing to its first invoice, seen as a draft."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import practice
import psycopg
from browser import Pages, pages
from hands import Hands
from stage import Stage, stage
from watching import Watcher


@dataclass(frozen=True)
class NewPractice:
    """A practice that has never heard of lexrelay, its company in Lexware, a contact there, and the console."""

    stage: Stage
    pages: Pages
    customer: int
    contact: str


@contextmanager
def new_practice(db: psycopg.Connection[Any], database_url: str) -> Iterator[NewPractice]:
    """All of it; one invoice was completed before."""
    with stage(db, database_url) as one, pages(database_url, one.sandbox.url) as console:
        one.practice, one.tenant = practice.Practice(db), one.control.add_organisation(tax_type="vatfree")
        customer = one.practice.customer(last_name="Beispiel")
        one.practice.invoice(customer)
        person = {"version": 0, "roles": {"customer": {}}, "person": {"lastName": "Beispiel"}}
        contact = one.control.act(one.tenant.id, "create_contact", body=person)["id"]
        yield NewPractice(one, console, customer, contact)


def set_up(new: NewPractice, hands: Hands) -> None:
    """Order, key, agreement, box, the last invoice as it would leave, and a contact by its pasted address."""
    page = hands.page
    page.goto(f"{new.pages.url}/enter/{new.pages.code('practice', new.stage.practice.practice_id)}")
    hands.write("[name=trial_until]", datetime.now(UTC).date() + timedelta(60))
    hands.press("#order button")
    hands.write("[name=api_key]", new.stage.tenant.key)
    hands.press("#key button")
    hands.tick("[name=transfer]")
    hands.write("[name=avv_date]", date(2026, 11, 1))
    hands.press("#transfer button")
    assert page.locator(".steps .missing").count() == 0
    hands.press("#preview button")
    assert "85" in page.locator(".preview").inner_text()
    hands.press(".steps a[href$='/customers']")
    hands.press(f"tr[data-customer='{new.customer}'] a")
    hands.write("[name=contact]", f"https://app.lexware.de/permalink/contacts/view/{new.contact}")
    hands.press("form:has([name=contact]) button")
    assert new.contact in page.locator("[data-figure=contact_id]").inner_text()


def first_invoice(new: NewPractice, hands: Hands) -> str:
    """The practice completes an invoice; what its line among the documents says once Lexware was read."""
    new.stage.practice.invoice(new.customer)
    new.stage.run()
    watcher = Watcher(new.stage)
    watcher.run("sweep")
    watcher.close()
    hands.press("nav a[href$='/documents']")
    [line] = hands.page.locator("tbody tr").all()
    assert line.locator("a[href*='/invoices/']").count() == 1
    return str(line.inner_text())
