"""The practice's pages, by forms only: order, key, agreement, box, contacts, the last invoice; each in the history."""

import json
import re
from html import unescape

import practice
import psycopg
import pytest
from browser import Browser, House, Pages, pages
from commands import Commands
from stage import Stage

from worker.lab.sandbox.server import Sandbox


@pytest.fixture(name="fresh")
def _fresh(db: psycopg.Connection, database_url: str):
    """A practice that has never heard of lexrelay, an organisation in Lexware, and a browser of the practice."""
    with Sandbox() as sandbox, pages(database_url, sandbox.url) as one:
        sandbox.control.set_switches(rate_per_second=0)
        host = practice.Practice(db)
        tenant = sandbox.control.add_organisation(tax_type="vatfree")
        browser = one.browser("practice", host.practice_id)
        yield host, tenant, browser, Commands(database_url, sandbox), sandbox


def test_a_practice_sets_itself_up(fresh) -> None:
    """In the order that the page proposes; the commands tell the same afterwards, and who did it."""
    host, tenant, browser, run, _ = fresh
    own = f"/practices/{host.practice_id}"
    assert len(re.findall('class="missing"', browser.get(own).text)) == 4

    assert "6.00 EUR net a month" in browser.get(own).text
    assert "is ordered" in browser.follow(own, billing="yearly", trial_until="2027-03-31", decline_by="2027-03-15")
    connected = browser.follow(own, api_key=tenant.key)
    assert "Connected with" in connected
    assert tenant.key not in connected
    assert "switched on" in browser.follow(
        own, transfer="on", avv_date="2026-11-01", lines="itemised", match_contacts="never"
    )

    page = browser.get(own).text
    assert "The transfer runs." in page
    assert 'class="missing"' not in page
    told = run.json("practice", "show", "--practice", host.practice_id)
    assert (told["connection"], told["lines"], told["matching"]) == ("active", "itemised", "never")
    assert (told["booking"]["billing"], told["booking"]["trial_until"]) == ("yearly", "2027-03-31")
    done = [(one["action"], one["by"]) for one in reversed(run.json("history"))]
    steps = ["practice.book", "practice.connect", "practice.enable"]
    assert done == [("console.link", "Kim Beispiel"), *((step, "Kim Beispiel") for step in steps)]


def test_nobody_is_told_to_pay_for_what_is_included(fresh) -> None:
    """The button of an order says what it costs: nothing more where the plan has it."""
    host, _tenant, browser, *_ = fresh
    own = f"/practices/{host.practice_id}"
    assert "Order with obligation to pay" in browser.get(own).text

    host.db.execute("update practice.practices set plan = 'team'")

    page = browser.get(own).text
    assert "Included in the plan TEAM." in page
    assert "Order with obligation to pay" not in page


def test_the_box_switches_off_too(fresh) -> None:
    """A form without the box is one whose box was cleared."""
    host, _tenant, browser, run, _ = fresh
    own = f"/practices/{host.practice_id}"
    browser.follow(own, transfer="on", avv_date="2026-11-01")
    browser.follow(own, avv_date="2026-11-01", lines="neutral", match_contacts="exact")

    assert run.json("practice", "show", "--practice", host.practice_id)["connection"] != "active"
    assert run.json("history")[0]["action"] == "practice.disable"


#: What is sent, the status of the answer, and a piece of what it says.
_REFUSED: list[tuple[dict[str, str], int, str]] = [
    ({"transfer": "on"}, 409, "processing agreement"),
    ({"transfer": "on", "avv_date": "yesterday"}, 400, "avv_date"),
    ({"transfer": "on", "avv_date": "2026-11-01", "lines": "all"}, 400, "lines"),
    ({"api_key": "no-such-key"}, 409, "key"),
    ({"api_key": ""}, 409, "key"),
    ({"billing": "monthly", "decline_by": "2026-12-01"}, 409, "trial"),
    ({"unbook": "1"}, 409, "ordered nothing"),
    ({"pause": "1"}, 409, "Only whoever runs lexrelay"),
]


