"""The smaller forms of a practice: a new wording confirmed as it was shown, a first invoice date, a customer forgotten."""

import re
from datetime import date
from html import unescape

import pytest
from browser import Pages
from commands import Commands
from practice import Practice
from stage import Stage

NEW = "Befreit nach Bescheid unseres Finanzamts"


@pytest.fixture(name="run")
def _run(stage: Stage, database_url: str) -> Commands:
    return Commands(database_url, stage.sandbox)


def hidden(page: str, name: str) -> str:
    """The value of a field, or of a button."""
    return unescape(re.search(rf'name="{name}"[^>]*? value="([^"]*)"', page)[1])


def test_a_wording_is_confirmed_for_all_that_wait(stage: Stage, pages: Pages, run: Commands) -> None:
    """The practice reads it and presses once; what was shown is what is confirmed, and the history has who."""
    for note in (NEW, NEW.upper()):
        stage.practice.invoice(stage.practice.customer(), exemption_note=note)
    stage.run()
    own, browser = f"/practices/{stage.practice.practice_id}", pages.browser("practice", stage.practice.practice_id)
    page = browser.get(own).text
    assert NEW in page
    assert "send 2 documents" in page
    assert NEW not in pages.browser("viewer").get(own).text
    told = {name: hidden(page, name) for name in ("confirm_note", "wording")}

    stage.db.execute("update practice.invoices set exemption_note = 'Befreit, wie beredet' where number like '%%0001'")
    refused = browser.post(own, **told)
    assert (refused.status_code, "another wording" in refused.text) == (409, True)
    stage.db.execute("update practice.invoices set exemption_note = %s where number like '%%0001'", (NEW,))
    assert "On the way again" in browser.follow(own, **told)
    stage.run()

    assert stage.db.execute("select distinct state from outbox.event").fetchall() == [("delivered",)]
    assert {(one["action"], one["by"]) for one in run.json("history")} >= {("practice.confirm_note", "Kim Beispiel")}
    assert 'id="notes"' not in browser.get(own).text


def test_it_begins_with_a_date(stage: Stage, pages: Pages, run: Commands) -> None:
    """As `practice enable --from` has it: documents dated before it stay, and a day before the order is refused."""
    run("practice", "disable", "--practice", 1)
    stage.db.execute(
        "insert into lexware.booking (practice_id, billing, ordered_on, ordered_by) values (1, 'monthly', current_date, 'test')"
    )
    browser, day = pages.browser("practice", 1), date(2099, 12, 31)

    early = browser.post("/practices/1", transfer="on", **{"from": "2020-01-01"})
    assert (early.status_code, "before" in early.text) == (409, True)
    assert day.isoformat() in browser.follow("/practices/1", transfer="on", **{"from": day.isoformat()})
    assert stage.db.execute("select max(first_invoice_date) from outbox.lane_period").fetchone() == (day,)
    assert run.json("history")[0]["detail"]["from"] == day.isoformat()


@pytest.mark.parametrize("erased", [False, True])
def test_a_customer_is_forgotten(stage: Stage, pages: Pages, run: Commands, erased: bool) -> None:
    """What is left to do in Lexware is said; the hash is gone; also of one whom the host has erased already."""
    customer = stage.practice.customer()
    stage.practice.invoice(customer)
    own, browser = "/practices/1/customers", pages.browser("practice", 1)
    assert browser.post(own, forget=str(customer)).status_code == 409  # its document is on the way
    stage.run()
    if erased:
        stage.db.execute("set session_replication_role = replica")
        stage.db.execute("delete from practice.customers where id = %s", (customer,))
    else:
        assert hidden(browser.get(f"{own}/{customer}").text, "forget") == str(customer)

    said = browser.follow(own, forget=str(customer), why="asked by letter")
    assert f"Of customer {customer} only ids are left" in said
    assert "archive the contact" in said
    assert stage.db.execute("select count(*) from outbox.intent where sent_with ? 'payer_hash'").fetchone() == (0,)
    done = run.json("history")[0]
    assert (done["action"], done["by"], done["why"]) == ("contact.forget", "Kim Beispiel", "asked by letter")
    assert browser.post(own, forget="").status_code == 400


def test_on_its_own_page_a_practice_reaches_nothing_of_another(stage: Stage, pages: Pages) -> None:
    """Neither its customers nor the letters that wait for a wording there: an id of somebody else's is none."""
    customer = stage.practice.customer()
    stage.practice.invoice(customer, exemption_note=NEW)
    stage.practice.invoice(customer)
    stage.run()
    theirs = pages.browser("practice", stage.practice.practice_id).get(f"/practices/{stage.practice.practice_id}").text
    told = {name: hidden(theirs, name) for name in ("confirm_note", "wording")}
    other = Practice(stage.db, name="Praxis Nebenan").practice_id
    own, browser = f"/practices/{other}", pages.browser("practice", other)
    contact = stage.control.act(
        stage.tenant.id, "create_contact", body={"version": 0, "roles": {"customer": {}}, "person": {"lastName": "X"}}
    )["id"]

    assert NEW not in browser.get(own).text
    assert browser.post(own, **told).status_code == 409
    assert browser.get(f"{own}/customers/{customer}").status_code == 404
    assert browser.post(f"{own}/customers/{customer}", contact=contact, force="on").status_code in (404, 409)
    browser.post(f"{own}/customers", forget=str(customer))

    assert stage.db.execute("select count(*) from outbox.intent where sent_with ? 'payer_hash'").fetchone() > (0,)
    assert stage.db.execute(
        "select count(*) from lexware.contact_link where linked_by = 'Kim Beispiel'"
    ).fetchone() == (0,)
    assert stage.db.execute("select distinct state from outbox.event where reason = 'new_note'").fetchall() == [
        ("dead",)
    ]
