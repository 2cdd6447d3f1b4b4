"""Which document may follow which in the simulated Lexware (lexware-api 6.2)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sandbox_bodies import NOON, invoice, organisation

from worker.lab.sandbox.bookkeeping import paid, payment_item
from worker.lab.sandbox.records import Document
from worker.lab.sandbox.rules.pursue import pursue_refusal
from worker.lab.sandbox.switches import Switches


def _preceding(**changes: Any) -> Document:
    return replace(invoice(organisation()), **changes)


def _part_paid() -> Document:
    return paid(_preceding(status="open"), payment_item("manualPayment", Decimal(60), NOON), NOON)


RULES: dict[str, tuple[Document, int, dict[str, Any], str | None]] = {
    "draft": (_preceding(), 100, {}, "finali"),
    "open": (_preceding(status="open"), 40, {}, None),
    "open, in full": (_preceding(status="open"), 100, {}, None),
    "open, in full, switched": (_preceding(status="open"), 100, {"accepts_full_credit": False}, "full amount"),
    "paid": (_preceding(status="paid"), 100, {}, None),
    "paid, switched": (_preceding(status="paid"), 100, {"accepts_credit_on_paid": False}, "completely paid"),
    "part paid": (_part_paid(), 50, {}, None),
    "part paid, switched": (_part_paid(), 50, {"accepts_credit_above_open_amount": False}, "open amount"),
    "part paid, within": (_part_paid(), 40, {"accepts_credit_above_open_amount": False}, None),
    "voided": (_preceding(status="voided"), 40, {}, "voided"),
    "has one": (_preceding(status="open", related=("c1",)), 40, {}, "already has"),
    "a credit note": (_preceding(status="open", kind="creditnote"), 40, {}, "type of voucher"),
    "a closing invoice": (_preceding(status="open", content={"closingInvoice": True}), 40, {}, "closing invoice"),
}


@pytest.mark.parametrize(("preceding", "amount", "switched", "expected"), RULES.values(), ids=RULES)
def test_a_credit_note_follows_what_it_may(
    preceding: Document, amount: int, switched: dict[str, Any], expected: str | None
) -> None:
    """Open and paid invoices without a credit note; the rest is refused with a reason."""
    refusal = pursue_refusal("creditnote", preceding, Decimal(amount), Switches(**switched))

    assert (expected in refusal) if expected and refusal else refusal is expected


def test_an_invoice_follows_no_invoice() -> None:
    """Only what comes before an invoice can be followed by one."""
    assert pursue_refusal("invoice", _preceding(status="open"), Decimal(1), Switches())
