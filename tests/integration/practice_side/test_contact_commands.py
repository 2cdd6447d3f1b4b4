"""The "Lex Office Kontakt ID" by commands: link, unlink, list."""

import json
import re
from typing import Any

import pytest
from contact_linking import ContactLinking
from practice import Practice

APP = "https://app.lexware.de/permalink/contacts/view/"
UNKNOWN = "11111111-2222-4333-8444-555555555555"


def test_link_by_id_address_and_number(linker: ContactLinking) -> None:
    """The id, the address of the page, old or new, and Lexware's customer number all mean the contact."""
    contact = linker.contact()
    number = linker.sandbox.control.contacts(linker.tenant.id)[0]["body"]["roles"]["customer"]["number"]
    values = [
        contact,
        f" {contact.upper()} ",
        APP + contact,
        f"https://app.lexoffice.de/master-data/#/contacts/{contact}",
    ]

    for value in [*values, number]:
        customer = linker.customer()
        said = linker.link(customer, value, "--force")

        assert f"Customer {customer} is linked to contact {contact}." in said
        assert linker.links()[customer] == contact


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param("", "is empty", id="nothing"),
        pytest.param("Beispiel", "neither an id", id="text"),
        pytest.param(f"{APP}{UNKNOWN} {APP}{UNKNOWN[:-1]}6", "several contacts", id="two addresses"),
        pytest.param("ada@beispiel.de", "an e-mail address", id="e-mail"),
        pytest.param("https://example.org/contacts/1", "does not lead to Lexware", id="other host"),
        pytest.param("https://app.lexware.de/settings", "not a contact's", id="other page"),
        pytest.param("https://app.lexware.de/contacts", "list of contacts", id="list"),
        pytest.param(f"https://app.lexware.de/permalink/invoices/view/{UNKNOWN}", "an invoice's page", id="invoice"),
        pytest.param(f"https://app.lexware.de/permalink/credit-notes/view/{UNKNOWN}", "credit note", id="credit note"),
        pytest.param(f"https://app.lexware.de/permalink/vouchers/view/{UNKNOWN}", "voucher", id="voucher"),
        pytest.param(UNKNOWN, f"no contact {UNKNOWN}", id="unknown id"),
        pytest.param("99999", "no customer of number 99999", id="unknown number"),
    ],
)
def test_what_is_no_contact_is_told(linker: ContactLinking, value: str, words: str) -> None:
    """Each wrong kind of value is a sentence that says what is needed; force does not help."""
    customer = linker.customer()

    assert words in linker.link(customer, value, exits=1)
    assert words in linker.link(customer, value, "--force", exits=1)
    assert linker.links() == {}


def test_archived_and_supplier_only_are_never_linked(linker: ContactLinking) -> None:
    """Lexware would refuse documents for them; force does not help."""
    archived, supplier = linker.contact(), linker.contact(roles={"vendor": {}})
    linker.sandbox.control.act(linker.tenant.id, "archive_contact", contact=archived)
    customer = linker.customer()

    for contact, words in ((archived, "archived"), (supplier, "only a supplier")):
        assert words in linker.link(customer, contact, exits=1)
        assert words in linker.link(customer, contact, "--force", exits=1)
    assert linker.links() == {}


def test_a_contact_of_another_organisation_is_not_there(linker: ContactLinking) -> None:
    """An id from another company's Lexware is unknown in this one, and that is said."""
    other = linker.sandbox.control.add_organisation("Praxis Nebenan")
    body = {"roles": {"customer": {}}, "person": {"lastName": "Beispiel"}}
    contact = linker.sandbox.control.act(other.id, "create_contact", body=body)["id"]

    assert "belongs to another organisation" in linker.link(linker.customer(), contact, exits=1)


