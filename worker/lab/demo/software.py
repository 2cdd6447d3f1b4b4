"""The practice software of the demo: writes customers and documents of one practice into its own tables, nothing else.

Each document is completed in one transaction, as practice software does it; of lexrelay it knows nothing.
"""

from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from typing import assert_never

from outbox.db import Connection
from outbox.sql import query
from worker.lab.demo.sample import EXEMPT, Cancellation, Invoice, Kind, Payer

#: Invented people; with the number of the house no two are the same.
_FIRST_NAMES = ("Ada", "Bela", "Clara", "Dario", "Edda", "Falk", "Greta", "Hanno", "Ilse", "Jona", "Karla")
_LAST_NAMES = ("Beispiel", "Muster", "Probe", "Vorlage", "Entwurf", "Skizze", "Modell")


class PracticeSoftware:
    """One practice. The first customer is the one that has a contact in Lexware already."""

    def __init__(self, db: Connection, kind: Kind, number: int) -> None:
        self._db, self.kind, self._place = db, kind, number
        self.name = f"{kind.name} {number}"
        self.practice_id = self._id("practice", name=self.name, plan=kind.plan)
        self._counts: Counter[str] = Counter()
        self._invoices: list[int] = []
        self.regular = self._newest = self._add_customer("linked")

    @property
    def regular_name(self) -> dict[str, str]:
        """Who that is, as the user has typed it into Lexware."""
        first, last = _name(1)
        return {"salutation": "Frau", "firstName": first, "lastName": last}

    def write(self, invoice: Invoice) -> int:
        """A completed invoice; its id."""
        with self._db.transaction():
            written = asdict(invoice) | {"practice_id": self.practice_id, "customer_id": self._customer(invoice.payer)}
            invoice_id = self._id("invoice", number=self._number("RE"), **written)
            for position, item in enumerate(invoice.items, 1):
                self._db.execute(query("demo.item"), asdict(item) | {"invoice_id": invoice_id, "position": position})
            self._db.execute(query("demo.completed"), {"invoice_id": invoice_id})
        self._invoices.append(invoice_id)
        return invoice_id

    @property
    def written(self) -> int:
        """How many invoices it has completed."""
        return len(self._invoices)

    def fill_in(self, invoice_id: int) -> None:
        """Put the exemption note on an invoice that lacks it."""
        self._db.execute(query("demo.fill_in"), {"invoice_id": invoice_id, "exemption_note": EXEMPT})

    def original_of(self, cancellation: Cancellation) -> int:
        """Which invoice the next document takes back."""
        return self._invoices[-cancellation.of]

    def cancel(self, invoice_id: int) -> int:
        """A completed cancellation of that invoice; its id."""
        with self._db.transaction():
            cancellation_id = self._id("cancellation", invoice_id=invoice_id, number=self._number("ST"))
            self._db.execute(query("demo.completed"), {"invoice_id": cancellation_id})
            self._db.execute(query("demo.cancelled"), {"invoice_id": invoice_id})
        return cancellation_id

    def _customer(self, payer: Payer) -> int:
        match payer:
            case "linked":
                return self.regular
            case "again":
                return self._newest
            case "new":
                self._newest = self._add_customer(payer)
                return self._newest
            case "company":
                return self._add_customer(payer)
            case _:
                assert_never(payer)

    def _add_customer(self, payer: Payer) -> int:
        place = self._count("K")
        first, last = _name(place)
        company = f"{last} & Partner GmbH" if payer == "company" else None
        return self._id(
            "customer",
            practice_id=self.practice_id,
            customer_number=f"K{self._place}-{1000 + place}",
            salutation=None if company else "Frau",
            first_name=None if company else first,
            last_name=None if company else last,
            company_name=company,
            street=f"Lindenweg {place}",
            zip="50667",
            city="Köln",
            email=f"{first}.{last}{place}@example.org".lower(),
        )

    def _number(self, circle: str) -> str:
        return f"{circle}{self._place}-{datetime.now(UTC):%Y}-{self._count(circle):04d}"

    def _count(self, circle: str) -> int:
        self._counts[circle] += 1
        return self._counts[circle]

    def _id(self, what: str, **values: object) -> int:
        row = self._db.execute(query(f"demo.{what}"), values).fetchone()
        assert row is not None  # noqa: S101 (every one of them returns its row)
        return int(row["id"])


def _name(place: int) -> tuple[str, str]:
    return _FIRST_NAMES[place % len(_FIRST_NAMES)], _LAST_NAMES[place % len(_LAST_NAMES)]
