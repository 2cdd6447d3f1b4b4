"""What Lexware's answers look like today: read-only, about ten calls, and nothing but their shapes is kept.

Lexware changes its interface unannounced; whoever compares the shapes of two weeks hears of it first.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from worker.lexware.api import errors
from worker.lexware.api.client import VOUCHER_TYPES, Lexware
from worker.lexware.api.shape import Shape

_FEW: Mapping[str, str] = {"page": "0", "size": "25"}
_LISTS = {"voucherType": ",".join(VOUCHER_TYPES.values()), "sort": "updatedDate,DESC"}

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
KNOWN_WORDS = frozenset({"draft", "open", "overdue", "paid", "paidoff", "voided", "invoice", "creditnote"})
"""Statuses and types that lexrelay knows the meaning of; the first probe tells any other status."""


class Question(NamedTuple):
    """How an answer is asked for."""

    template: str
    query: dict[str, str] | None = None


QUESTIONS: Mapping[str, Question] = {
    "profile": Question("/v1/profile"),
    "voucherlist": Question("/v1/voucherlist", {**_LISTS, "voucherStatus": "any", **_FEW}),
    "voucherlist_open": Question("/v1/voucherlist", {**_LISTS, "voucherStatus": "open", **_FEW}),
    "voucherlist_overdue": Question("/v1/voucherlist", {**_LISTS, "voucherStatus": "overdue", **_FEW}),
    "contacts": Question("/v1/contacts", {"customer": "true", **_FEW}),
    "invoice": Question("/v1/invoices/{id}"),
    "payments": Question("/v1/payments/{id}"),
    "credit_note": Question("/v1/credit-notes/{id}"),
}
_EXAMPLES: Mapping[str, str] = {"invoice": "invoice", "payments": "invoice", "credit_note": "credit_note"}
"""Which example is read for an answer about one document."""


def asked(examples: Mapping[str, UUID | None]) -> Iterator[tuple[str, UUID | None]]:
    """The answers to be looked at, with the document that is read for it; without an example, none of its kind."""
    for answer in QUESTIONS:
        example = examples.get(_EXAMPLES[answer]) if answer in _EXAMPLES else None
        if example is not None or answer not in _EXAMPLES:
            yield answer, example


def shape(lexware: Lexware, answer: str, example: UUID | None) -> Shape | int:
    """The shape of an answer, or the status with which it was refused. Raises what concerns key, plan or rate, and silence."""
    question = QUESTIONS[answer]
    try:
        return lexware.shape(question.template, item=example, query=question.query)
    except (errors.Rejected, errors.NotFound, errors.PermissionMissing) as error:
        return error.status or 0
