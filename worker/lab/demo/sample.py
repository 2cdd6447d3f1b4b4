"""What invented practices write in the demo: one of every kind of document.

The totals are written down, not computed, so that nothing here can make the same mistake as the relay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle, islice
from typing import Literal

EXEMPT = "Umsatzsteuerfreie Heilbehandlung nach § 4 Nr. 14 UStG"
#: `linked` has a contact in Lexware already; `new` and `company` have none; `again` is the newest `new` one.
Payer = Literal["linked", "new", "again", "company"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line; `days_ago` is when the service was done."""

    description: str
    unit_price: str
    quantity: str = "1"
    unit: str = "Leistung"
    days_ago: int | None = 3
    code: str | None = None
    vat_rate: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice to be written."""

    payer: Payer
    total: Decimal
    items: tuple[Item, ...]
    tax_mode: Literal["vatfree", "net", "gross"] = "vatfree"
    exemption_note: str | None = EXEMPT
    introduction: str | None = None
    due_in_days: int | None = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    """Takes back an earlier invoice, counted from the last one; `finalised` by the user in Lexware first, or a draft there."""

    of: int
    finalised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of practice: its settings, and what it writes over and over."""

    name: str
    plan: Literal["solo", "team", "business"]
    tax_type: Literal["net", "gross", "vatfree"]
    lines: Literal["neutral", "itemised"]
    script: tuple[Invoice | Cancellation, ...]

    def documents(self, count: int) -> Iterator[Invoice | Cancellation]:
        """So many of them, from the beginning of the script."""
        return islice(cycle(self.script), count)


_TREATMENT = Item(code="20501", description="Krankengymnastik", unit_price="24.50")

EXEMPT_PRACTICE = Kind(
    name="Physiotherapie Lindenweg",
    plan="solo",
    tax_type="vatfree",
    lines="neutral",
    script=(
        Invoice(payer="linked", total=Decimal("85.00"), items=(Item(description="Osteopathie", unit_price="85.00"),)),
        Invoice(
            payer="new",
            total=Decimal("147.00"),
            items=tuple(
                Item(code="20501", description="Krankengymnastik", unit_price="24.50", quantity="2", days_ago=day)
                for day in (16, 9, 2)
            ),
            due_in_days=30,
        ),
        Invoice(payer="again", total=Decimal("24.50"), items=(_TREATMENT,), due_in_days=None),
        Invoice(
            payer="company",
            total=Decimal("431.25"),
            items=(
                Item(description="Rückenschule im Betrieb", unit_price="96.00", quantity="4.25", unit="Stunde"),
                Item(description="Anfahrt", unit_price="23.25"),
            ),
            due_in_days=0,
        ),
        Cancellation(of=2, finalised=False),
        Cancellation(of=4, finalised=True),
    ),
)
TAXED_PRACTICE = Kind(
    name="Privatpraxis Am Hafen",
    plan="team",
    tax_type="net",
    lines="itemised",
    script=(
        Invoice(
            payer="new",
            total=Decimal("118.99"),
            items=(Item(description="Rückentraining", unit_price="33.33", quantity="3", vat_rate=19),),
            tax_mode="net",
            exemption_note=None,
        ),
        Invoice(
            payer="linked",
            total=Decimal("58.85"),
            items=(
                Item(description="Ratgeber", unit_price="12.95", vat_rate=7, days_ago=None),
                Item(description="Faszienrolle", unit_price="22.95", quantity="2", vat_rate=19, days_ago=None),
            ),
            tax_mode="gross",
            exemption_note=None,
        ),
        Invoice(
            payer="linked",
            total=Decimal("112.00"),
            items=(
                Item(code="4", description="Anamnese", unit_price="64.00", days_ago=21),
                Item(code="20501", description="Krankengymnastik", unit_price="24.00", quantity="2", days_ago=7),
            ),
            introduction="Vielen Dank für Ihr Vertrauen.",
        ),
        Invoice(
            payer="again",
            total=Decimal("56.82"),
            items=(Item(description="Beratung", unit_price="95.50", quantity="0.5", unit="Stunde", vat_rate=19),),
            tax_mode="net",
            exemption_note=None,
        ),
        Cancellation(of=3, finalised=True),
        Invoice(
            payer="company",
            total=Decimal("214.20"),
            items=(
                Item(description="Kurs am Arbeitsplatz", unit_price="40.00", quantity="5", vat_rate=19),
                Item(description="Nachlass", unit_price="-20.00", vat_rate=19),
            ),
            tax_mode="net",
            exemption_note=None,
        ),
    ),
)
KINDS = (EXEMPT_PRACTICE, TAXED_PRACTICE)
