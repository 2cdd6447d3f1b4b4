"""Questions about drafts: what is accepted, and with which status the rest is refused. What is accepted stays behind."""

from typing import Any
from uuid import uuid4

from worker.lexware.trial.account import Account
from worker.lexware.trial.answer import Unsettled
from worker.lexware.trial.findings import Findings

_REQUIRED = frozenset({"NOTNULL", "NOTEMPTY", "NOTBLANK"})


def making(account: Account, found: Findings) -> None:
    """The status of a new draft, how late the list shows it, and what a call that the API lacks answers."""
    made = account.draft()
    found.settle("2.1", "create_document_status", made.status, made)
    wanted = {"voucherType": "invoice,salesinvoice", "voucherStatus": "any", "sort": "createdDate,DESC"}

    def is_listed() -> bool:
        return any(row.get("id") == made.id for row in account.ask("GET", "/v1/voucherlist", query=wanted).rows)

    found.settle("12.7", "voucherlist_lag_seconds", round(account.until(is_listed), 2))
    lacking = account.ask("PUT", f"/v1/invoices/{made.id}", account.invoice())
    found.settle("14.1", "missing_method_status", lacking.status, lacking)


def new_contact(account: Account, found: Findings) -> None:
    """How long a new contact cannot be named."""
    contact = account.contact(person={"firstName": "Test", "lastName": f"Test{account.tag}d"}).id
    found.settle(
        "14.3", "contact_unusable_seconds", round(account.until(lambda: account.draft(contact).ok), 2)
    )  # fmt: skip
    vendor = account.contact(roles={"vendor": {}}).id
    found.settle("12.4", None, "vendor_only_contact", account.draft(vendor))


def unknown_things(account: Account, found: Findings) -> None:
    """A contact that is not there, a day of another spelling, and which objections are named."""
    answer = account.draft(str(uuid4()))
    found.settle("12.4", "unknown_contact_status", answer.status, answer)
    answer = account.draft(voucherDate="2026-11-05")
    found.settle("14.5", "bad_date_status", answer.status, answer)
    answer = account.draft(title="Test" * 10, shippingConditions=None)
    codes = set(answer.codes)
    named = "none" if not codes else "required" if codes <= _REQUIRED else "all"
    found.settle("15", "refusals_named", named, answer)


def too_much(account: Account, found: Findings) -> None:
    """How what is too long or too much is refused."""
    tried: dict[str, dict[str, Any]] = {
        "long_title": {"title": "Test" * 10}, "long_remark": {"remark": "Test " * 500},
        "lines_301": {"lineItems": [account.line(1)] * 301},
    }  # fmt: skip
    for name, changes in tried.items():
        found.settle("12.4", None, name, account.draft(**changes))


def taxes(account: Account, found: Findings) -> None:
    """The tax type that is not the organisation's own, and one of the foreign ones."""
    if account.is_taxed:
        answer = account.draft(taxConditions={"taxType": "vatfree", "taxTypeNote": "Test"}, lineItems=[_net(account)])
        found.settle("12.1", "accepts_vatfree_when_taxed", answer.ok, answer)
        found.leave_open("12.1", "accepts_taxed_when_vatfree", "other_tax_type")
        return _foreign(account, found)
    answer = account.draft(taxConditions={"taxType": "net"})
    found.settle("12.1", "accepts_taxed_when_vatfree", answer.ok, answer)
    found.leave_open("12.1", "accepts_vatfree_when_taxed", "other_tax_type")
    return found.leave_open("14.5", "needs_tax_free_flag", "other_tax_type")


def _foreign(account: Account, found: Findings) -> None:
    """Without the contact's `allowTaxFreeInvoices`; what is refused with it as well says nothing."""
    tax: dict[str, Any] = {"taxConditions": {"taxType": "thirdPartyCountryService"}, "lineItems": [_net(account)]}

    def of_company(*, allowed: bool) -> str:
        company = {"name": f"Test{account.tag}", "allowTaxFreeInvoices": allowed}
        return account.contact(person=None, company=company).id

    answer = account.draft(of_company(allowed=False), **tax)
    if not answer.ok and not account.draft(of_company(allowed=True), **tax).ok:
        return found.leave_open("14.5", "needs_tax_free_flag", "refused")
    return found.settle("14.5", "needs_tax_free_flag", not answer.ok, answer)


def signs(account: Account, found: Findings) -> None:
    """Below zero, and nothing at all. Where no negative price is accepted, the rest of it cannot be seen."""
    answer = account.draft(lineItems=[account.line(20), account.line(-10)])
    found.settle("12.2", "accepts_negative_line_prices", answer.ok, answer)
    if answer.ok:
        by_quantity = account.draft(lineItems=[account.line(20), account.line(10, -1)])
        found.settle("12.2", "accepts_negative_quantity", by_quantity.ok, by_quantity)
        total = account.draft(lineItems=[account.line(-10)])
        found.settle("12.2", "accepts_negative_total", total.ok, total)
    else:
        for hidden in ("accepts_negative_quantity", "accepts_negative_total"):
            found.leave_open("12.2", hidden, "hidden")
    nothing = account.draft(lineItems=[account.line(20), account.line(10, 0)])
    found.settle("12.2", "accepts_zero_quantity", nothing.ok, nothing)
    found.settle("12.2", None, "line_of_zero", account.draft(lineItems=[account.line(20), account.line(0)]))


def figures(account: Account, found: Findings) -> None:
    """More decimals than documented, where cents are rounded, and days of payment without words."""
    fine = account.draft(lineItems=[account.line(10.12345)])
    found.settle("14.5", "rounds_excess_decimals", fine.ok, fine)
    made = account.draft(lineItems=[account.line(10.004)] * 2)
    price = account.ask("GET", f"/v1/invoices/{made.id}").body.get("totalPrice") or {}
    total = round(100 * float(price.get("totalGrossAmount", 0)))
    if total not in (2000, 2001):
        raise Unsettled("other")
    found.settle("14.5", "rounds_each_line", total == 2000)
    alone = account.draft(paymentConditions={"paymentTermDuration": 14})
    found.settle("10.21", "accepts_lone_payment_duration", alone.ok, alone)


def _net(account: Account) -> dict[str, Any]:
    """A line as tax-free documents have it."""
    price = {"currency": "EUR", "netAmount": 10, "taxRatePercentage": 0}
    return account.line(10) | {"unitPrice": price}
