"""Whom in Lexware customers may be: `contact suggest`, the command that shows persons and is recorded."""

import json

import pytest
from contact_linking import ADDRESS, ContactLinking

APP = "https://app.lexware.de/permalink/contacts/view/"
UNKNOWN = "11111111-2222-4333-8444-555555555555"


def test_suggest_shows_equal_and_same_named_contacts(linker: ContactLinking) -> None:
    """For customers with documents and without link: exact matches first, others of the name with what differs."""
    ada = linker.customer(customer_number="K-1")
    linker.practice.invoice(ada)
    elsewhere = linker.contact(addresses={"billing": [ADDRESS | {"street": "Ringstraße 1"}]})
    exact, archived = linker.contact(), linker.contact()
    linker.sandbox.control.act(linker.tenant.id, "archive_contact", contact=archived)
    linker.contact("Johanna", "Beispielsberger")

    [suggestion] = linker.suggest()

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


def test_three_of_one_name_in_one_house_are_all_shown(linker: ContactLinking) -> None:
    """Nobody guesses: each of them is an exact match, and one that is another customer's is marked."""
    ada = linker.customer()
    linker.practice.invoice(ada)
    contacts = [linker.contact() for _ in range(3)]
    linker.link(linker.customer(), contacts[0])

    [suggestion] = linker.suggest()

    hints = {one["contact_id"]: one["hints"] for one in suggestion["candidates"]}
    assert hints == {contacts[0]: ["linked_to_another"], contacts[1]: [], contacts[2]: []}


@pytest.mark.parametrize("name", ["Meyer & Söhne <GbR>", "100% Praxis_Nord", "Ö"])
def test_odd_names_are_found(linker: ContactLinking, name: str) -> None:
    """The quirks of Lexware's search (wildcards, HTML, short words) hide nobody."""
    linker.practice.invoice(linker.customer(company_name=name))
    body = {"person": None, "company": {"name": name}}
    contact = linker.contact(**body)

    [suggestion] = linker.suggest()

    assert [one["contact_id"] for one in suggestion["candidates"]] == [contact]


def test_only_customers_with_documents_and_without_link_are_looked_for(linker: ContactLinking) -> None:
    """Nobody is searched without need, and one name is searched once."""
    for customer in (linker.customer(), linker.customer(), linker.customer("Bert")):
        linker.practice.invoice(customer)
    linked = linker.customer()
    linker.practice.invoice(linked)
    linker.link(linked, linker.contact())
    linker.customer("Ada", "Niemand")
    linker.practice.invoice(linker.customer("Ada", "Entwurf"), status="draft")
    before = len(linker.sandbox.control.requests(linker.tenant.id))

    assert len(linker.suggest()) == 3
    calls = linker.sandbox.control.requests(linker.tenant.id)[before:]
    assert len(calls) == 1


def test_suggest_is_recorded_and_says_how_to_go_on(linker: ContactLinking) -> None:
    """Persons are shown, so it stands in the history; customers without a candidate are counted."""
    linker.practice.invoice(linker.customer())
    linker.practice.invoice(linker.customer("Bert", "Niemand"))
    contact = linker.contact()

    result = linker.lexrelay("contact", "suggest", "--practice", linker.practice.practice_id, "--by", "Ada")

    assert contact in result.stdout
    assert "Ada Beispiel; Lindenweg 3, 50667 Köln" in result.stdout
    assert "contact link --practice" in result.stdout
    assert "nobody bears in Lexware: 1." in result.stdout
    [action] = linker.actions()
    assert (action["by"], action["practice_id"], action["detail"]) == (
        "Ada",
        linker.practice.practice_id,
        {"customers": 2},
    )


@pytest.mark.proof
def test_as_processes_in_german(linker: ContactLinking) -> None:
    """The same through real processes: JSON alone on stdout, words in German."""
    customer, contact = linker.customer(), linker.contact()
    linker.practice.invoice(customer)
    of = ("--practice", linker.practice.practice_id)

    _, suggested, _ = linker.lexrelay.process("contact", "suggest", *of, "--json")
    linked = linker.lexrelay.process("contact", "link", *of, "--customer", customer, contact, "--lang", "de")

    assert json.loads(suggested)[0]["candidates"][0]["contact_id"] == contact
    assert linked == (0, f"Der Kunde {customer} ist mit dem Kontakt {contact} verknüpft.\n", "")
