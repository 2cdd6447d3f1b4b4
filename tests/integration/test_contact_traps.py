"""Never a wrong contact, never two for one customer: the traps that names, mail addresses and Lexware itself lay.

After every test the whole of Lexware is looked through: each marker stands once, and each document names a contact of
its payer's name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg
import pytest
import services
from chosen import a_few_of
from frost import rows
from stage import PACE, Stage
from stage import stage as new_stage

from worker.lab.sandbox.faults import Fault
from worker.lexware.translate.marker import find_codes

HOME = {"street": "Lindenweg 3", "zip": "50667", "city": "Köln", "countryCode": "DE"}
AWAY = HOME | {"street": "Ahornallee 12"}
NOT_KNOWN = [pytest.param(406, id="406"), pytest.param(404, id="404")]
"""What Lexware answers to a document whose contact it does not know is not certain (lexware-api 14.5)."""


@contextmanager
def _town(server: str, template: str, **settings: Any) -> Iterator[Stage]:
    with (
        services.database(server, template=template) as url,
        psycopg.connect(url, autocommit=True) as db,
        new_stage(db, url, **settings) as one,
    ):
        yield one


@pytest.fixture(scope="module")
def _neutral(_postgres: str, _template: str) -> Iterator[Stage]:
    with _town(_postgres, _template) as one:
        yield one


@pytest.fixture(scope="module")
def _itemised(_postgres: str, _template: str) -> Iterator[Stage]:
    with _town(_postgres, _template, lines="itemised") as one:
        yield one


@pytest.fixture(scope="module")
def _patient(_postgres: str, _template: str) -> Iterator[Stage]:
    with _town(_postgres, _template, pace=replace(PACE, settle_seconds=4)) as one:
        yield one


@pytest.fixture(name="stage")
def _stage(_neutral: Stage) -> Iterator[Stage]:
    """A practice with neutral lines; every test has people of its own."""
    yield _neutral
    _tidy(_neutral)


@pytest.fixture(name="itemised")
def _of_itemised(_itemised: Stage) -> Iterator[Stage]:
    """A practice with itemised lines, where e-mail may leave the house."""
    yield _itemised
    _tidy(_itemised)


@pytest.fixture(name="patient")
def _of_patient(_patient: Stage) -> Iterator[Stage]:
    """A practice with neutral lines and a longer settle time, so that a slow machine does not outlast Lexware's quirks."""
    yield _patient
    _tidy(_patient)


def _tidy(stage: Stage) -> None:
    stage.control.clear_faults()
    stage.control.set_switches(
        contact_search_lag_seconds=0,
        contact_unusable_seconds=0,
        account_number_race_seconds=0,
        unknown_contact_status=406,
        accepts_archived_contact=True,
    )
    markers = [code for one in stage.contacts() for code in find_codes(one["body"].get("note") or "")]
    assert len(markers) == len(set(markers)), "two contacts of one customer"
    known = {one["id"]: _name(one["body"]) for one in stage.contacts()}
    for document in stage.documents():
        address = document["body"]["address"]
        assert known[address["contactId"]] == address["name"], "a stranger's contact"


def _name(contact: dict[str, Any]) -> str:
    person = contact.get("person") or {}
    return (contact.get("company") or {}).get("name") or f"{person.get('firstName', '')} {person['lastName']}".strip()


def known(stage: Stage, first: str, last: str, address: dict[str, str] = HOME, **body: Any) -> str:
    """A contact that a user wrote in Lexware; returns its id."""
    person = {"roles": {"customer": {}}, "person": {"firstName": first, "lastName": last}}
    made = stage.control.act(
        stage.tenant.id, "create_contact", body=person | {"addresses": {"billing": [address]}} | body
    )
    return str(made["id"])


def company(stage: Stage, name: str) -> str:
    """The same for a company."""
    return known(stage, "", "", company={"name": name}, person=None)


def customer(stage: Stage, first: str | None, last: str | None, **columns: Any) -> int:
    """A customer of the practice at Lindenweg 3."""
    return stage.practice.customer(first_name=first, last_name=last, **({"street": "Lindenweg 3"} | columns))


def send(stage: Stage, payer: int) -> int:
    """Complete an invoice and let everything settle."""
    invoice = stage.practice.invoice(payer)
    stage.run()
    return invoice


def contact_of(stage: Stage, invoice: int) -> str:
    """The contact that the invoice names in Lexware; it must have arrived."""
    assert stage.outcome(invoice) == ("delivered", None)
    (found,) = [one for one in stage.documents() if one["id"] == stage.lexware_id(invoice)]
    return str(found["body"]["address"]["contactId"])


