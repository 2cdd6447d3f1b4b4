"""Whom in Lexware customers may be: `contact suggest`, the command that shows persons and is recorded."""

import json

import pytest
from contact_desk import ADDRESS, ContactDesk

APP = "https://app.lexware.de/permalink/contacts/view/"
UNKNOWN = "11111111-2222-4333-8444-555555555555"


def test_suggest_shows_equal_and_same_named_contacts(desk: ContactDesk) -> None:
    """For customers with documents and without link: exact matches first, others of the name with what differs."""
    ada = desk.customer(customer_number="K-1")
    desk.practice.invoice(ada)
    elsewhere = desk.contact(addresses={"billing": [ADDRESS | {"street": "Ringstraße 1"}]})
    exact, archived = desk.contact(), desk.contact()
    desk.sandbox.control.act(desk.tenant.id, "archive_contact", contact=archived)
    desk.contact("Johanna", "Beispielsberger")

    [suggestion] = desk.suggest()

    assert (suggestion["customer_id"], suggestion["customer_number"]) == (ada, "K-1")
    assert (suggestion["name"], suggestion["addresses"]) == ("Ada Beispiel", ["Lindenweg 3, 50667 Köln"])
    found = {one["contact_id"]: (one["match"], one["hints"]) for one in suggestion["candidates"]}
    assert found == {
        exact: ("exact", []),
        archived: ("same_name", ["archived"]),
        elsewhere: ("same_name", ["other_address"]),
    }
    assert suggestion["candidates"][0]["contact_id"] == exact
    assert suggestion["candidates"][0]["url"] == APP + exact


def test_three_of_one_name_in_one_house_are_all_shown(desk: ContactDesk) -> None:
    """Nobody guesses: each of them is an exact match, and one that is another customer's is marked."""
    ada = desk.customer()
    desk.practice.invoice(ada)
    contacts = [desk.contact() for _ in range(3)]
    desk.link(desk.customer(), contacts[0])

    [suggestion] = desk.suggest()

    hints = {one["contact_id"]: one["hints"] for one in suggestion["candidates"]}
    assert hints == {contacts[0]: ["linked_to_another"], contacts[1]: [], contacts[2]: []}


@pytest.mark.parametrize("name", ["Meyer & Söhne <GbR>", "100% Praxis_Nord", "Ö"])
def test_odd_names_are_found(desk: ContactDesk, name: str) -> None:
    """The quirks of Lexware's search (wildcards, HTML, short words) hide nobody."""
    desk.practice.invoice(desk.customer(company_name=name))
    body = {"person": None, "company": {"name": name}}
    contact = desk.contact(**body)

    [suggestion] = desk.suggest()

    assert [one["contact_id"] for one in suggestion["candidates"]] == [contact]


def test_only_customers_with_documents_and_without_link_are_looked_for(desk: ContactDesk) -> None:
    """Nobody is searched without need, and one name is searched once."""
    for customer in (desk.customer(), desk.customer(), desk.customer("Bert")):
        desk.practice.invoice(customer)
    linked = desk.customer()
    desk.practice.invoice(linked)
    desk.link(linked, desk.contact())
    desk.customer("Ada", "Niemand")
    desk.practice.invoice(desk.customer("Ada", "Entwurf"), status="draft")
    before = len(desk.sandbox.control.requests(desk.tenant.id))

    assert len(desk.suggest()) == 3
    calls = desk.sandbox.control.requests(desk.tenant.id)[before:]
    assert len(calls) == 1


def test_suggest_is_recorded_and_says_how_to_go_on(desk: ContactDesk) -> None:
    """Persons are shown, so it stands in the history; customers without a candidate are counted."""
    desk.practice.invoice(desk.customer())
    desk.practice.invoice(desk.customer("Bert", "Niemand"))
    contact = desk.contact()

    result = desk.lexrelay("contact", "suggest", "--practice", desk.practice.practice_id, "--by", "Ada")

    assert contact in result.stdout
    assert "Ada Beispiel; Lindenweg 3, 50667 Köln" in result.stdout
    assert "contact link --practice" in result.stdout
    assert "nobody bears in Lexware: 1." in result.stdout
    [action] = desk.actions()
    assert (action["by"], action["practice_id"], action["detail"]) == (
        "Ada",
        desk.practice.practice_id,
        {"customers": 2},
    )


def test_as_processes_in_german(desk: ContactDesk) -> None:
    """The same through real processes: JSON alone on stdout, words in German."""
    customer, contact = desk.customer(), desk.contact()
    desk.practice.invoice(customer)
    of = ("--practice", desk.practice.practice_id)

    _, suggested, _ = desk.lexrelay.process("contact", "suggest", *of, "--json")
    linked = desk.lexrelay.process("contact", "link", *of, "--customer", customer, contact, "--lang", "de")

    assert json.loads(suggested)[0]["candidates"][0]["contact_id"] == contact
    assert linked == (0, f"Der Kunde {customer} ist mit dem Kontakt {contact} verknüpft.\n", "")
