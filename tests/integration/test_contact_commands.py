"""The "Lex Office Kontakt ID" by commands: link, link --csv, unlink, list, suggest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import services
from commands import Commands
from practice import Practice
from psycopg.rows import dict_row

from worker.sandbox.control import Tenant
from worker.sandbox.faults import Fault
from worker.sandbox.server import Sandbox

APP = "https://app.lexware.de/permalink/contacts/view/"
UNKNOWN = "11111111-2222-4333-8444-555555555555"
ADDRESS = {"street": "Lindenweg 3", "zip": "50667", "city": "Köln", "countryCode": "DE"}


@dataclass
class House:
    """A connected practice, its organisation in Lexware, and the operator at the keyboard."""

    db: psycopg.Connection[Any]
    sandbox: Sandbox
    tenant: Tenant
    practice: Practice
    lexrelay: Commands

    def customer(self, first_name: str = "Ada", last_name: str = "Beispiel", **columns: Any) -> int:
        """A customer at Lindenweg 3."""
        given = {"first_name": first_name, "last_name": last_name, "street": "Lindenweg 3"}
        return self.practice.customer(**given | columns)

    def contact(self, first_name: str = "Ada", last_name: str = "Beispiel", **body: Any) -> str:
        """A contact at Lindenweg 3, written by hand in Lexware."""
        person = {"roles": {"customer": {}}, "person": {"firstName": first_name, "lastName": last_name}}
        person["addresses"] = {"billing": [ADDRESS]}
        made = self.sandbox.control.act(self.tenant.id, "create_contact", body=person | body)
        return str(made["id"])

    def link(self, customer: int, value: object, *options: object, exits: int = 0) -> str:
        """What `contact link` says, on stdout or stderr."""
        words = ("contact", "link", "--practice", self.practice.practice_id, "--customer", customer, value, *options)
        result = self.lexrelay(*words, exits=exits)
        return result.stderr if exits else result.stdout

    def csv(self, file: Path, *options: object, exits: int = 0) -> Any:
        """The result of `contact link --csv`."""
        words = ("contact", "link", "--practice", self.practice.practice_id, "--csv", file, *options)
        return self.lexrelay(*words, exits=exits)

    def links(self) -> dict[int, str]:
        """The links that hold, as `contact list` gives them."""
        rows = self.lexrelay.json("contact", "list", "--practice", self.practice.practice_id)
        return {row["customer_id"]: row["contact_id"] for row in rows}

    def suggest(self) -> Any:
        """What `contact suggest --json` gives."""
        return self.lexrelay.json("contact", "suggest", "--practice", self.practice.practice_id)

    def rows(self, statement: str, *values: object) -> list[dict[str, Any]]:
        """The rows of a query."""
        with self.db.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(statement, values).fetchall()

    def actions(self) -> list[dict[str, Any]]:
        """What was recorded for the practice."""
        statement = "select * from outbox.operator_action where practice_id = %s order by action_id"
        return self.rows(statement, self.practice.practice_id)

    def ended(self) -> list[str]:
        """The contacts of links that do not hold any more."""
        statement = "select contact_id from lexware.contact_link where practice_id = %s and unlinked_at is not null"
        return [str(row["contact_id"]) for row in self.rows(statement, self.practice.practice_id)]


@pytest.fixture(scope="module")
def database_url(_postgres: str, _template: str) -> Iterator[str]:
    """One database for all tests here: each has a practice and an organisation of its own."""
    with services.database(_postgres, template=_template) as url:
        yield url


@pytest.fixture(scope="module", name="sandbox")
def _sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        sandbox.control.set_switches(rate_per_second=0)
        yield sandbox


@pytest.fixture(name="house")
def _house(db: psycopg.Connection, database_url: str, sandbox: Sandbox) -> Iterator[House]:
    tenant = sandbox.control.add_organisation("Praxis am Lindenweg")
    practice = Practice(db)
    practice.switch_on(tenant.id, tenant.key)
    yield House(db, sandbox, tenant, practice, Commands(database_url, sandbox))
    sandbox.control.clear_faults()


def test_link_by_id_address_and_number(house: House) -> None:
    """The id, the address of the page, old or new, and Lexware's customer number all mean the contact."""
    contact = house.contact()
    number = house.sandbox.control.contacts(house.tenant.id)[0]["body"]["roles"]["customer"]["number"]
    values = [
        contact,
        f" {contact.upper()} ",
        APP + contact,
        f"https://app.lexoffice.de/master-data/#/contacts/{contact}",
    ]

    for value in [*values, number]:
        customer = house.customer()
        said = house.link(customer, value, "--force")

        assert f"Customer {customer} is linked to contact {contact}." in said
        assert house.links()[customer] == contact


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param("", "is empty", id="nothing"),
        pytest.param("Beispiel", "neither an id", id="text"),
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
def test_what_is_no_contact_is_told(house: House, value: str, words: str) -> None:
    """Each wrong kind of value is a sentence that says what is needed; force does not help."""
    customer = house.customer()

    assert words in house.link(customer, value, exits=1)
    assert words in house.link(customer, value, "--force", exits=1)
    assert house.links() == {}