def is_new(stage: Stage, contact_id: str) -> bool:
    """Whether the contact is one that we made."""
    (found,) = [one for one in stage.contacts() if one["id"] == contact_id]
    return bool(found["origin"] == "api")


# People of one name


def test_three_equal_contacts_are_a_humans_case(stage: Stage) -> None:
    """Three people of one name in one house: their ids are named, none is taken, none is made."""
    equal = {known(stage, "Ada", "Drilling") for _ in range(3)}
    before = len(stage.contacts())

    invoice = send(stage, customer(stage, "Ada", "Drilling"))

    assert stage.outcome(invoice) == ("dead", "contact_ambiguous")
    assert set(stage.event(invoice)["detail"]["contact_ids"]) == equal
    assert len(stage.contacts()) == before


def test_three_customers_of_one_name_get_a_contact_each(stage: Stage) -> None:
    """What carries another customer's marker is theirs; the second invoice of each goes to its own."""
    people = [customer(stage, "Ada", "Dreifach") for _ in range(3)]

    first = [contact_of(stage, send(stage, payer)) for payer in people]
    second = [contact_of(stage, send(stage, payer)) for payer in people]

    assert len(set(first)) == 3
    assert second == first


def test_a_family_in_one_house_is_told_apart(stage: Stage) -> None:
    """First names and suffixes of names count: only equality does."""
    contacts = {first: known(stage, first, "Sippe") for first in ("Jo", "Johanna", "Johannes")}
    known(stage, "Johanna", "Sippenhagen")

    went = {first: contact_of(stage, send(stage, customer(stage, first, "Sippe"))) for first in contacts}

    assert went == contacts


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        pytest.param("Meyer & Söhne <GbR>", "Meyer & Söhne <GbR>", True, id="markup"),
        pytest.param("Kranz & Söhne <GbR>", "Kranz & Söhne GbR", False, id="markup-left-out"),
        pytest.param("Heim_Reha 100%", "Heim_Reha 100%", True, id="wildcards"),
        pytest.param("Haus_Reha 100%", "HausXReha 1000", False, id="wildcards-are-letters"),
        pytest.param(r"Pra\xis", r"Pra\xis", True, id="backslash"),
        pytest.param("IG", "IG", True, id="two-letters"),
    ],
)
def test_companies_with_odd_names(stage: Stage, ours: str, theirs: str, same: bool) -> None:
    """The search's wildcards and its HTML change nothing of who is meant."""
    contact = company(stage, theirs)

    went = contact_of(stage, send(stage, customer(stage, None, None, company_name=ours)))

    assert (went == contact) == same


def test_a_name_of_two_letters_is_found_among_many(stage: Stage) -> None:
    """Too short for the search, so it is padded: Li is found, not Lindner, Oliver or Ling."""
    others = [known(stage, "Wei", name) for name in ("Lindner", "Oliver", "Ling")]
    contact = known(stage, "Wei", "Li")

    went = contact_of(stage, send(stage, customer(stage, "Wei", "Li")))

    assert went == contact
    assert went not in others


# Contacts that must not be taken


@pytest.mark.parametrize("flaw", ["archived", "vendor", "marked", "taken", "moved"])
def test_an_equal_contact_with_a_flaw_is_left_alone(stage: Stage, flaw: str) -> None:
    """Archived, a supplier only, another customer's by marker or by link, at another address: the payer gets a new one."""
    name = f"Makel{flaw}"
    more: dict[str, dict[str, Any]] = {
        "vendor": {"roles": {"vendor": {}}},
        "marked": {"note": "Kundennr. K-77 · 7Q4K-X2MB-91TD"},
        "moved": {"addresses": {"billing": [AWAY]}},
    }
    flawed = known(stage, "Ada", name, **more.get(flaw, {}))
    if flaw == "archived":
        stage.control.act(stage.tenant.id, "archive_contact", contact=flawed)
    if flaw == "taken":
        stage.practice.link(customer(stage, "Ada", name), flawed, stage.tenant.id)

    went = contact_of(stage, send(stage, customer(stage, "Ada", name)))

    assert went != flawed
    assert is_new(stage, went)
    if flaw == "marked":
        stage.control.act(stage.tenant.id, "delete_contact", contact=flawed)


def test_matching_never_takes_nobody(stage: Stage) -> None:
    """Who wants no matching gets a contact of his own, without a search."""
    equal = known(stage, "Ada", "Niemals")
    stage.db.execute("update lexware.connection set matching = 'never'")
    before = len(stage.control.requests(stage.tenant.id))

    went = contact_of(stage, send(stage, customer(stage, "Ada", "Niemals")))

    stage.db.execute("update lexware.connection set matching = 'exact'")
    assert went != equal
    assert [call["method"] for call in stage.control.requests(stage.tenant.id)[before:]] == ["POST", "POST"]