@pytest.mark.parametrize(
    ("customer", "contact", "fits"),
    [
        pytest.param({}, {}, "yes", id="the same"),
        pytest.param({"last_name": "BEISPIEL "}, {}, "yes", id="case and blanks"),
        pytest.param({"first_name": "Bert"}, {}, "nearly", id="another first name"),
        pytest.param({"last_name": "Muster"}, {}, "no", id="another last name"),
        pytest.param({"company_name": "Beispiel GmbH"}, {"person": None, "company": {"name": "Beispiel GmbH"}}, "yes", id="company"),
        pytest.param({"company_name": "Muster GmbH"}, {"person": None, "company": {"name": "Beispiel GmbH"}}, "no", id="other company"),
        pytest.param({"company_name": "Beispiel GmbH"}, {}, "nearly", id="the person of a company"),
    ],
)  # fmt: skip
def test_the_name_must_be_plausible(
    linker: ContactLinking, customer: dict[str, Any], contact: dict[str, Any], fits: str
) -> None:
    """Another name needs --force, another first name is mentioned; no name is ever printed."""
    customer_id = linker.customer(**customer)
    contact_id = linker.contact(**{key: value for key, value in contact.items() if value} | _without_person(contact))

    said = linker.link(customer_id, contact_id, exits=1 if fits == "no" else 0)

    assert ("another name" in said) == (fits == "no")
    assert ("first name" in said) == (fits == "nearly")
    if fits == "no":
        said += linker.link(customer_id, contact_id, "--force")
        assert "Linked nevertheless" in said
        assert linker.actions()[-1]["detail"]["forced"]
    assert not {"ada", "bert", "beispiel", "muster"} & set(said.lower().replace(".", " ").split())
    assert linker.links() == {customer_id: contact_id}


def _without_person(contact: dict[str, Any]) -> dict[str, Any]:
    return {"person": None} if "company" in contact else {}


def test_the_same_contact_at_two_customers_needs_force(linker: ContactLinking) -> None:
    """A parent may be billed for two children; a slip must not be. All concerns are told at once."""
    contact = linker.contact()
    first, second, third = linker.customer(), linker.customer(), linker.customer(last_name="Muster")
    linker.link(first, contact)

    assert f"linked to customer {first} already" in linker.link(second, contact, exits=1)
    both = linker.link(third, contact, exits=1)
    linker.link(second, contact, "--force")

    assert "another name" in both
    assert "linked to customer" in both
    assert linker.links() == {first: contact, second: contact}


def test_a_new_link_replaces_the_old_one_and_keeps_its_row(linker: ContactLinking) -> None:
    """Links are never removed: the old row gets its end, and who did it is recorded."""
    customer, old, new = linker.customer(), linker.contact(), linker.contact()
    linker.link(customer, old)

    said = linker.link(customer, new, "--by", "Ada", "--why", "moved")
    again = linker.link(customer, new)

    assert f"instead of {old}" in said
    assert "linked to contact" in again
    assert "Nothing has changed" in again
    assert linker.ended() == [old]
    action = linker.actions()[-1]
    assert (action["action"], action["by"], action["why"]) == ("contact.link", "Ada", "moved")
    assert action["detail"] == {"customer_id": customer, "contact_id": new, "instead_of": old}


def test_a_dry_run_stores_nothing(linker: ContactLinking) -> None:
    """`--dry-run` checks everything live and changes nothing."""
    customer, contact = linker.customer(), linker.contact()

    assert "would be linked" in linker.link(customer, contact, "--dry-run")
    assert "another name" in linker.link(linker.customer(last_name="Muster"), contact, "--dry-run", exits=1)
    assert linker.links() == {}
    assert linker.actions() == []


def test_unlink_ends_the_link(linker: ContactLinking) -> None:
    """The row stays with its end; a second time there is nothing to end."""
    customer, contact = linker.customer(), linker.contact()
    linker.link(customer, contact)
    words = ("contact", "unlink", "--practice", linker.practice.practice_id, "--customer", customer)

    assert contact in linker.lexrelay(*words).stdout
    assert "linked to no contact" in linker.lexrelay(*words, exits=1).stderr
    assert linker.links() == {}
    assert linker.ended() == [contact]


def test_dead_letters_that_a_link_cures_are_named(linker: ContactLinking) -> None:
    """After the link it says how to send the customer's dead letters again, and it rings the poller's bell."""
    customer, other = linker.customer(), linker.customer(last_name="Muster")
    for each in (customer, customer, other):
        linker.practice.invoice(each)
    linker.db.execute(
        "update outbox.event set state = 'dead', reason = 'contact_ambiguous', due_at = null, closed_at = now() "
        "where practice_id = %s",
        (linker.practice.practice_id,),
    )
    linker.db.execute("listen lexrelay")

    said = linker.link(customer, linker.contact())

    events = linker.rows("select event_id from outbox.event where payer_id = %s order by event_id", customer)
    assert f"`lexrelay replay {events[0]['event_id']} {events[1]['event_id']}`" in said
    assert list(linker.db.notifies(timeout=2, stop_after=1))


