"""What the practice hands over: a document, its lines and its payer, as the views of schema `contract` give them.

Every field that a host may leave empty is optional here; what Lexware needs is demanded by the translation, which
names the missing field. Money and quantities are `Decimal`, days are Berlin calendar days.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from outbox.ids import CustomerId, DocumentId, PracticeId
from worker.lexware.translate import fold

Kind = Literal["invoice", "cancellation"]
TaxMode = Literal["vatfree", "net", "gross"]
PrivacyMode = Literal["neutral", "itemised"]
Matching = Literal["exact", "never", "none"]
"""Whose contact a payer without a link gets: an equal one, always a new one, or none at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """Whom the document is addressed to: a customer of the practice, not always the patient."""

    customer_id: CustomerId
    customer_number: str | None
    salutation: str | None
    first_name: str | None
    last_name: str | None
    company_name: str | None
    street: str | None
    address_supplement: str | None
    zip: str | None
    city: str | None
    country_code: str | None
    email: str | None
    phone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address that stands on one document only."""

    street: str | None
    address_supplement: str | None
    zip: str | None
    city: str | None
    country_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a document; `unit_price` is net, or gross in tax mode gross, and negative on a cancellation."""

    position: int | None
    treated_on: date | None
    code: str | None
    description: str | None
    quantity: Decimal
    unit: str
    unit_price: Decimal
    vat_rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The invoice that a cancellation cancels, as far as its texts name it."""

    document_id: DocumentId
    number: str | None
    invoice_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A completed invoice or cancellation. `total` is gross, what the payer owes; negative on a cancellation."""

    document_id: DocumentId
    practice_id: PracticeId
    kind: Kind
    number: str | None
    invoice_date: date | None
    due_date: date | None
    tax_mode: str
    exemption_note: str | None
    introduction: str | None
    total: Decimal | None
    payer: Payer
    lines: tuple[Line, ...]
    original: Original | None
    currency: str | None = None
    """As the host says it; None means EUR."""
    own_address: Address | None = None
    """Where this document goes, when not to the payer's own address."""
    leaks: Mapping[str, str] = field(default_factory=dict)
    """Fields whose text contains a birth date or an insurance number (`contract.leaks`), each with which of them where that is
    known (`contract.leaked`): names, never values.
    """
    note_is_confirmed: bool = False
    """The practice has confirmed the wording of its exemption note."""

    @property
    def addressee(self) -> Payer:
        """The payer at the address that stands on this document; a blank one is none."""
        own = self.own_address
        if own is None or not any(map(fold.name, (own.street, own.address_supplement, own.zip, own.city))):
            return self.payer
        return replace(self.payer, **asdict(own))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the practice chose at `enable`, and what its Lexware profile said when it was last read."""

    organisation_id: UUID
    tax_type: TaxMode
    small_business: bool
    lines: PrivacyMode
    matching: Matching
