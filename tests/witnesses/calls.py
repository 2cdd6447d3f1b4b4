"""What each witness is made to do: calls by its own means, with its own models of what comes back."""

from collections.abc import Callable
from typing import Any

from lexoffice_client.client import LexofficeClient
from lexoffice_client.contact import ContactWritable
from lexoffice_client.credit_note import CreditNoteWritable
from lexoffice_client.invoice import InvoiceWritable
from lexwareoffice.client import Client
from lxw_cli.config import Config
from lxw_cli.core import services
from lxw_cli.core.client import LexwareClient
from sandbox_bodies import CONTACT, CREDIT_NOTE, INVOICE, bent

from witnesses.benethos import benethos
from witnesses.call import Calls
from worker.lab.sandbox.server import Sandbox

_NEGATIVE_LINE = {"lineItems.0.unitPrice.netAmount": -1}


def lexoffice_client(sandbox: Sandbox) -> Calls:
    """lexoffice-client 0.2.0: pydantic models of every answer."""
    tenant = sandbox.tenants[0]
    client = LexofficeClient(tenant.key, f"{sandbox.url}/v1")
    yield "ping", client.ping
    yield "profile", client.retrieve_profile
    yield "countries", client.list_countries
    yield "payment conditions", client.list_payment_conditions
    yield "posting categories", client.retrieve_posting_categories_list
    yield "print layouts", client.list_print_layouts
    yield "event subscriptions", client.list_event_subscriptions
    yield "recurring templates", client.list_recurring_templates
    yield "articles", client.filter_articles
    yield "contact without a version", lambda: client.create_contact(_model(ContactWritable, CONTACT, version=None))
    made = client.create_contact(_model(ContactWritable, CONTACT))
    yield "contact", lambda: client.retrieve_contact(made.id)
    yield "contact search", lambda: client.filter_contacts(name="Beispiel")
    invoice = client.create_invoice(_model(InvoiceWritable, INVOICE))
    yield "invoice", lambda: client.retrieve_invoice(invoice.id)
    sandbox.control.act(tenant.id, "finalise", document=str(invoice.id))
    yield "finalised invoice", lambda: client.retrieve_invoice(invoice.id)
    credit = client.create_credit_note(_model(CreditNoteWritable, CREDIT_NOTE), preceding_sales_voucher_id=invoice.id)
    yield "credit note", lambda: client.retrieve_credit_note(credit.id)
    yield "PDF", lambda: client.download_invoice_file(invoice.id)
    yield "voucher list", lambda: client.filter_voucherlist("any", "any")
    yield "payments as a list", client.list_payments


def lxw_cli(sandbox: Sandbox) -> Calls:
    """lxw-cli 0.9.1: its services, with their own checks before and after."""
    tenant = sandbox.tenants[0]
    client = LexwareClient(Config(api_key=tenant.key, base_url=sandbox.url))
    yield "profile", lambda: services.get_profile(client)
    contact = services.create_contact(client, CONTACT)["id"]
    yield "contact", lambda: services.get_contact(client, contact)
    yield "contacts", lambda: services.list_contacts(client)
    invoice = services.create_invoice(client, INVOICE)["id"]
    yield "invoice", lambda: services.get_invoice(client, invoice)
    yield "invoice with a negative line", lambda: services.create_invoice(client, _with_a_discount())
    sandbox.control.act(tenant.id, "finalise", document=invoice)
    yield "invoices of every status", lambda: services.list_invoices(client)
    yield "payment status", lambda: services.get_payment_status(client, invoice)
    yield "PDF", lambda: services.download_invoice_pdf(client, invoice)
    yield "posting categories", lambda: services.list_posting_categories(client)
    yield "articles", lambda: services.list_articles(client)
    yield "dunning", lambda: services.create_dunning(client, invoice)


def agent_tool(sandbox: Sandbox) -> Calls:
    """agent-tool-lexware-office-cli 0.1.4: its client, with the calls that its commands make."""
    tenant = sandbox.tenants[0]
    client = Client(sandbox.url, tenant.key)
    for path in (
        "ping",
        "profile",
        "countries",
        "payment-conditions",
        "posting-categories",
        "print-layouts",
        "articles",
    ):
        yield path, lambda path=path: client.request("GET", path)
    contact = client.request("POST", "contacts", json=CONTACT)["id"]
    yield "contact", lambda: client.request("GET", f"contacts/{contact}")
    yield (
        "invoice of the contact",
        lambda: client.request("POST", "invoices", json=bent(INVOICE, {"address.contactId": contact})),
    )
    listed = {"voucherType": "invoice", "voucherStatus": "any", "size": 250, "sort": "voucherDate"}
    yield "voucher list, bare sort key", lambda: client.request("GET", "voucherlist", params=listed)
    blank = {"voucherType": "any", "voucherStatus": "blank"}
    yield "voucher list, status blank", lambda: client.request("GET", "voucherlist", params=blank)
    yield "quotations", lambda: client.request("POST", "quotations", json={})


def _model(shape: Any, body: dict[str, Any], **changes: Any) -> Any:
    return shape.model_validate(body | changes)


def _with_a_discount() -> dict[str, Any]:
    line = bent(INVOICE, _NEGATIVE_LINE)["lineItems"][0]
    return INVOICE | {"lineItems": [*INVOICE["lineItems"], line]}


WITNESSES: dict[str, Callable[[Sandbox], Calls]] = {
    "benethos-lexware-office-mcp": benethos,
    "lexoffice-client": lexoffice_client,
    "lxw-cli": lxw_cli,
    "agent-tool-lexware-office-cli": agent_tool,
}
