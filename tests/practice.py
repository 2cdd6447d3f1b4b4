"""A practice of invented people, written by plain SQL as the practice software would."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from worker.keys import KeyVault, Owner
from worker.lexware.translate import notes

#: Opens and locks the API keys of tests; made for them, of no use elsewhere.
SECRET_KEY = "bGV4cmVsYXktdGVzdHMtb25seS1ub3QtYS1zZWNyZXQ="

_INSERT_CUSTOMER = """
insert into practice.customers (practice_id, customer_number, salutation, first_name, last_name, company_name, street, zip,
                                city, country_code, email, phone, birth_date, insurance_number)
values (%(practice_id)s, %(customer_number)s, %(salutation)s, %(first_name)s, %(last_name)s, %(company_name)s, %(street)s,
        %(zip)s, %(city)s, %(country_code)s, %(email)s, %(phone)s, %(birth_date)s, %(insurance_number)s)
returning id
"""
_INSERT_INVOICE = """
insert into practice.invoices (practice_id, customer_id, kind, cancels_id, number, status, invoice_date, due_date, tax_mode,
                               exemption_note, introduction, diagnosis, total, completed_at)
values (%(practice_id)s, %(customer_id)s, %(kind)s, %(cancels_id)s, %(number)s, %(status)s, %(invoice_date)s, %(due_date)s,
        %(tax_mode)s, %(exemption_note)s, %(introduction)s, %(diagnosis)s, %(total)s, clock_timestamp())
returning id
"""
_INSERT_ITEM = """
insert into practice.invoice_items (invoice_id, position, treated_on, code, description, quantity, unit, unit_price, vat_rate)
values (%(invoice_id)s, %(position)s, %(treated_on)s, %(code)s, %(description)s, %(quantity)s, %(unit)s, %(unit_price)s,
        %(vat_rate)s)