def test_archived_and_supplier_only_are_never_linked(house: House) -> None:
    """Lexware would refuse documents for them; force does not help."""
    archived, supplier = house.contact(), house.contact(roles={"vendor": {}})
    house.sandbox.control.act(house.tenant.id, "archive_contact", contact=archived)
    customer = house.customer()

    for contact, words in ((archived, "archived"), (supplier, "only a supplier")):
        assert words in house.link(customer, contact, exits=1)
        assert words in house.link(customer, contact, "--force", exits=1)
    assert house.links() == {}


def test_a_contact_of_another_organisation_is_not_there(house: House) -> None:
    """An id from another company's Lexware is unknown in this one, and that is said."""
    other = house.sandbox.control.add_organisation("Praxis Nebenan")
    body = {"roles": {"customer": {}}, "person": {"lastName": "Beispiel"}}
    contact = house.sandbox.control.act(other.id, "create_contact", body=body)["id"]

    assert "belongs to another organisation" in house.link(house.customer(), contact, exits=1)


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
def test_the_name_must_be_plausible(house: House, customer: dict[str, Any], contact: dict[str, Any], fits: str) -> None:
    """Another name needs --force, another first name is mentioned; no name is ever printed."""
    customer_id = house.customer(**customer)
    contact_id = house.contact(**{key: value for key, value in contact.items() if value} | _without_person(contact))

    said = house.link(customer_id, contact_id, exits=1 if fits == "no" else 0)

    assert ("another name" in said) == (fits == "no")
    assert ("first name" in said) == (fits == "nearly")
    if fits == "no":
        said += house.link(customer_id, contact_id, "--force")
        assert "Linked nevertheless" in said
        assert house.actions()[-1]["detail"]["forced"]
    assert not {"ada", "bert", "beispiel", "muster"} & set(said.lower().replace(".", " ").split())
    assert house.links() == {customer_id: contact_id}


def _without_person(contact: dict[str, Any]) -> dict[str, Any]:
    return {"person": None} if "company" in contact else {}


def test_the_same_contact_at_two_customers_needs_force(house: House) -> None:
    """A parent may be billed for two children; a slip must not be. All concerns are told at once."""
    contact = house.contact()
    first, second, third = house.customer(), house.customer(), house.customer(last_name="Muster")
    house.link(first, contact)

    assert f"linked to customer {first} already" in house.link(second, contact, exits=1)
    both = house.link(third, contact, exits=1)
    house.link(second, contact, "--force")

    assert "another name" in both
    assert "linked to customer" in both
    assert house.links() == {first: contact, second: contact}


def test_a_new_link_replaces_the_old_one_and_keeps_its_row(house: House) -> None:
    """Links are never removed: the old row gets its end, and who did it is recorded."""
    customer, old, new = house.customer(), house.contact(), house.contact()
    house.link(customer, old)

    said = house.link(customer, new, "--by", "Ada", "--why", "moved")
    again = house.link(customer, new)

    assert f"instead of {old}" in said
    assert "linked to contact" in again
    assert "Nothing has changed" in again
    assert house.ended() == [old]
    action = house.actions()[-1]
    assert (action["action"], action["by"], action["why"]) == ("contact.link", "Ada", "moved")
    assert action["detail"] == {"customer_id": customer, "contact_id": new, "instead_of": old}