# E-mail


def test_a_shared_family_mail_is_nobodys_name(itemised: Stage) -> None:
    """A contact with the payer's e-mail and another name is another person."""
    mail = {"emailAddresses": {"private": ["familie@beispiel.example"]}}
    father = known(itemised, "Bernd", "Familie", AWAY, **mail)

    went = contact_of(itemised, send(itemised, customer(itemised, "Ada", "Familie", email="familie@beispiel.example")))

    assert went != father
    assert is_new(itemised, went)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param("max_m@x.example", "maxim@x.example", id="wildcard"),
        pytest.param("anna@x.example", "johanna@x.example", id="part"),
        pytest.param("a%b@x.example", "aXXb@x.example", id="any-run"),
    ],
)
def test_mail_addresses_are_equal_or_not(itemised: Stage, ours: str, theirs: str) -> None:
    """Elsewhere in town, of the same name: the e-mail decides, whatever the search finds for it."""
    name = f"Post{ours[:3].replace('%', 'x').replace('_', 'y')}"
    near = known(itemised, "Ada", name, AWAY, emailAddresses={"private": [theirs]})
    first = contact_of(itemised, send(itemised, customer(itemised, "Ada", name, email=ours)))
    exact = known(itemised, "Ada", f"{name}a", AWAY, emailAddresses={"business": [ours.upper()]})

    second = contact_of(itemised, send(itemised, customer(itemised, "Ada", f"{name}a", email=ours)))

    assert first != near
    assert is_new(itemised, first)
    assert second == exact


def test_father_and_son_with_one_mail_are_a_humans_case(itemised: Stage) -> None:
    """Equal name and e-mail twice, at two addresses: ambiguous."""
    mail = {"emailAddresses": {"private": ["erben@beispiel.example"]}}
    both = {known(itemised, "Otto", "Erben", place, **mail) for place in (HOME, AWAY)}

    invoice = send(itemised, customer(itemised, "Otto", "Erben", email="erben@beispiel.example", street="Weg 1"))

    assert stage_says(itemised, invoice) == ("dead", "contact_ambiguous", both)


def stage_says(stage: Stage, invoice: int) -> tuple[str, str | None, set[str]]:
    """State, reason and the contacts that the letter names."""
    return (*stage.outcome(invoice), set(stage.event(invoice)["detail"]["contact_ids"]))


def test_neutral_lines_never_search_by_mail(stage: Stage) -> None:
    """There the e-mail is no criterion: it would leave the house as a search term."""
    near = known(stage, "Ada", "Stumm", AWAY, emailAddresses={"private": ["stumm@x.example"]})

    went = contact_of(stage, send(stage, customer(stage, "Ada", "Stumm", email="stumm@x.example")))

    assert went != near
    assert not any("email" in call["query"] for call in stage.control.requests(stage.tenant.id))


# What Lexware and its users do with a contact


@pytest.mark.parametrize("status", a_few_of(NOT_KNOWN))
@pytest.mark.parametrize("made_by", a_few_of(["us", "a user"]))
def test_a_linked_contact_that_is_gone_is_not_made_again(stage: Stage, status: int, made_by: str) -> None:
    """Deleted in Lexware: a human decides, also when it was ours."""
    stage.control.set_switches(unknown_contact_status=status)
    payer = customer(stage, "Ada", f"Verschwunden{made_by[0]}{status}")
    if made_by == "us":
        contact = contact_of(stage, send(stage, payer))
        stage.control.act(stage.tenant.id, "delete_draft", document=stage.documents()[-1]["id"])
        let_age(stage)
    else:
        contact = known(stage, "Ada", "Verschwunden")
        stage.practice.link(payer, contact, stage.tenant.id)
    stage.control.act(stage.tenant.id, "delete_contact", contact=contact)
    before = len(stage.contacts())

    invoice = send(stage, payer)

    assert stage.outcome(invoice) == ("dead", "contact_gone")
    assert len(stage.contacts()) == before


def let_age(stage: Stage) -> None:
    """As if every link had been made an hour ago."""
    stage.db.execute("update lexware.contact_link set linked_at = linked_at - interval '1 hour'")


