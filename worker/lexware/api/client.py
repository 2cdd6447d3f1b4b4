"""What lexrelay asks of Lexware Office, for one practice.

The calls are Lexware's own, in its words. Every one takes a rate slot (`before_call`); a POST leaves only after
`may_send` said so, directly before its first byte. Errors are those of `errors.py`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from worker.lexware.api.answers import (
    Contact,
    Created,
    Page,
    Payments,
    Profile,
    SalesDocument,
    VoucherKind,
    VoucherRow,
)
from worker.lexware.api.call import MaySend
from worker.lexware.api.calls import BeforeCall, Calls, OnCall, Query
from worker.lexware.api.lenient import Json, Unreadable
from worker.lexware.api.search import name_pattern, search_text
from worker.lexware.api.shape import Shape, shape_of
from worker.lexware.api.transport import Transport
from worker.lexware.payloads import ContactPayload, CreditNotePayload, InvoicePayload

VOUCHER_TYPES: dict[VoucherKind, str] = {"invoice": "invoice,salesinvoice", "credit_note": "creditnote,salescreditnote"}
"""Both words of each kind, since finalised documents may change theirs (lexware-api 7.3)."""


class Lexware:
    """Lexware as one API key sees it. Short-lived and cheap; the line is shared by all and by all threads.

    `before_call` runs before every call and may sleep; if it raises, nothing is sent and its error passes through.
    `on_call` hears of every call afterwards. Raises ValueError for a key that no header can carry.
    """

    def __init__(
        self,
        transport: Transport,
        key: str,
        *,
        before_call: BeforeCall,
        on_call: OnCall = lambda _method, _template, _status, _seconds: None,
    ) -> None:
        self._calls = Calls(transport, key, before_call, on_call)

    def profile(self) -> Profile:
        """The organisation behind the key; also the health check (lexware-api 9.1)."""
        return self._calls.get("/v1/profile", Profile.read)

    def contact(self, contact_id: UUID) -> Contact:
        """One contact, archived or not."""
        return self._calls.get("/v1/contacts/{id}", Contact.read, item=contact_id)

    def search_contacts(
        self, *, name: str | None = None, email: str | None = None, number: int | None = None
    ) -> Iterator[Contact]:
        """Contacts, archived ones too, that *contain* name and e-mail: compare them (lexware-api 4.4, `search.py`).

        The customer number is exact. Every page of 250 is a call, made when it is reached; raises `Truncated` when there
        may be more than was given.
        """
        query: Query = {} if name is None else {"name": name_pattern(name)}
        if email is not None:
            query["email"] = search_text(email)
        if number is not None:
            query["number"] = str(number)
        if not query:
            raise ValueError("A search without a filter would list everybody.")
        found = self._calls.rows("/v1/contacts", query, Contact.read)
        return (contact for contact in found if number in (None, contact.customer_number))

    def create_contact(self, body: ContactPayload, may_send: MaySend) -> Created:
        """Make a contact; called twice, two (lexware-api 4.2)."""
        return self._calls.create("/v1/contacts", body, may_send)

    def invoice(self, invoice_id: UUID) -> SalesDocument:
        """One invoice; `NotFound` also for the id of anything else."""
        return self._calls.get("/v1/invoices/{id}", partial(_that, invoice_id), item=invoice_id)

    def create_invoice(self, body: InvoicePayload, may_send: MaySend) -> Created:
        """Make a draft invoice; called twice, two, each with a number of its own (lexware-api 5.9)."""
        return self._calls.create("/v1/invoices", body, may_send)

    def credit_note(self, credit_note_id: UUID) -> SalesDocument:
        """One credit note; `NotFound` also for the id of anything else."""
        return self._calls.get("/v1/credit-notes/{id}", partial(_that, credit_note_id), item=credit_note_id)

    def create_credit_note(self, body: CreditNotePayload, may_send: MaySend, preceding: UUID | None = None) -> Created:
        """Make a draft credit note, linked with the finished invoice `preceding` if given (lexware-api 6.2)."""
        query: Query = {} if preceding is None else {"precedingSalesVoucherId": str(preceding)}
        return self._calls.create("/v1/credit-notes", body, may_send, query)

    def vouchers(self, kind: VoucherKind, created_from: date) -> Iterator[VoucherRow]:
        """Documents of any status made on a German day or later, the newest first, each once (lexware-api 7).

        The list lags behind the documents (7.4). Every page of 250 is a call, made when it is reached; raises
        `Truncated` when there may be more than was given.
        """
        query: Query = {
            "voucherType": VOUCHER_TYPES[kind],
            "voucherStatus": "any",
            "createdDateFrom": created_from.isoformat(),
            "sort": "createdDate,DESC",
        }
        return self._calls.rows("/v1/voucherlist", query, VoucherRow.read)

    def voucher_page(self, page: int, status: str, days: Mapping[str, date]) -> Page[VoucherRow]:
        """One page of the documents of both kinds in these statuses; `overdue` must stand alone (lexware-api 7.1).

        `days` are filters like `updatedDateFrom`, whole German days, both ends included.
        """
        query: Query = {
            "voucherType": ",".join(VOUCHER_TYPES.values()),
            "voucherStatus": status,
            "sort": "createdDate,ASC",
            **{name: day.isoformat() for name, day in days.items()},
        }
        return self._calls.page(page, "/v1/voucherlist", query, VoucherRow.read)

    def contact_page(self, page: int) -> Page[Contact]:
        """One page of all customers, archived ones too, by name (lexware-api 4.4)."""
        return self._calls.page(page, "/v1/contacts", {"customer": "true"}, Contact.read)

    def payments(self, document_id: UUID) -> Payments:
        """What was paid of a finalised document; drafts are `Rejected` (lexware-api 9.2)."""
        return self._calls.get("/v1/payments/{id}", Payments.read, item=document_id)

    def shape(self, template: str, *, item: UUID | None = None, query: Query | None = None) -> Shape:
        """What the answer of a reading call looks like, without its values."""
        return self._calls.get(template, shape_of, item=item, query=query)


def _that(document_id: UUID, data: Json) -> SalesDocument:
    """The document that was asked for; another one is the answer to another question."""
    found = SalesDocument.read(data)
    if found.id != document_id:
        raise Unreadable("id")
    return found
