"""The command preview: what would leave, the contact decision, the sums; nothing is sent."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from ledger_rows import deliver, doubt
from practice import Practice
from terminal import Terminal

from worker.lab.sandbox.control import Tenant
from worker.lab.sandbox.server import Sandbox
from worker.lexware.payloads import ALLOWED

ADA = {"first_name": "Ada", "last_name": "Beispiel", "street": "Lindenweg 3"}
BILLING = [{"street": "Lindenweg 3", "zip": "50667", "city": "Köln", "countryCode": "DE"}]


@pytest.fixture(name="sandbox", scope="module")
def _sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(name="tenant")
def _tenant(sandbox: Sandbox) -> Tenant:
    """An organisation of this test's own."""
    return sandbox.control.add_organisation()


@pytest.fixture(name="praxis")
def _praxis(db: psycopg.Connection, tenant: Tenant) -> Practice:
    """A practice that is switched on and connected with it."""
    praxis = Practice(db)
    praxis.switch_on(tenant.id, tenant.key)
    return praxis


@pytest.fixture(name="terminal")
def _terminal(database_url: str, sandbox: Sandbox) -> Terminal:
    return Terminal(database_url, LEXWARE_API_URL=sandbox.url, LEXRELAY_RATE_PER_SECOND="1000")


def preview(terminal: Terminal, praxis: Practice, number: str = "RE-2026-0001", code: int = 0) -> Any:
    """What the command says in JSON."""
    return terminal.json("preview", number, "--practice", praxis.practice_id, code=code)


def make_contact(sandbox: Sandbox, tenant: Tenant) -> str:
    """Ada, entered by the practice in Lexware itself."""
    body = {"version": 0, "roles": {"customer": {}}, "addresses": {"billing": BILLING},
            "person": {"firstName": "Ada", "lastName": "Beispiel"}}  # fmt: skip
    return str(sandbox.control.act(tenant.id, "create_contact", body=body)["id"])


