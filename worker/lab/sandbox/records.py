"""Who and what exists in the simulated Lexware: organisations, their keys, contacts and documents.

Contacts and documents are immutable values: a change is a new value with the same id, kept by `World.keep`.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Literal, cast, get_args

from worker.lab.sandbox.switches import Switches
from worker.lab.sandbox.wire import Json

Kind = Literal["invoice", "creditnote"]
Status = Literal["draft", "open", "paid", "paidoff", "voided"]
TaxType = Literal["net", "gross", "vatfree"]
Origin = Literal["api", "user"]

SCOPES = frozenset(
    {
        "profile.read",
        "contacts.read",
        "contacts.write",
        "invoices.read",
        "invoices.write",
        "credit-notes.read",
        "credit-notes.write",
        "voucherlist.read",
        "payments.read",
    }
)

_PREFIX: dict[Kind, str] = {"invoice": "RE", "creditnote": "GS"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact as it stands; `body` is the JSON a GET shows, without id and version."""

    id: str
    version: int
    body: Json
    created: datetime
    updated: datetime
    origin: Origin
    archived: bool = False
    deleted: datetime | None = None
    default_discount: Decimal | None = None
    """Percent; set by the user, applied silently to documents (lexware-api 5.4)."""

    @property
    def name(self) -> str:
        """The name on a document: company, or "First Last"."""
        return name_of(self.body, "first_last")

    @property
    def is_customer(self) -> bool:
        """Whether documents may name it (4.5)."""
        return self.body["roles"].get("customer") is not None


def name_of(body: Json, order: Literal["first_last", "last_first"]) -> str:
    """The name of a contact's body in either order; a company has only one."""
    if company := body.get("company"):
        return str(company["name"])
    first, last = body["person"].get("firstName"), body["person"]["lastName"]
    if not first:
        return str(last)
    return f"{first} {last}" if order == "first_last" else f"{last}, {first}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An invoice or credit note: the body it was made from, and what Lexware made of it (`content`)."""

    id: str
    kind: Kind
    number: str
    status: Status
    version: int
    source: Json
    content: Json
    contact_id: str | None
    contact_name: str
    created: datetime
    updated: datetime
    origin: Origin
    related: tuple[str, ...] = ()
    """Ids of the documents it is linked with: invoice and credit note name each other (6.2)."""
    payments: tuple[Json, ...] = ()
    archived: bool = False
    deleted: datetime | None = None
    word: str | None = None
    """A status that nobody has heard of, shown instead of the true one."""
    due_on: str | None = None
    """The last day to pay (ISO), when a user has set another one."""

    @property
    def shown_status(self) -> str:
        """The status as the API says it."""
        return self.word or self.status

    @property
    def total(self) -> Decimal:
        """What the customer owes, or gets back: gross."""
        return Decimal(self.content["totalPrice"]["totalGrossAmount"])

    @property
    def open_amount(self) -> Decimal:
        """The total less everything paid or credited; a draft's is of no meaning to anybody."""
        return self.total - sum((Decimal(item["amount"]) for item in self.payments), Decimal(0))


@dataclass(slots=True, kw_only=True)
class Key:
    """An API key's rights; the key itself is its name in `Organisation.keys`."""

    scopes: frozenset[str] = SCOPES
    revoked: bool = False


@dataclass(slots=True, kw_only=True)
class Organisation:
    """One Lexware organisation with all it owns. Settings change, records are replaced, numbers only rise."""

    id: str
    company_name: str
    tax_type: TaxType = "vatfree"
    small_business: bool = False
    contract_ok: bool = True
    company_data_complete: bool = True
    keys: dict[str, Key] = field(default_factory=dict)
    switches: Switches = field(default_factory=Switches)
    contacts: dict[str, Contact] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    last_numbers: dict[str, int] = field(default_factory=lambda: {"RE": 1000, "GS": 0})
    last_role_numbers: dict[str, int] = field(default_factory=lambda: {"customer": 10000, "vendor": 70000})
    last_contact_at: datetime | None = None

    def contact(self, contact_id: str | None) -> Contact | None:
        """The contact of that id unless it is unknown or deleted."""
        contact = self.contacts.get(contact_id or "")
        return contact if contact and not contact.deleted else None

    def document(self, document_id: str, kind: Kind | None = None) -> Document | None:
        """The document of that id and kind unless it is unknown or deleted."""
        document = self.documents.get(document_id)
        if document is None or document.deleted or kind not in (None, document.kind):
            return None
        return document

    def next_number(self, kind: Kind) -> str:
        """The next number of the circle; drafts burn one too (5.9)."""
        prefix = _PREFIX[kind]
        self.last_numbers[prefix] += 1
        return f"{prefix}{self.last_numbers[prefix]:04}"

    def next_role_number(self, role: str) -> int:
        """The next customer or vendor number."""
        self.last_role_numbers[role] += 1
        return self.last_role_numbers[role]

    def usable_contact(self, contact_id: str | None, at: datetime) -> Contact | None:
        """The contact unless it is too young to be named by a document (14.3)."""
        contact = self.contact(contact_id)
        ripe_after = timedelta(seconds=self.switches.contact_unusable_seconds)
        return contact if contact and at >= contact.created + ripe_after else None


def tax_type_named(text: str) -> TaxType:
    """The tax type of that name; ValueError for any other."""
    for known in get_args(TaxType):
        if text == known:
            return cast(TaxType, known)
    raise ValueError(f"{text!r} is not a tax type")


def revised(document: Document, at: datetime, **changes: object) -> Document:
    """The document after a change: a version and an `updated` later."""
    return replace(document, version=document.version + 1, updated=at, **changes)  # type: ignore[arg-type]


def fingerprint(key: str) -> str:
    """How a key is named wherever it must not be shown."""
    return sha256(key.encode()).hexdigest()[:12]
