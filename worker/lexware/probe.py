"""What Lexware's answers look like today: read-only, about ten calls, and nothing but their shapes is kept.

Lexware changes its interface unannounced; whoever compares the shapes of two weeks hears of it first.
"""

from collections.abc import Iterator, Mapping
from uuid import UUID

from worker.delivery.errors import Refused
from worker.lexware.api.client import VOUCHER_TYPES, Lexware
from worker.lexware.api.shape import Shape

_FEW: Mapping[str, str] = {"page": "0", "size": "25"}

#: What lexrelay cannot do without, by answer.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "profile": ("organizationId", "taxType"),
    "voucherlist": ("content[].id", "content[].voucherStatus", "content[].createdDate", "totalElements", "last"),
    "invoice": ("id", "voucherStatus", "voucherNumber", "totalPrice.totalGrossAmount"),
    "credit_note": ("id", "voucherStatus", "voucherNumber", "totalPrice.totalGrossAmount"),
    "contacts": ("content[].id", "content[].archived", "totalElements", "last"),
    "contact": ("id", "archived"),
    "payments": ("openAmount", "paymentStatus"),
}
KNOWN_STATUSES = frozenset({"draft", "open", "overdue", "paid", "paidoff", "voided"})
"""The words of `voucherStatus` that lexrelay knows the meaning of; the first probe tells any other one."""


def answers(lexware: Lexware, invoice: UUID | None, credit_note: UUID | None) -> Iterator[tuple[str, Shape | int]]:
    """The shape of each answer, or the status with which it was refused. Raises what any other call raises."""
    lists = {"voucherType": ",".join(VOUCHER_TYPES.values()), "sort": "updatedDate,DESC"}
    yield "profile", _shape(lexware, "/v1/profile")
    yield "voucherlist", _shape(lexware, "/v1/voucherlist", query={**lists, "voucherStatus": "any", **_FEW})
    yield "voucherlist_open", _shape(lexware, "/v1/voucherlist", query={**lists, "voucherStatus": "open", **_FEW})
    yield "voucherlist_overdue", _shape(lexware, "/v1/voucherlist", query={**lists, "voucherStatus": "overdue", **_FEW})
    yield "contacts", _shape(lexware, "/v1/contacts", query={"customer": "true", **_FEW})
    if invoice is not None:
        yield "invoice", _shape(lexware, "/v1/invoices/{id}", invoice)
        yield "payments", _shape(lexware, "/v1/payments/{id}", invoice)
    if credit_note is not None:
        yield "credit_note", _shape(lexware, "/v1/credit-notes/{id}", credit_note)


def _shape(
    lexware: Lexware, template: str, item: UUID | None = None, *, query: dict[str, str] | None = None
) -> Shape | int:
    try:
        return lexware.shape(template, item=item, query=query)
    except Refused as error:
        return error.status or 0