def paths(value: Any, path: str = "") -> Iterator[str]:
    """Paths of all values, as `ALLOWED` names them."""
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from paths(part, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for part in value:
            yield from paths(part, f"{path}[]")
    else:
        yield path


def test_a_new_payer_would_be_created(terminal: Terminal, praxis: Practice) -> None:
    """Decision, both payloads and both sums, in exactly the keys of the contract."""
    praxis.invoice(praxis.customer(**ADA))

    said = preview(terminal, praxis)

    assert set(said) == {"number", "contact", "document", "total_here", "total_there", "problems"}
    assert (said["contact"]["decision"], said["contact"]["id"]) == ("create", None)
    assert said["contact"]["payload"]["person"] == {"lastName": "Beispiel", "firstName": "Ada", "salutation": "Frau"}
    assert said["document"]["title"] == "Rechnung"
    assert (said["total_here"], said["total_there"], said["problems"]) == ("85.00", "85.00", [])


def test_nothing_beyond_the_closed_set_would_leave(terminal: Terminal, praxis: Practice) -> None:
    """The payloads of a preview are those that are sent."""
    praxis.invoice(praxis.customer(**ADA))

    said = preview(terminal, praxis)

    assert set(paths(said["contact"]["payload"])) <= ALLOWED["neutral"]["contact"] | {"roles.customer"}
    assert set(paths(said["document"])) <= ALLOWED["neutral"]["invoice"]


def test_a_preview_sends_nothing(terminal: Terminal, praxis: Practice, sandbox: Sandbox, tenant: Tenant) -> None:
    """Lexware sees a search and nothing else; no intent, no link is written."""
    praxis.invoice(praxis.customer(**ADA))

    preview(terminal, praxis)

    assert {call["method"] for call in sandbox.control.requests(tenant.id)} == {"GET"}
    assert praxis.db.execute("select count(*) from outbox.intent").fetchone() == (0,)
    assert praxis.db.execute("select count(*) from lexware.contact_link").fetchone() == (0,)


def test_a_linked_contact_is_named(terminal: Terminal, praxis: Practice, sandbox: Sandbox, tenant: Tenant) -> None:
    """A link wins, and Lexware is not even asked."""
    payer, contact = praxis.customer(**ADA), make_contact(sandbox, tenant)
    praxis.link(payer, contact, tenant.id)
    praxis.invoice(payer)

    said = preview(terminal, praxis)

    assert said["contact"] == {"decision": "linked", "id": contact, "payload": None}
    assert said["document"]["address"]["contactId"] == contact
    assert sandbox.control.requests(tenant.id) == []


def test_an_equal_contact_would_be_matched(
    terminal: Terminal, praxis: Practice, sandbox: Sandbox, tenant: Tenant
) -> None:
    """Exactly one of the same name and address."""
    contact = make_contact(sandbox, tenant)
    praxis.invoice(praxis.customer(**ADA))

    said = preview(terminal, praxis)

    assert said["contact"] == {"decision": "match", "id": contact, "payload": None}
    assert said["document"]["address"]["contactId"] == contact


def test_two_equal_contacts_are_a_problem(
    terminal: Terminal, praxis: Practice, sandbox: Sandbox, tenant: Tenant
) -> None:
    """Nobody's choice but a human's: the ids are named, and the exit code says that it is bad news."""
    contacts = {make_contact(sandbox, tenant), make_contact(sandbox, tenant)}
    praxis.invoice(praxis.customer(**ADA))

    said = preview(terminal, praxis, code=1)

    assert said["contact"]["decision"] == "ambiguous"
    assert [problem["reason"] for problem in said["problems"]] == ["contact_ambiguous"]
    assert set(said["problems"][0]["contact_ids"]) == contacts


def test_without_matching_lexware_is_not_asked(
    terminal: Terminal, praxis: Practice, sandbox: Sandbox, tenant: Tenant
) -> None:
    """`--match-contacts never` creates, whoever is there."""
    make_contact(sandbox, tenant)
    praxis.db.execute("update lexware.connection set matching = 'never'")
    praxis.invoice(praxis.customer(**ADA))

    assert preview(terminal, praxis)["contact"]["decision"] == "create"
    assert sandbox.control.requests(tenant.id) == []


def test_an_unreachable_lexware_leaves_the_contact_open(database_url: str, praxis: Practice) -> None:
    """The document is shown all the same."""
    praxis.invoice(praxis.customer(**ADA))
    terminal = Terminal(database_url)

    said = preview(terminal, praxis)

    assert said["contact"]["decision"] == "unknown"
    assert said["document"]["lineItems"]
    assert "cannot be reached" in terminal.run("preview", "RE-2026-0001", "--practice", praxis.practice_id)


def test_a_practice_that_is_not_connected_is_previewed(terminal: Terminal, db: psycopg.Connection) -> None:
    """Before anything is ordered: the document's own tax mode is assumed, and that is said."""
    stranger = Practice(db)
    item = {"unit_price": Decimal("100.00"), "vat_rate": Decimal(19)}
    stranger.invoice(stranger.customer(), [item], tax_mode="net", total=Decimal("119.00"))

    said = preview(terminal, stranger)

    assert said["contact"]["decision"] == "unknown"
    assert said["document"]["taxConditions"] == {"taxType": "net"}
    assert (said["total_here"], said["total_there"]) == ("119.00", "119.00")
    assert [(problem["reason"], problem["tax_type"]) for problem in said["problems"]] == [("not_connected", "net")]


def test_a_draft_is_previewed(terminal: Terminal, praxis: Practice) -> None:
    """Before it is completed is the best time to look."""
    praxis.invoice(praxis.customer(**ADA), status="draft")

    assert preview(terminal, praxis)["document"]["title"] == "Rechnung"
    assert "still a draft" in terminal.run("preview", "RE-2026-0001", "--practice", praxis.practice_id)


def test_a_cancellation_is_shown_positive(terminal: Terminal, praxis: Practice) -> None:
    """It goes as a credit note: both sums as they are sent."""
    praxis.cancel(praxis.invoice(praxis.customer(**ADA)))

    said = preview(terminal, praxis, "ST-2026-0001")

    assert said["document"]["title"] == "Stornorechnung"
    assert (said["total_here"], said["total_there"]) == ("85.00", "85.00")


def test_a_cancellation_whose_invoice_never_went_over_is_a_problem(
    terminal: Terminal, db: psycopg.Connection, tenant: Tenant
) -> None:
    """It would die as original_not_transferred; better to know before."""
    praxis = Practice(db)
    praxis.cancel(praxis.invoice(praxis.customer(**ADA)))
    praxis.switch_on(tenant.id, tenant.key)

    said = preview(terminal, praxis, "ST-2026-0001", code=1)

    assert [problem["reason"] for problem in said["problems"]] == ["original_not_transferred"]


@pytest.mark.parametrize(
    ("columns", "reason", "field"),
    [
        pytest.param({"total": Decimal("85.01")}, "totals_differ", "lines[0].unit_price", id="a cent too much"),
        pytest.param({"invoice_date": None}, "missing_field", "document.invoice_date", id="no date"),
        pytest.param({"exemption_note": None}, "exemption_note_missing", "document.exemption_note", id="no note"),
    ],
)
def test_what_would_stop_it_is_named(
    terminal: Terminal, praxis: Practice, columns: dict[str, Any], reason: str, field: str
) -> None:
    """The reason of the dead letter it would become, with the field; then no payload leaves, and none is shown."""
    praxis.invoice(praxis.customer(**ADA), **columns)

    said = preview(terminal, praxis, code=1)

    assert [(problem["reason"], problem["field"]) for problem in said["problems"]] == [(reason, field)]
    assert said["document"] is None


def test_both_figures_of_a_difference_are_shown(terminal: Terminal, praxis: Practice) -> None:
    """What the practice says, and what Lexware would arrive at."""
    praxis.invoice(praxis.customer(**ADA), total=Decimal("85.01"))

    said = preview(terminal, praxis, code=1)

    assert (said["total_here"], said["total_there"]) == ("85.01", "85.00")


def test_whoever_looks_is_recorded(terminal: Terminal, praxis: Practice) -> None:
    """A preview shows persons."""
    invoice = praxis.invoice(praxis.customer(**ADA))

    terminal.run("preview", "RE-2026-0001", "--practice", praxis.practice_id, "--by", "ada", "--why", "a question")

    [done] = terminal.json("history", "--practice", praxis.practice_id)
    assert (done["by"], done["action"], done["why"]) == ("ada", "preview", "a question")
    assert done["detail"] == {"document_id": invoice}


def test_the_page_shows_the_original_beside_the_payload(terminal: Terminal, praxis: Practice) -> None:
    """In the language of the reader."""
    praxis.invoice(praxis.customer(**ADA))

    page = terminal.run("preview", "RE-2026-0001", "--practice", praxis.practice_id, "--lang", "de")

    for piece in ("In der Praxis", "Geht an Lexware", "Zeile 1, Beschreibung", "Krankengymnastik", "Zeile 1, Name",
                  "Kontakt: keiner passt", "Summe hier 85,00 €, in Lexware 85,00 €"):  # fmt: skip
        assert piece in page


def test_what_is_there_already_is_not_announced_again(terminal: Terminal, praxis: Practice, tenant: Tenant) -> None:
    """A delivered document is shown as it went, and nothing promises that it would go once more."""
    deliver(praxis, praxis.invoice(praxis.customer(**ADA)))
    praxis.db.execute("update lexware.document_link set organisation_id = %s", (tenant.id,))

    page = terminal.run("preview", "RE-2026-0001", "--practice", praxis.practice_id)

    assert "Nothing more is sent." in page
    assert "would be sent" not in page


def test_an_unknown_number_is_said(terminal: Terminal, praxis: Practice) -> None:
    """Exit code 1, and a sentence."""
    assert "has no document RE-1" in terminal.run("preview", "RE-1", "--practice", praxis.practice_id, code=1)
    assert "no number or key 7" in terminal.run("preview", "RE-1", "--practice", 7 * 10**30, code=1)


def test_a_foreign_text_is_no_markup(terminal: Terminal, praxis: Practice) -> None:
    """Square brackets in a name are printed as they are."""
    praxis.invoice(praxis.customer(**ADA | {"last_name": "[red]Beispiel"}))

    assert "[red]Beispiel" in terminal.run("preview", "RE-2026-0001", "--practice", praxis.practice_id)


def test_a_contact_of_another_customer_is_not_taken(
    terminal: Terminal, praxis: Practice, sandbox: Sandbox, tenant: Tenant
) -> None:
    """Equal or not, it is somebody else's."""
    praxis.link(praxis.customer(), make_contact(sandbox, tenant), tenant.id)
    praxis.invoice(praxis.customer(**ADA))

    assert preview(terminal, praxis)["contact"]["decision"] == "create"


def test_an_equal_email_matches_where_it_may_leave(
    terminal: Terminal, praxis: Practice, sandbox: Sandbox, tenant: Tenant
) -> None:
    """Itemised lines: equal name and e-mail will do, wherever the contact lives now."""
    praxis.db.execute("update lexware.connection set lines = 'itemised'")
    contact = make_contact(sandbox, tenant)
    sandbox.control.act(tenant.id, "add_email", contact=contact, kind="private", email="ada@example.org")
    praxis.invoice(praxis.customer(**ADA | {"street": "Rosenweg 9", "email": "ada@example.org"}))

    assert preview(terminal, praxis)["contact"]["id"] == contact


def _made_once(praxis: Practice, tenant: Tenant, contact: str) -> None:
    """As if lexrelay had made this contact, and its link had been taken away since."""
    payer = praxis.customer(**ADA)
    doubt(praxis, praxis.invoice(payer), "contact", payer)
    praxis.db.execute(
        "update outbox.intent set organisation_id = %s, remote_id = %s, outcome = 'created', closed_at = now()",
        (tenant.id, contact),
    )


def test_a_contact_that_was_made_once_is_used_again(
    terminal: Terminal, praxis: Practice, sandbox: Sandbox, tenant: Tenant
) -> None:
    """Its link was taken away; it is never silently made a second time."""
    contact = make_contact(sandbox, tenant)
    _made_once(praxis, tenant, contact)

    assert preview(terminal, praxis)["contact"] == {"decision": "match", "id": contact, "payload": None}


def test_a_contact_that_was_made_once_and_is_gone_is_a_problem(
    terminal: Terminal, praxis: Practice, tenant: Tenant
) -> None:
    """The document would die of it: that is said ahead of time."""
    contact = "5f6d7c1e-0000-4000-8000-000000000001"
    _made_once(praxis, tenant, contact)

    said = preview(terminal, praxis, code=1)

    assert said["contact"]["decision"] == "unknown"
    assert [(one["reason"], one["contact_ids"]) for one in said["problems"]] == [("contact_gone", [contact])]


def test_a_document_of_another_organisation_is_a_problem(terminal: Terminal, praxis: Practice) -> None:
    """It is in the books of the company that the practice had before."""
    deliver(praxis, praxis.invoice(praxis.customer(**ADA)))

    said = preview(terminal, praxis, code=1)

    assert [problem["reason"] for problem in said["problems"]] == ["other_organisation"]