def test_a_dry_run_stores_nothing(house: House) -> None:
    """`--dry-run` checks everything live and changes nothing."""
    customer, contact = house.customer(), house.contact()

    assert "would be linked" in house.link(customer, contact, "--dry-run")
    assert "another name" in house.link(house.customer(last_name="Muster"), contact, "--dry-run", exits=1)
    assert house.links() == {}
    assert house.actions() == []


def test_unlink_ends_the_link(house: House) -> None:
    """The row stays with its end; a second time there is nothing to end."""
    customer, contact = house.customer(), house.contact()
    house.link(customer, contact)
    words = ("contact", "unlink", "--practice", house.practice.practice_id, "--customer", customer)

    assert contact in house.lexrelay(*words).stdout
    assert "linked to no contact" in house.lexrelay(*words, exits=1).stderr
    assert house.links() == {}
    assert house.ended() == [contact]


def test_dead_letters_that_a_link_cures_are_named(house: House) -> None:
    """After the link it says how to send the customer's dead letters again, and it rings the poller's bell."""
    customer, other = house.customer(), house.customer(last_name="Muster")
    for each in (customer, customer, other):
        house.practice.invoice(each)
    house.db.execute(
        "update outbox.event set state = 'dead', reason = 'contact_ambiguous', due_at = null, closed_at = now() "
        "where practice_id = %s",
        (house.practice.practice_id,),
    )
    house.db.execute("listen lexrelay")

    said = house.link(customer, house.contact())

    events = house.rows("select event_id from outbox.event where payer_id = %s order by event_id", customer)
    assert f"`lexrelay replay {events[0]['event_id']} {events[1]['event_id']}`" in said
    assert list(house.db.notifies(timeout=2, stop_after=1))


def test_lists_hold_ids_and_no_names(house: House) -> None:
    """`contact list` and `link` show ids and numbers; persons are nobody's business there (G6)."""
    customer = house.customer(last_name="Geheimnis", customer_number="K-77")
    said = house.link(customer, house.contact(last_name="Geheimnis"))
    listed = house.lexrelay("contact", "list", "--practice", house.practice.practice_id).output

    assert "K-77" in listed
    assert "Geheimnis" not in said + listed


@pytest.mark.parametrize("number", [4711, 2**70, -1])
def test_an_unknown_customer_is_told(house: House, number: int) -> None:
    """A customer that the practice does not have, or another practice has, is a sentence."""
    words = ("contact", "link", "--practice", house.practice.practice_id, f"--customer={number}", UNKNOWN)

    assert f"no customer {number}" in house.lexrelay(*words, exits=1).stderr


def test_a_customer_of_another_practice_is_unknown(house: House) -> None:
    """Ids of customers are looked up within their practice only."""
    stranger = Practice(house.db).customer()

    assert f"no customer {stranger}" in house.link(stranger, house.contact(), exits=1)


def test_without_a_key_it_says_connect_first(house: House) -> None:
    """Contacts can be checked only with the practice's key."""
    other = Practice(house.db)
    words = ("contact", "link", "--practice", other.practice_id, "--customer", other.customer(), UNKNOWN)

    assert "practice connect" in house.lexrelay(*words, exits=1).stderr


def test_a_key_that_cannot_be_opened_is_told(house: House) -> None:
    """Another LEXRELAY_SECRET_KEYS than the one it was stored with: a sentence, not a stack."""
    new = house.lexrelay("secrets", "new").stdout.strip()
    words = ("contact", "suggest", "--practice", house.practice.practice_id)

    assert "LEXRELAY_SECRET_KEYS" in house.lexrelay(*words, exits=1, LEXRELAY_SECRET_KEYS=new).stderr


def test_usage(house: House) -> None:
    """Either one customer with a value, or a file."""
    words = ("contact", "link", "--practice", house.practice.practice_id)

    for more in ((), ("--customer", 1), (UNKNOWN,), ("--customer", 1, "--csv", __file__)):
        assert "Give either" in house.lexrelay(*words, *more, exits=2).stderr


