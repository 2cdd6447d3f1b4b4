"""Documents of an invented practice, sound as they are; a test changes the one thing it is about."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from outbox.ids import CustomerId, DocumentId, PracticeId
from worker.lexware.translate.documents import Document, Line, Original, Payer, Settings

CONTACT_ID = UUID("7f3e0000-0000-4000-8000-000000000001")
CODE = "7Q4K-X2MB-91TD"
NOTE = "Umsatzsteuerfrei gemäß § 4 Nr. 14 UStG"


def payer(**changes: Any) -> Payer:
    """Ada Beispiel of Cologne."""
    ada = Payer(
        customer_id=CustomerId(7),
        customer_number="K-1042",
        salutation="Frau",
        first_name="Ada",
        last_name="Beispiel",
        company_name=None,
        street="Lindenweg 3",
        address_supplement=None,
        zip="50667",
        city="Köln",
        country_code="DE",
        email="ada@example.org",
        phone="0221 000000",
    )
    return replace(ada, **changes)


def line(quantity: str = "1", unit_price: str = "32.50", vat_rate: str = "0", **changes: Any) -> Line:
    """One treatment of 32.50 EUR, exempt."""
    treatment = Line(
        position=1,
        treated_on=date(2026, 7, 1),
        code="20501",
        description="Krankengymnastik",
        quantity=Decimal(quantity),
        unit="Behandlung",
        unit_price=Decimal(unit_price),
        vat_rate=Decimal(vat_rate),
    )
    return replace(treatment, **changes)


def invoice(*lines: Line, total: str | None = "32.50", **changes: Any) -> Document:
    """RE-2026-0042 of 14 July 2026, vatfree, due in two weeks; without lines given, one of 32.50 EUR.

    It has an exemption note unless every line is taxed.
    """
    document = Document(
        document_id=DocumentId(42),
        practice_id=PracticeId(1),
        kind="invoice",
        number="RE-2026-0042",
        invoice_date=date(2026, 7, 14),
        due_date=date(2026, 7, 28),
        tax_mode="vatfree",
        exemption_note=None if lines and all(line.vat_rate in (7, 19) for line in lines) else NOTE,
        introduction="Für meine Leistungen erlaube ich mir zu berechnen:",
        total=None if total is None else Decimal(total),
        payer=payer(),
        lines=lines or (line(),),
        original=None,
    )
    return replace(document, **changes)


def cancellation_of(document: Document, **changes: Any) -> Document:
    """ST-2026-0007 of 20 July 2026: the same lines with negative prices."""
    cancellation = replace(
        document,
        document_id=DocumentId(43),
        kind="cancellation",
        number="ST-2026-0007",
        invoice_date=date(2026, 7, 20),
        total=None if document.total is None else -document.total,
        lines=tuple(replace(line, unit_price=-line.unit_price) for line in document.lines),
        original=Original(document_id=document.document_id, number=document.number, invoice_date=document.invoice_date),
    )
    return replace(cancellation, **changes)


def settings(**changes: Any) -> Settings:
    """A purely exempt practice with neutral lines."""
    exempt = Settings(
        organisation_id=UUID("0a000000-0000-4000-8000-000000000001"),
        tax_type="vatfree",
        small_business=False,
        lines="neutral",
        matching="exact",
    )
    return replace(exempt, **changes)
