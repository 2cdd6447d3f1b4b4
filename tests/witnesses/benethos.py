"""What benethos-lexware-office-mcp is made to do; its client is asynchronous, so each call runs to its end at once."""

import asyncio

from benethos_lexware_office_mcp.api.client import LexwareClient
from benethos_lexware_office_mcp.settings import Settings
from sandbox_bodies import CONTACT, CREDIT_NOTE, INVOICE, bent

from witnesses.call import Calls, refused
from worker.lab.sandbox.server import Sandbox


def benethos(sandbox: Sandbox) -> Calls:
    """benethos-lexware-office-mcp 0.6.2: the client of its tools, which checks the shape of each answer."""
    tenant = sandbox.tenants[0]
    with asyncio.Runner() as runner:
        now = runner.run
        client = LexwareClient(Settings(api_key=tenant.key, base_url=sandbox.url, rate=1000, burst=1000))
        yield "profile", lambda: now(client.profile())
        for kind in ("countries", "payment-conditions", "posting-categories", "print-layouts"):
            yield kind, lambda kind=kind: now(client.master_data(kind))
        contact = now(client.create_contact(CONTACT))["id"]
        yield "contact", lambda: now(client.contact(contact))
        yield "contact search", lambda: now(client.contacts(name="Beispiel", customer=True, size=250))
        body = bent(INVOICE, {"address.contactId": contact})
        invoice = now(client.create_sales_document("invoices", body))["id"]
        yield "invoice", lambda: now(client.sales_document("invoices", invoice))
        yield (
            "PDF of a draft",
            lambda: refused(lambda: now(client.document_file("invoices", invoice, "application/pdf")), "ConflictError"),
        )
        sandbox.control.act(tenant.id, "finalise", document=invoice)
        yield "finalised invoice", lambda: now(client.sales_document("invoices", invoice))
        yield (
            "credit note of the invoice",
            lambda: now(client.create_sales_document("credit-notes", CREDIT_NOTE, preceding_sales_voucher_id=invoice)),
        )
        yield "payments", lambda: now(client.payments(invoice))
        yield "PDF", lambda: now(client.document_file("invoices", invoice, "application/pdf"))
        yield "voucher list", lambda: now(client.voucherlist(voucher_type="any", voucher_status="any"))
        yield (
            "voucher list, overdue with another status",
            lambda: refused(
                lambda: now(client.voucherlist(voucher_type="any", voucher_status="overdue,paid")), "ValidationError"
            ),
        )
        yield (
            "contact search of two letters",
            lambda: refused(lambda: now(client.contacts(name="Be")), "ValidationError"),
        )
        yield "articles", lambda: now(client.articles())
        yield "recurring templates", lambda: now(client.recurring_templates())
        yield "voucher by number", lambda: now(client.vouchers_by_number("none"))
        now(client.aclose())
