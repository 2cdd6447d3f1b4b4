"""What the translation makes passes the simulated Lexware's validation, also where that is stricter than we know."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import given
import pytest

from worker.lab.sandbox.records import Contact, Organisation
from worker.lab.sandbox.rules.contacts import issues
from worker.lab.sandbox.rules.documents import document_violations
from worker.lab.sandbox.switches import Switches
from worker.lexware.translate.documents import Document, Payer, Settings, TaxMode
from worker.lexware.translate.translate import contact_payload, translate

STRICT = Switches(
    accepts_vatfree_when_taxed=False,
    accepts_negative_quantity=False,
    accepts_zero_quantity=False,
    contact_name_limit=100,
    contact_text_limit=100,
    line_name_limit=100,
)
DISCOUNTED = given.invoice(given.line("3"), given.line("-1", "2.505"), given.line("0", "5"), total="94.99")
LONG = given.invoice(
    given.line(code="x" * 200, description="Beratung \U0001f9b4 " * 150),
    introduction="x" * 1900,
    exemption_note="x" * 1900,
    note_is_confirmed=True,
    number="R" * 60,
    payer=given.payer(last_name="x" * 100, address_supplement="x" * 100),
)
COMPANY = given.payer(company_name="Meyer & Söhne <GbR>", street=None, zip=None, city=None)


def wire(body: Any) -> Any:
    """The body as a server reads it."""
    return json.loads(json.dumps(body), parse_float=Decimal)


def contact_of(payer: Payer, settings: Settings) -> Contact:
    """The payer's contact, as the simulated Lexware keeps it."""
    body = wire(contact_payload(payer, settings, marker_code=given.CODE))
    assert list(issues(body, STRICT)) == []
    now = datetime(2026, 7, 20, tzinfo=UTC)
    return Contact(id=str(given.CONTACT_ID), version=1, body=body, created=now, updated=now, origin="api")


@pytest.mark.parametrize("lines", ["neutral", "itemised"])
@pytest.mark.parametrize("tax_type", ["vatfree", "net", "gross"])
@pytest.mark.parametrize(
    "document",
    [
        pytest.param(given.invoice(), id="one line"),
        pytest.param(DISCOUNTED, id="discount, fractions, quantity zero"),
        pytest.param(LONG, id="long texts"),
        pytest.param(given.invoice(payer=COMPANY, due_date=None), id="company without an address"),
        pytest.param(given.invoice(*[given.line("1", "1")] * 300, total="300.00"), id="300 lines"),
        pytest.param(given.invoice(given.line("1", "0"), total="0.00"), id="nothing to pay"),
    ],
)
def test_lexware_accepts_it(document: Document, tax_type: TaxMode, lines: str) -> None:
    """The contact, the invoice and its cancellation have no violation under the strictest reading."""
    settings = given.settings(tax_type=tax_type, lines=lines)
    organisation = Organisation(
        id=str(settings.organisation_id), company_name="Praxis", tax_type=tax_type, switches=STRICT
    )
    contact = contact_of(document.payer, settings)

    for each, kind in ((document, "invoice"), (given.cancellation_of(document), "creditnote")):
        payload = translate(each, settings, contact_id=given.CONTACT_ID, marker_code=given.CODE).payload
        assert list(document_violations(kind, wire(payload), organisation, contact, date(2026, 7, 20))) == []
