"""Questions about credit notes and finalised invoices. Up to two invoices are finalised; a human can cancel them later."""

from uuid import uuid4

from worker.lexware.trial.account import Account
from worker.lexware.trial.answer import Answer, Unsettled
from worker.lexware.trial.findings import Findings


def unlinked(account: Account, found: Findings) -> None:
    """Negative lines, an invoice that is not there, and one that is a draft."""
    answer = _credit(account, account.credit_note(lineItems=[account.line(20), account.line(-10)]))
    found.settle("14.7", "accepts_negative_credit_lines", answer.ok, answer)
    answer = _credit(account, account.credit_note(), str(uuid4()))
    found.settle("12.5", "unknown_preceding_status", answer.status, answer)
    found.settle("12.4", None, "preceding_draft", _credit(account, account.credit_note(), account.draft().id))


def finalised(account: Account, found: Findings) -> None:
    """As what the list names it, whether the whole may be credited, once more, and more than is open."""
    invoice = _finalised(account)
    found.settle("7.3", "finalised_invoice_type", _listed_as(account, invoice))
    full = _credit(account, account.credit_note(), invoice)
    found.settle("12.3", "accepts_full_credit", full.ok, full)
    if full.ok:
        found.settle("12.3", None, "second_link", _credit(account, account.credit_note(), invoice))
        invoice = _finalised(account)
    above = _credit(account, account.credit_note(lineItems=[account.line(20)]), invoice)
    found.settle("12.3", "accepts_credit_above_open_amount", above.ok, above)


def _finalised(account: Account) -> str:
    made = account.ask("POST", "/v1/invoices", account.invoice(), {"finalize": "true"})
    if not made.ok:
        raise Unsettled("not_finalised")
    account.finalised += 1
    return made.id


def _listed_as(account: Account, invoice: str) -> str:
    """The word for it, as soon as it is listed as finalised."""
    wanted = {"voucherType": "invoice,salesinvoice", "voucherStatus": "open", "sort": "createdDate,DESC"}
    words: list[str] = []

    def is_listed() -> bool:
        rows = account.ask("GET", "/v1/voucherlist", query=wanted).rows
        words.extend(str(row.get("voucherType")) for row in rows if row.get("id") == invoice)
        return bool(words)

    account.until(is_listed)
    if words[0] not in ("invoice", "salesinvoice"):
        raise Unsettled("other")
    return words[0]


def _credit(account: Account, body: dict[str, object], preceding: str | None = None) -> Answer:
    query = {"precedingSalesVoucherId": preceding} if preceding else None
    return account.ask("POST", "/v1/credit-notes", body, query)