def test_lists_hold_ids_and_no_names(linker: ContactLinking) -> None:
    """`contact list` and `link` show ids and numbers; persons are nobody's business there (G6)."""
    customer = linker.customer(last_name="Geheimnis", customer_number="K-77")
    said = linker.link(customer, linker.contact(last_name="Geheimnis"))
    listed = linker.lexrelay("contact", "list", "--practice", linker.practice.practice_id).output

    german = linker.lexrelay("contact", "list", "--practice", linker.practice.practice_id, "--lang", "de").stdout
    assert "K-77" in listed
    assert {"Kundennummer", "Herkunft", "von Hand", "ja"} - set(re.split(r"\s{2,}|\n", german)) == set()
    assert "Geheimnis" not in said + listed


def test_a_check_of_the_links_finds_what_lexware_does_not_refuse(linker: ContactLinking) -> None:
    """Archived, deleted, made a supplier, of a former organisation: each is told before the next document is due."""
    customers = [linker.customer() for _ in range(4)]
    contacts = [linker.contact(roles={"customer": {}, "vendor": {}}) for _ in customers]
    for customer, contact in zip(customers, contacts, strict=True):
        linker.link(customer, contact, "--force")
    former = linker.customer()
    linker.practice.link(former, UNKNOWN, UNKNOWN)
    words = ("contact", "list", "--check", "--practice", linker.practice.practice_id)
    _, archived, gone, supplier = contacts

    linker.lexrelay(*words[:3], "--practice", Practice(linker.db).practice_id, exits=1)
    assert "usable" in linker.lexrelay(*words).stdout
    linker.sandbox.control.act(linker.tenant.id, "archive_contact", contact=archived)
    linker.sandbox.control.act(linker.tenant.id, "delete_contact", contact=gone)
    linker.sandbox.control.act(linker.tenant.id, "edit_contact", contact=supplier, changes={"roles": {"vendor": {}}})
    checked = linker.lexrelay(*words, "--json", exits=1)

    states = {row["customer_id"]: row["state"] for row in json.loads(checked.stdout)}
    expected = ["usable", "archived", "gone", "not_a_customer", None]
    assert states == dict(zip([*customers, former], expected, strict=True))
    assert f"customer {customers[1]}, {customers[2]}, {customers[3]} cannot be used" in checked.stderr
    assert "archiviert" in linker.lexrelay(*words, "--lang", "de", exits=1).stdout


@pytest.mark.parametrize("number", [4711, 2**70, -1])
def test_an_unknown_customer_is_told(linker: ContactLinking, number: int) -> None:
    """A customer that the practice does not have, or another practice has, is a sentence."""
    words = ("contact", "link", "--practice", linker.practice.practice_id, f"--customer={number}", UNKNOWN)

    said = linker.lexrelay(*words, exits=1).stderr
    assert f"no customer {number}" in said or f"no number or key {number}" in said


def test_a_customer_of_another_practice_is_unknown(linker: ContactLinking) -> None:
    """Ids of customers are looked up within their practice only."""
    stranger = Practice(linker.db).customer()

    assert f"no customer {stranger}" in linker.link(stranger, linker.contact(), exits=1)


def test_without_a_key_it_says_connect_first(linker: ContactLinking) -> None:
    """Contacts can be checked only with the practice's key."""
    other = Practice(linker.db)
    words = ("contact", "link", "--practice", other.practice_id, "--customer", other.customer(), UNKNOWN)

    assert "practice connect" in linker.lexrelay(*words, exits=1).stderr


def test_a_key_that_cannot_be_opened_is_told(linker: ContactLinking) -> None:
    """Another LEXRELAY_SECRET_KEYS than the one it was stored with: a sentence, not a stack."""
    new = linker.lexrelay("secrets", "new").stdout.strip()
    words = ("contact", "suggest", "--practice", linker.practice.practice_id)

    assert "LEXRELAY_SECRET_KEYS" in linker.lexrelay(*words, exits=1, LEXRELAY_SECRET_KEYS=new).stderr


def test_usage(linker: ContactLinking) -> None:
    """Either one customer with a value, or a file."""
    words = ("contact", "link", "--practice", linker.practice.practice_id)

    for more in ((), ("--customer", 1), (UNKNOWN,), ("--customer", 1, "--csv", __file__)):
        assert "Give either" in linker.lexrelay(*words, *more, exits=2).stderr