def test_what_cannot_be_done_is_said_on_the_same_page(fresh) -> None:
    """And nothing has changed."""
    host, _tenant, browser, run, _ = fresh

    for fields, status, why in _REFUSED:
        sent = browser.post(f"/practices/{host.practice_id}", **fields)
        assert (sent.status_code, why in unescape(sent.text), "<h1>" in sent.text) == (status, True, True), fields
    assert [one["action"] for one in run.json("history")] == ["console.link"]


def test_a_contact_is_linked_by_its_pasted_address(stage: Stage, pages: Pages) -> None:
    """With the concerns of the command, and `force` to overrule them; then the link can be ended."""
    customer = stage.practice.customer(last_name="Beispiel")
    own = f"/practices/{stage.practice.practice_id}/customers/{customer}"
    browser = pages.browser("practice", stage.practice.practice_id)
    body = {"version": 0, "roles": {"customer": {}}, "person": {"lastName": "Muster"}}
    contact = stage.control.act(stage.tenant.id, "create_contact", body=body)["id"]
    address = f"https://app.lexware.de/permalink/contacts/view/{contact}"

    refused = browser.post(own, contact=address)
    assert refused.status_code == 409
    assert "name" in unescape(refused.text)
    assert contact in browser.follow(own, contact=address, force="on")
    assert stage.db.execute("select contact_id::text, linked_by from lexware.contact_link").fetchall() == [
        (contact, "Kim Beispiel")
    ]
    assert "Not linked" in browser.follow(own, unlink="1")


def test_suggestions_are_confirmed_by_a_tick(stage: Stage, pages: Pages) -> None:
    """Nothing is linked that was not ticked."""
    stage.practice.invoice(stage.practice.customer(first_name="Ada", last_name="Lindner"))
    body = {"version": 0, "roles": {"customer": {}}, "person": {"firstName": "Ada", "lastName": "Lindner"}}
    contact = stage.control.act(stage.tenant.id, "create_contact", body=body)["id"]
    own = f"/practices/{stage.practice.practice_id}/customers"
    browser = pages.browser("practice", stage.practice.practice_id)

    found = browser.post(own, suggest="1")
    pick = re.search(r'name="pick" value="(\d+:[0-9a-f-]+)"', found.text)
    assert pick[1].endswith(contact)
    assert stage.db.execute("select count(*) from lexware.contact_link").fetchone() == (0,)
    assert contact in browser.follow(own, pick=pick[1])
    assert stage.db.execute("select contact_id::text from lexware.contact_link").fetchall() == [(contact,)]
    done = stage.db.execute("select by, detail from outbox.operator_action where action = 'contact.suggest'").fetchall()
    assert done == [("Kim Beispiel", {"customers": 1})]


def test_the_last_invoice_is_shown_as_it_would_leave(stage: Stage, pages: Pages) -> None:
    """What the command shows, recorded under the practice's name."""
    stage.practice.invoice(stage.practice.customer(last_name="Beispiel"))
    own = f"/practices/{stage.practice.practice_id}"
    shown = pages.browser("practice", stage.practice.practice_id).post(own, preview="1")

    assert shown.status_code == 200
    assert "Line 1, name" in shown.text
    assert "Total here 85.00 EUR, in Lexware 85.00 EUR" in shown.text
    assert stage.db.execute("select action, by from outbox.operator_action order by 1 desc").fetchone() == (
        "preview",
        "Kim Beispiel",
    )


def names_on(browser: Browser, paths: list[str], secrets: tuple[str, ...]) -> list[tuple[str, str]]:
    """Which of the secrets stand on which page."""
    return [(path, secret) for path in paths for secret in secrets if secret in browser.get(path).text]