def test_a_linked_contact_that_is_refused_as_archived_is_not_made_again(stage: Stage) -> None:
    """If Lexware should refuse it, a human decides, as with one that is gone."""
    stage.control.set_switches(accepts_archived_contact=False)
    payer = customer(stage, "Ada", "Archiviert")
    contact = contact_of(stage, send(stage, payer))
    let_age(stage)
    stage.control.act(stage.tenant.id, "archive_contact", contact=contact)
    before = len(stage.contacts())

    invoice = send(stage, payer)

    assert stage.outcome(invoice) == ("dead", "contact_gone")
    assert len(stage.contacts()) == before


@pytest.mark.parametrize("deed", ["delete_contact", "archive_contact"])
def test_a_contact_of_ours_that_was_unlinked_and_is_gone_is_not_made_again(stage: Stage, deed: Any) -> None:
    """Without a link it is asked for first; gone or archived, a human decides."""
    payer = customer(stage, "Ada", f"Gelöst{deed[0]}")
    contact = contact_of(stage, send(stage, payer))
    stage.db.execute("update lexware.contact_link set unlinked_at = now() where customer_id = %s", (payer,))
    again = contact_of(stage, send(stage, payer))
    stage.db.execute("update lexware.contact_link set unlinked_at = now() where customer_id = %s", (payer,))
    for document in [one for one in stage.documents() if one["body"]["address"]["contactId"] == contact]:
        stage.control.act(stage.tenant.id, "delete_draft", document=document["id"])
    stage.control.act(stage.tenant.id, deed, contact=contact)

    invoice = send(stage, payer)

    assert again == contact
    assert stage_says(stage, invoice) == ("dead", "contact_gone", {contact})


@pytest.mark.parametrize("lost", [False, True], ids=["answered", "answer-lost"])
def test_a_search_that_lags_makes_no_second_contact(stage: Stage, lost: bool) -> None:
    """A contact that cannot be found yet is remembered by its link, or waited for by the second look."""
    stage.control.set_switches(contact_search_lag_seconds=2.5 * stage.pace.settle_seconds if lost else 60)
    if lost:
        stage.control.add_fault(Fault(method="POST", path="/v1/contacts", status=504, when="after"))
    payer = customer(stage, "Ada", f"Säumig{lost}")

    went = {contact_of(stage, invoice) for invoice in (stage.practice.invoice(payer), send(stage, payer))}

    assert len(went) == 1
    assert len([one for one in stage.contacts() if _name(one["body"]).endswith(f"Säumig{lost}")]) == 1


@pytest.mark.parametrize("status", a_few_of(NOT_KNOWN))
def test_a_contact_that_is_too_young_is_waited_for(patient: Stage, status: int) -> None:
    """Just made, and documents cannot name it yet: a short wait that costs no try, and no second contact."""
    patient.control.set_switches(contact_unusable_seconds=1.5, unknown_contact_status=status)

    went = contact_of(patient, send(patient, customer(patient, "Ada", f"Frisch{status}")))

    assert is_new(patient, went)
    assert "contact_not_ready" in rows(patient, "select reason from outbox.attempt where step = 'document'")
    assert set(rows(patient, "select tries from outbox.event")) == {0}


def test_an_account_number_race_is_run_again(patient: Stage) -> None:
    """Lexware gave the same number twice and refuses one: again in a moment, one contact each."""
    patient.control.set_switches(account_number_race_seconds=1)
    people = [customer(patient, "Ada", f"Rennen{letter}") for letter in "ab"]

    invoices = [patient.practice.invoice(payer) for payer in people]
    patient.run()

    assert len({contact_of(patient, invoice) for invoice in invoices}) == 2
    assert "account_number_race" in rows(patient, "select reason from outbox.attempt")


def test_a_contact_that_is_known_only_from_a_late_answer_is_not_made_again(stage: Stage) -> None:
    """Its intent was closed as absent, its 201 came after that, then it was unlinked and deleted: a human decides."""
    payer = customer(stage, "Ada", "Nachzügler")
    contact = contact_of(stage, send(stage, payer))
    stage.db.execute("update lexware.contact_link set unlinked_at = now() where customer_id = %s", (payer,))
    stage.db.execute(
        "update outbox.intent set outcome = 'absent', late_remote_id = remote_id, remote_id = null "
        "where effect = 'contact' and subject_id = %s",
        (payer,),
    )
    for document in [one for one in stage.documents() if one["body"]["address"]["contactId"] == contact]:
        stage.control.act(stage.tenant.id, "delete_draft", document=document["id"])
    stage.control.act(stage.tenant.id, "delete_contact", contact=contact)

    invoice = send(stage, payer)

    assert stage_says(stage, invoice) == ("dead", "contact_gone", {contact})
