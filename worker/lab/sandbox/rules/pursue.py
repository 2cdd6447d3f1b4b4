"""Which document may follow which (lexware-api 6.2, 6.4): the rules of `precedingSalesVoucherId`."""

from decimal import Decimal

from worker.lab.sandbox.records import Document, Kind
from worker.lab.sandbox.switches import Switches


def pursue_refusal(kind: Kind, preceding: Document, amount: Decimal, switches: Switches) -> str | None:
    """Why a new document over `amount` cannot follow `preceding`; None when it can."""
    if kind != "creditnote" or preceding.kind != "invoice":
        return "The pursue action is not possible for this type of voucher."
    if preceding.status == "draft":
        return "The preceding sales voucher must be finalized (ist noch nicht finalisiert)."
    if preceding.status == "voided":
        return "The preceding sales voucher is voided."
    if preceding.content.get("closingInvoice"):
        return "A closing invoice cannot be pursued to a credit note."
    if preceding.related:
        return "The preceding sales voucher already has a related credit note."
    return _amount_refusal(preceding, amount, switches)


def _amount_refusal(preceding: Document, amount: Decimal, switches: Switches) -> str | None:
    if preceding.status == "paid":
        return None if switches.accepts_credit_on_paid else "The preceding sales voucher is completely paid."
    if amount == preceding.total and not switches.accepts_full_credit:
        return "A credit note over the full amount cannot reference its invoice."
    if amount > preceding.open_amount and not switches.accepts_credit_above_open_amount:
        return "The credit note exceeds the open amount of the preceding sales voucher."
    return None