def test_persons_appear_to_their_practice_and_after_a_reveal_only(house: House) -> None:
    """An operator sees ids; what he reveals is recorded; diagnosis and birth date appear to nobody."""
    secrets = ("Geheimrat", "F32.1", "1980-02-01", "M123456789")
    customer = house.practice.customer(last_name="Geheimrat", birth_date="1980-02-01", insurance_number="M123456789")
    house.practice.invoice(customer, diagnosis="F32.1")
    event = house.db.execute("select max(event_id) from outbox.event").fetchone()[0]
    paths = [house.own, f"{house.own}/customers", f"{house.own}/customers/{customer}", f"{house.own}/documents"]
    staff = ["/", "/letters", "/documents", f"/documents/{event}", "/practices", "/history", "/system"]
    operator, own = house.pages.browser("operator"), house.pages.browser("practice", house.practice.practice_id)

    assert names_on(operator, paths + staff, secrets) == []
    assert names_on(house.pages.browser("viewer"), paths + staff, secrets) == []
    assert {secret for _, secret in names_on(own, paths, secrets)} == {"Geheimrat"}
    house.db.execute("truncate outbox.operator_action")

    for path in (f"{house.own}/customers", f"{house.own}/customers/{customer}", f"/documents/{event}"):
        assert "Geheimrat" in operator.post(path, reveal="1", why="call back").text
    assert (
        house.db.execute("select by, action, why from outbox.operator_action").fetchall()
        == [("Kim Beispiel", "reveal", "call back")] * 3
    )
    assert json.dumps(house.db.execute("select detail from outbox.operator_action").fetchall()).count("Geheimrat") == 0


def test_a_viewer_is_offered_nothing_to_change(house: House) -> None:
    """And would be refused."""
    viewer = house.pages.browser("viewer")

    for path in (house.own, f"{house.own}/customers", "/letters"):
        assert '<button name="replay"' not in viewer.get(path).text
        assert "<button>Save" not in viewer.get(path).text or "<fieldset disabled" in viewer.get(path).text


def test_a_name_is_sought_without_standing_in_an_address(house: House) -> None:
    """By the practice, page by page; others seek by numbers only."""
    for _ in range(60):
        house.practice.customer(last_name="Suchmann")
    path, own = f"{house.own}/customers", house.pages.browser("practice", house.practice.practice_id)

    first = own.post(path, q="Suchm").text
    after = re.search(r'name="after" value="(\d+)"', first)[1]
    rest = own.post(path, q="Suchm", after=after).text
    found = [re.findall(r'data-customer="(\d+)"', page) for page in (first, rest)]
    assert (list(map(len, found)), len({*found[0], *found[1]})) == ([50, 10], 60)
    assert 'href="' in first
    assert not re.search(r'(?:href|action)="[^"]*Suchm', first)
    assert "data-customer" not in own.get(f"{path}?q=Suchm").text
    assert house.pages.browser("operator").post(path, q="Suchm").status_code == 400


def test_pages_are_turned_by_keys(house: House) -> None:
    """No customer is missing and none comes twice; a new one in between shifts nothing."""
    for _ in range(120):
        house.practice.customer()
    own = house.pages.browser("practice", house.practice.practice_id)
    path, seen = f"{house.own}/customers", []
    while path:
        page = own.get(path).text
        seen += [int(found) for found in re.findall(r'data-customer="(\d+)"', page)]
        more = re.search(r'class="more" href="([^"]+)"', page)
        path = unescape(more[1]) if more else ""

    everyone = [row[0] for row in house.db.execute("select id from practice.customers order by id")]
    assert seen == everyone


def test_a_month_is_proven_read_kept_and_signed(stage: Stage, pages: Pages, database_url: str) -> None:
    """The same bytes as the command gives; signed in the name of whoever is there."""
    stage.practice.invoice(stage.practice.customer())
    stage.run()
    own = f"/practices/{stage.practice.practice_id}/reports"
    browser, run = pages.browser("practice", stage.practice.practice_id), Commands(database_url, stage.sandbox)
    assert "There is no report of November 2026 yet" in browser.get(f"{own}?month=2026-11").text

    page = browser.follow(own, month="2026-11", make="1")
    kept = browser.get(f"{own}?month=2026-11&format=json")
    told = run(
        "report",
        "--practice",
        stage.practice.practice_id,
        "--month",
        "2026-11",
        "--json",
        exits=0 if "COMPLETE:" in page else 1,
    )
    assert kept.text == told.stdout
    assert "attachment" in kept.headers["content-disposition"]
    assert json.loads(kept.text)["sha256"] in page
    assert "Kim Beispiel" in browser.follow(own, month="2026-11", sign="1")
    assert browser.post(own, month="2026-11", sign="1").status_code == 409
    assert browser.post(own, month="soon", make="1").status_code == 400
    assert next(one["action"] for one in run.json("history")) == "report.sign"