"""


def token(practice_id: int, organisation_id: object, api_key: str) -> str:
    """A key as it is stored for this practice."""
    return KeyVault((SECRET_KEY,)).encrypt(api_key, Owner(practice_id, UUID(str(organisation_id))))


@dataclass
class Practice:
    """One practice in the host's database; `db` is a connection of the host."""

    db: psycopg.Connection[Any]
    name: str = "Praxis Lindenweg"
    plan: str = "solo"
    practice_id: int = 0
    _numbers: dict[str, int] = field(default_factory=lambda: {"RE": 0, "ST": 0, "K": 0})

    def __post_init__(self) -> None:
        row = self.db.execute(
            "insert into practice.practices (name, plan) values (%s, %s) returning id", (self.name, self.plan)
        ).fetchone()
        self.practice_id = _first(row)

    def switch_on(self, organisation_id: str, api_key: str, **settings: Any) -> None:
        """What book, connect and enable leave behind, in one step."""
        chosen = {"lines": "neutral", "matching": "exact", "tax_type": "vatfree", "small_business": False} | settings
        self.db.execute(
            "insert into outbox.lane (practice_id, enabled, booked_from, connected) "
            "values (%s, true, now() - interval '1 day', true)",
            (self.practice_id,),
        )
        self.db.execute(
            "insert into outbox.lane_period (practice_id, enabled_at) values (%s, now())", (self.practice_id,)
        )
        self.db.execute(
            "insert into lexware.connection (practice_id, organisation_id, company_name, tax_type, small_business, lines, "
            "matching, key_encrypted, key_stored_at, profile_read_at, avv_date) values "
            "(%s, %s, 'Praxis', %s, %s, %s, %s, %s, now(), now(), current_date)",
            (
                self.practice_id, organisation_id, chosen["tax_type"], chosen["small_business"], chosen["lines"],
                chosen["matching"], token(self.practice_id, organisation_id, api_key),
            ),
        )  # fmt: skip

    def confirm_note(self, note: str) -> None:
        """What `practice confirm-note` leaves behind; safe to call twice."""
        salt = self.db.execute("select salt from outbox.installation").fetchone()
        told = notes.fingerprint(note, self.practice_id, salt["salt"] if isinstance(salt, dict) else salt[0])
        self.db.execute(
            "insert into lexware.note_wording (practice_id, fingerprint, confirmed_by) values (%s, %s, 'test') on conflict do nothing",
            (self.practice_id, told),
        )

    def customer(self, **columns: Any) -> int:
        """A payer; called without arguments, a new person each time."""
        number = self._next("K")
        person = {
            "practice_id": self.practice_id, "customer_number": f"K-{number}", "salutation": "Frau", "first_name": "Ada",
            "last_name": f"Beispiel{_letters(number)}", "company_name": None, "street": f"Lindenweg {number}",
            "zip": "50667", "city": "Köln", "country_code": "DE", "email": None, "phone": None, "birth_date": None,
            "insurance_number": None,
        }  # fmt: skip
        return _first(self.db.execute(_INSERT_CUSTOMER, person | columns).fetchone())

    def link(self, customer_id: int, contact_id: str, organisation_id: str) -> None:
        """What `contact link` leaves behind."""
        self.db.execute(
            "insert into lexware.contact_link (practice_id, customer_id, organisation_id, contact_id, origin, linked_by) "
            "values (%s, %s, %s, %s, 'linked', 'test')",
            (self.practice_id, customer_id, organisation_id, contact_id),
        )

    def invoice(self, customer_id: int, items: list[dict[str, Any]] | None = None, **columns: Any) -> int:
        """A completed invoice, written in one transaction; `items` default to one session of 85.00 EUR."""
        items = [{}] if items is None else items
        with self.db.transaction():
            return self._write(customer_id, items, {"kind": "invoice", "number": self._number("RE")} | columns)

    def cancel(self, invoice_id: int, **columns: Any) -> int:
        """Its cancellation: a second row with negated items, the original cancelled, in one transaction."""
        with self.db.transaction(), self.db.cursor(row_factory=dict_row) as cursor:
            original = cursor.execute("select * from practice.invoices where id = %s", (invoice_id,)).fetchone()
            assert original is not None
            items = cursor.execute(
                "select * from practice.invoice_items where invoice_id = %s", (invoice_id,)
            ).fetchall()
            given = {"tax_mode": original["tax_mode"], "exemption_note": original["exemption_note"]}
            given |= {"kind": "cancellation", "number": self._number("ST"), "cancels_id": invoice_id}
            negated = [item | {"unit_price": -item["unit_price"]} for item in items]
            cancellation = self._write(
                original["customer_id"], negated, given | {"total": -original["total"]} | columns
            )
            self.db.execute("update practice.invoices set status = 'cancelled' where id = %s", (invoice_id,))
            return cancellation

    def _write(self, customer_id: int, items: list[dict[str, Any]], columns: dict[str, Any]) -> int:
        lines = [_ITEM | {"position": place} | item for place, item in enumerate(items, 1)]
        total = sum((Decimal(line["quantity"]) * Decimal(line["unit_price"]) for line in lines), Decimal(0))
        is_free = columns.get("tax_mode", "vatfree") == "vatfree" or any(line["vat_rate"] == 0 for line in lines)
        row = {
            "practice_id": self.practice_id, "customer_id": customer_id, "cancels_id": None, "status": "completed",
            "invoice_date": date(2026, 11, 2), "due_date": date(2026, 11, 16), "tax_mode": "vatfree",
            "exemption_note": NOTE if is_free else None, "introduction": None, "diagnosis": None,
            "total": total.quantize(Decimal("0.01")),
        } | columns  # fmt: skip
        invoice_id = _first(self.db.execute(_INSERT_INVOICE, row).fetchone())
        for line in lines:
            self.db.execute(_INSERT_ITEM, line | {"invoice_id": invoice_id})
        return invoice_id

    def _number(self, circle: str) -> str:
        return f"{circle}-2026-{self._next(circle):04d}"

    def _next(self, circle: str) -> int:
        self._numbers[circle] += 1
        return self._numbers[circle]


NOTE = "Umsatzsteuerfrei nach § 4 Nr. 14 UStG"
_ITEM: dict[str, Any] = {
    "treated_on": date(2026, 10, 28), "code": "20501", "description": "Krankengymnastik", "quantity": Decimal(1),
    "unit": "Leistung", "unit_price": Decimal("85.00"), "vat_rate": Decimal(0),
}  # fmt: skip


def _first(row: Any) -> int:
    return int(row["id"] if isinstance(row, dict) else row[0])


def _letters(number: int) -> str:
    """1 is A, 27 is AA: a name without digits for every number."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters.lower()
