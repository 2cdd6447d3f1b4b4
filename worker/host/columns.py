"""The promised columns of the contract's views: what a host gives, of which type, and what it means.

The one list from which views, comments, checks and the guide are made. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Type = Literal["bigint", "int", "text", "numeric", "date", "timestamptz"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: an optional one that a host leaves out is null."""

    name: str
    type: Type
    comment: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """One view; `name` is also that of its file in the host folder."""

    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """The file with the host's select."""
        return f"{self.name}.sql"

    @property
    def by_name(self) -> Mapping[str, Column]:
        """Its columns by their names."""
        return {column.name: column for column in self.columns}


def _needed(name: str, kind: Type, comment: str) -> Column:
    return Column(name, kind, comment, required=True)


PRACTICE = View("practice", "One row per practice: one customer of the practice software.", (
    _needed("practice_id", "bigint", "The host's id of the practice."),
    _needed("name", "text", "The practice's name, for operators."),
    _needed("plan", "text", "solo, team or business: decides what the transfer costs."),
    Column("host_key", "text", "The host's own key of the practice, when it is not a number."),
))  # fmt: skip

DOCUMENT = View("document", "One row per invoice or cancellation, drafts included.", (
    _needed("document_id", "bigint", "The host's id of the document."),
    _needed("practice_id", "bigint", "The practice that wrote it."),
    _needed("payer_id", "bigint", "The customer it is addressed to."),
    _needed("kind", "text", "invoice or cancellation."),
    Column("original_id", "bigint", "On a cancellation: the invoice it cancels."),
    _needed("number", "text", "The practice's own number."),
    _needed("status", "text", "draft, completed or cancelled; draft until number, total and lines are all there."),
    _needed("invoice_date", "date", "The day printed on it."),
    Column("due_date", "date", "The day it is to be paid, if it says so."),
    _needed("tax_mode", "text", "vatfree, net or gross: what unit prices mean."),
    Column("exemption_note", "text", "Why no VAT is charged, in the practice's words."),
    Column("introduction", "text", "The practice's opening text; leaves only when lines are itemised."),
    _needed("total", "numeric", "Gross, what the payer owes; negative on a cancellation."),
    Column("completed_at", "timestamptz", "When it was completed; the safety net looks at it."),
    Column("currency", "text", "ISO 4217; null means EUR, and another one is never sent."),
    Column("street", "text", "Street and house number of this document's own address, which wins over the payer's."),
    Column("address_supplement", "text", "A second line of this document's own address."),
    Column("zip", "text", "Postal code of this document's own address."),
    Column("city", "text", "Town of this document's own address."),
    Column("country_code", "text", "ISO 3166 alpha-2 of this document's own address; null: the payer's."),
    Column("host_key", "text", "The host's own key of the document, when it is not a number."),
))  # fmt: skip

DOCUMENT_LINE = View("document_line", "The lines of a document.", (
    _needed("line_id", "bigint", "The host's id of the line; orders lines of one position."),
    _needed("document_id", "bigint", "The document it stands on."),
    Column("position", "int", "Its place on the document."),
    Column("treated_on", "date", "The day of the treatment; only first and last day leave."),
    Column("code", "text", "Code of the fee schedule; leaves only when lines are itemised."),
    Column("description", "text", "What was done; leaves only when lines are itemised."),
    _needed("quantity", "numeric", "How many units."),
    Column("unit", "text", "Name of the unit; leaves only when lines are itemised."),
    _needed("unit_price", "numeric", "Net, or gross in tax_mode gross; negative on a cancellation."),
    _needed("vat_rate", "numeric", "Per cent."),
))  # fmt: skip

PAYER = View("payer", "Whom documents are addressed to: person or company, not always the patient.", (
    _needed("payer_id", "bigint", "The host's id of the customer."),
    _needed("practice_id", "bigint", "The practice whose customer this is."),
    Column("customer_number", "text", "The practice's own customer number."),
    Column("salutation", "text", "Frau, Herr, or as the practice writes it."),
    Column("first_name", "text", "First name of a person."),
    Column("last_name", "text", "Last name of a person."),
    Column("company_name", "text", "Name of a company; then the person is not sent."),
    Column("street", "text", "Street and house number."),
    Column("address_supplement", "text", "A second line of the address."),
    Column("zip", "text", "Postal code."),
    Column("city", "text", "Town."),
    Column("country_code", "text", "ISO 3166 alpha-2."),
    Column("email", "text", "E-mail address; leaves only when lines are itemised."),
    Column("phone", "text", "Telephone; leaves only when lines are itemised."),
    Column("host_key", "text", "The host's own key of the customer, when it is not a number."),
))  # fmt: skip

PRIVATE = View("private", "What must never leave, of payer and patients; seen by contract.leaks() alone.", (
    _needed("document_id", "bigint", "The document whose texts must not hold the rest."),
    Column("birth_date", "date", "Never leaves the house."),
    Column("insurance_number", "text", "Never leaves the house."),
    Column("first_name", "text", "Must not stand in the document's number."),
    Column("last_name", "text", "Must not stand in the document's number."),
))  # fmt: skip

#: What the worker may read, in the order in which it is made.
PROMISED = (PRACTICE, DOCUMENT, DOCUMENT_LINE, PAYER)
#: All views of the contract; the last one may be left out by a host that knows nothing of the kind.
VIEWS = (*PROMISED, PRIVATE)