# Many at once


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [
        pytest.param("utf-8", ",", id="as written by hand"),
        pytest.param("utf-8-sig", ";", id="as Excel saves UTF-8"),
        pytest.param("cp1252", ";", id="as Excel saves CSV"),
        pytest.param("utf-16", "\t", id="as Excel saves Unicode text"),
    ],
)
def test_a_file_links_many(house: House, tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Customers by id or by number; lines that fail stop no other, and the exit code says that some did."""
    ada, bert = house.customer(), house.customer("Bert", "Müller", customer_number="KÖ-7")
    contacts = house.contact(), house.contact("Bert", "Müller")
    rows = [
        ("Customer", "customer_number", "name", "VALUE"),
        (ada, "", "Ada", contacts[0]),
        ("", "KÖ-7", "Müller", APP + contacts[1]),
        (house.customer(), "", "", ""),
        (4711, "", "", contacts[0]),
        ("", "K-unknown", "", contacts[0]),
        ("x", "", "", contacts[0]),
        (ada, "", "again", contacts[0]),
    ]
    text = "\r\n".join(delimiter.join(map(str, row)) for row in rows)
    file = tmp_path / "contacts.csv"
    file.write_bytes(text.encode(encoding))

    done = house.csv(file, exits=1)

    assert house.links() == {ada: contacts[0], bert: contacts[1]}
    assert "2 linked, 0 unchanged, 1 without a value, 4 not linked." in done.stdout
    assert "lines 5, 6, 7, 8" in done.stderr
    assert "stands in line 2 already" in done.stdout


def test_a_dry_run_of_a_file_stores_nothing_and_a_second_run_changes_nothing(house: House, tmp_path: Path) -> None:
    """A file can be tried first, and be used again."""
    ada, contact = house.customer(), house.contact()
    file = tmp_path / "contacts.csv"
    file.write_text(f"customer,value\n{ada},{contact}\n", encoding="utf-8")

    tried = house.csv(file, "--dry-run").stdout
    assert house.links() == {}
    house.csv(file)
    again = house.csv(file).stdout

    assert "Dry run, nothing was stored: 1 would be linked" in tried
    assert "0 linked, 1 unchanged" in again
    assert house.links() == {ada: contact}


def test_one_contact_for_two_customers_of_a_file_is_found_in_the_dry_run(house: House, tmp_path: Path) -> None:
    """The slip of a line copied twice shows before anything is stored."""
    ada, twin, contact = house.customer(), house.customer(), house.contact()
    file = tmp_path / "contacts.csv"
    file.write_text(f"customer,value\n{ada},{contact}\n{twin},{contact}\n", encoding="utf-8")

    assert "stands in line 2 already, for another customer" in house.csv(file, "--dry-run", exits=1).stdout
    house.csv(file, "--force")
    assert house.links() == {ada: contact, twin: contact}


def test_a_refused_key_is_asked_once_for_a_whole_file(house: House, tmp_path: Path) -> None:
    """What fails every line alike is not tried again; what fails one line is."""
    rows = "".join(f"{house.customer()},{UNKNOWN}\n" for _ in range(5))
    file = tmp_path / "contacts.csv"
    file.write_text(f"customer,value\n{rows}", encoding="utf-8")
    house.sandbox.control.add_fault(Fault(status=503))
    house.sandbox.control.add_fault(Fault(status=401, count=None))

    done = house.csv(file, exits=1)

    assert "5 not linked" in done.stdout
    assert len(house.sandbox.control.requests(house.tenant.id)) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "must name the columns", id="empty"),
        pytest.param(b"kunde;kontakt\n1;2\n", "must name the columns", id="other columns"),
        pytest.param(b"customer,customer_number\n1,2\n", "must name the columns", id="no value"),
        pytest.param(b"\x81\x8d\x00\x01", "no text file", id="binary"),
        pytest.param(b'customer,value\n1,"open', "no text file", id="broken quotes"),
        pytest.param(b"\xff\xfe\x00", "no text file", id="half a character"),
    ],
)
def test_a_file_that_is_no_table_is_told(house: House, tmp_path: Path, content: bytes, words: str) -> None:
    """Anything else than a table with the columns is a sentence."""
    file = tmp_path / "contacts.csv"
    file.write_bytes(content)

    assert words in house.csv(file, exits=1).stderr


# Suggestions


def test_suggest_shows_equal_and_same_named_contacts(house: House) -> None:
    """For customers with documents and without link: exact matches first, others of the name with what differs."""
    ada = house.customer(customer_number="K-1")
    house.practice.invoice(ada)
    elsewhere = house.contact(addresses={"billing": [ADDRESS | {"street": "Ringstraße 1"}]})
    exact, archived = house.contact(), house.contact()
    house.sandbox.control.act(house.tenant.id, "archive_contact", contact=archived)
    house.contact("Johanna", "Beispielsberger")

    [suggestion] = house.suggest()

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


def test_three_of_one_name_in_one_house_are_all_shown(house: House) -> None:
    """Nobody guesses: each of them is an exact match, and one that is another customer's is marked."""
    ada = house.customer()
    house.practice.invoice(ada)
    contacts = [house.contact() for _ in range(3)]
    house.link(house.customer(), contacts[0])

    [suggestion] = house.suggest()

    hints = {one["contact_id"]: one["hints"] for one in suggestion["candidates"]}
    assert hints == {contacts[0]: ["linked_to_another"], contacts[1]: [], contacts[2]: []}


@pytest.mark.parametrize("name", ["Meyer & Söhne <GbR>", "100% Praxis_Nord", "Ö"])
def test_odd_names_are_found(house: House, name: str) -> None:
    """The quirks of Lexware's search (wildcards, HTML, short words) hide nobody."""
    house.practice.invoice(house.customer(company_name=name))
    body = {"person": None, "company": {"name": name}}
    contact = house.contact(**body)

    [suggestion] = house.suggest()

    assert [one["contact_id"] for one in suggestion["candidates"]] == [contact]


def test_only_customers_with_documents_and_without_link_are_looked_for(house: House) -> None:
    """Nobody is searched without need, and one name is searched once."""
    for customer in (house.customer(), house.customer(), house.customer("Bert")):
        house.practice.invoice(customer)
    linked = house.customer()
    house.practice.invoice(linked)
    house.link(linked, house.contact())
    house.customer("Ada", "Niemand")
    before = len(house.sandbox.control.requests(house.tenant.id))

    assert len(house.suggest()) == 3
    calls = house.sandbox.control.requests(house.tenant.id)[before:]
    assert len(calls) == 1


def test_suggest_is_recorded_and_says_how_to_go_on(house: House) -> None:
    """Persons are shown, so it stands in the history; customers without a candidate are counted."""
    house.practice.invoice(house.customer())
    house.practice.invoice(house.customer("Bert", "Niemand"))
    contact = house.contact()

    result = house.lexrelay("contact", "suggest", "--practice", house.practice.practice_id, "--by", "Ada")

    assert contact in result.stdout
    assert "Ada Beispiel; Lindenweg 3, 50667 Köln" in result.stdout
    assert "contact link --practice" in result.stdout
    assert "in Lexware: 1 customers" in result.stdout
    [action] = house.actions()
    assert (action["by"], action["practice_id"], action["detail"]) == (
        "Ada",
        house.practice.practice_id,
        {"customers": 2},
    )


def test_as_processes_in_german(house: House) -> None:
    """The same through real processes: JSON alone on stdout, words in German."""
    customer, contact = house.customer(), house.contact()
    house.practice.invoice(customer)
    of = ("--practice", house.practice.practice_id)

    _, suggested, _ = house.lexrelay.process("contact", "suggest", *of, "--json")
    linked = house.lexrelay.process("contact", "link", *of, "--customer", customer, contact, "--lang", "de")

    assert json.loads(suggested)[0]["candidates"][0]["contact_id"] == contact
    assert linked == (0, f"Der Kunde {customer} ist mit dem Kontakt {contact} verknüpft.\n", "")
