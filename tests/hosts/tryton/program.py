"""Tryton at work, by its own code (proteus): runs in Tryton's virtual environment, as a process of its own.

    TRYTOND_CONFIG=trytond.conf python program.py DATABASE

Reads one command per line from stdin, `{"do": NAME, ...}`, and answers each with a line of JSON. Knows nothing of
lexrelay, and imports nothing of it. What Tryton itself would print goes to stderr.
"""

import json
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from proteus import Model, Wizard
from proteus import config as proteus_config
from trytond.modules.account.tests.tools import create_chart, create_fiscalyear, create_tax, get_accounts
from trytond.modules.account_invoice.tests.tools import set_fiscalyear_invoice_sequences
from trytond.modules.company.tests.tools import create_company, get_company
from trytond.modules.currency.tests.tools import get_currency
from trytond.pool import Pool
from trytond.transaction import Transaction, TransactionError
from trytond.worker import run_task

#: What waits for Tryton's worker.
QUEUE: list[int] = []
NOTE = "Umsatzsteuerfrei nach § 4 Nr. 14 UStG"


def one(model: str, *domain: tuple[str, str, object]) -> Any:
    """The one record that fits."""
    (record,) = Model.get(model).find(list(domain))
    return record


def today() -> date:
    """Tryton's day, for a company without a time zone."""
    return datetime.now(UTC).date()


def prepare():
    """A company that may cancel without a document, its chart, taxes, a way to be paid, and two products."""
    party = Model.get("party.party")(name="Praxis Lindenweg")
    party.save()
    create_company(party=party, currency=get_currency("EUR"))
    company = get_company()
    company.cancel_invoice_out = True
    company.save()
    year = set_fiscalyear_invoice_sequences(create_fiscalyear(company, today()))
    for sequence in {line.out_invoice_sequence for line in year.invoice_sequences}:
        sequence.prefix = "RE-"
        sequence.save()
    year.click("create_period")
    create_chart(company)
    accounts = get_accounts(company)
    for name, rate in (("19 %", "0.19"), ("7 %", "0.07"), ("befreit", "0")):
        tax = create_tax(Decimal(rate))
        tax.name = tax.description = name
        tax.legal_notice = NOTE if rate == "0" else None
        tax.save()
    cash = one("account.journal", ("type", "=", "cash"))
    method = Model.get("account.invoice.payment.method")(name="Kasse", journal=cash)
    method.credit_account = method.debit_account = accounts["cash"]
    method.save()
    term = Model.get("account.invoice.payment_term")(name="14 Tage")
    term.lines.new(type="remainder").relativedeltas.new(days=14)
    term.save()
    get_currency("USD")
    for code, country in (("DE", "Germany"), ("AT", "Austria")):
        Model.get("country.country")(code=code, name=country).save()
    _products(accounts)
    return {"company": company.id}


def _products(accounts):
    hour = one("product.uom", ("symbol", "=", "h"))
    category = Model.get("product.category")(name="Leistungen", accounting=True)
    category.account_revenue, category.account_expense = accounts["revenue"], accounts["expense"]
    category.save()
    for code, name in (("20501", "Krankengymnastik"), ("BGM", "Beratung")):
        template = Model.get("product.template")(name=name, default_uom=hour, type="service", list_price=Decimal(85))
        template.account_category = category
        template.code = code
        template.save()


def party(name, street="Lindenweg 3", town="Köln", country=None):
    """A payer with one address."""
    made = Model.get("party.party")(name=name)
    (address,) = made.addresses
    address.street, address.postal_code, address.city = street, "50667", town
    address.country = one("country.country", ("code", "=", country)) if country else None
    made.contact_mechanisms.new(type="email", value="post@example.org")
    made.save()
    return {"id": made.id}


def invoice(party, lines, currency="EUR", term=True):
    """A draft; lines are quantity, price, tax, and perhaps the code of a product."""
    made = Model.get("account.invoice")(type="out")
    made.party = Model.get("party.party")(party)
    made.currency = get_currency(currency)
    made.payment_term = one("account.invoice.payment_term") if term else None
    made.invoice_date = today()
    for quantity, price, tax, *code in lines:
        line = made.lines.new()
        if code:
            line.product = one("product.product", ("code", "=", code[0]))
            while line.taxes:
                line.taxes.pop()
        else:
            line.account, line.description = get_accounts()["revenue"], "Behandlung"
        line.quantity, line.unit_price = quantity, Decimal(price)
        if tax:
            line.taxes.append(one("account.tax", ("name", "=", tax)))
    made.save()
    return _told(made)


def click(invoice, button):
    """Press a button of an invoice: validate_invoice, post, cancel, draft."""
    record = Model.get("account.invoice")(invoice)
    record.click(button)
    return _told(record)


def pay(invoice):
    """Pay all of it in cash."""
    record = Model.get("account.invoice")(invoice)
    wizard = record.click("pay")
    wizard.form.payment_method = one("account.invoice.payment.method")
    wizard.execute("choice")
    record.reload()
    return _told(record)


def credit(invoice, refund, only=None):
    """Credit it; without a refund the credit note is a draft, in which `only` a quantity of the first line may stay."""
    before = {record.id for record in Model.get("account.invoice").find([])}
    wizard = Wizard("account.invoice.credit", [Model.get("account.invoice")(invoice)])
    wizard.form.with_refund = refund
    wizard.form.invoice_date = today()
    wizard.execute("credit")
    (note,) = [record for record in Model.get("account.invoice").find([]) if record.id not in before]
    if only is not None:
        for line in list(note.lines)[1:]:
            note.lines.remove(line)
        note.lines[0].quantity = -only
        note.save()
    return _told(note)


def batch_state(invoices):
    """The first of the two transactions of a batch: number and state are committed; the rest waits in Tryton's queue."""
    config, locks = proteus_config.get_config(), {}
    while True:
        with Transaction().start(config.database_name, config.user, context=config.context, **locks) as transaction:
            try:
                model = Pool(config.database_name).get("account.invoice")
                model.post_batch(model.browse(invoices))
            except TransactionError as error:  # a sequence has to be locked from the beginning
                transaction.rollback()
                error.fix(locks)
            else:
                QUEUE.extend(transaction.tasks)
                transaction.tasks.clear()
                break
    return _states(invoices)


def batch_rest(invoices):
    """The second: Tryton's worker comes to what waits in the queue."""
    while QUEUE:
        run_task(proteus_config.get_config().database_name, QUEUE.pop(0))
    return _states(invoices)


def _states(invoices):
    return [_told(Model.get("account.invoice")(each)) for each in invoices]


def _told(record):
    return {
        "id": record.id, "number": record.number, "state": record.state, "total": str(record.total_amount),
        "lines": [line.id for line in record.lines],
    }  # fmt: skip


COMMANDS = {each.__name__: each for each in (prepare, party, invoice, click, pay, credit, batch_state, batch_rest)}


def main(database):
    """Answer until stdin ends."""
    answers, sys.stdout = sys.stdout, sys.stderr
    proteus_config.set_trytond(database)
    for line in sys.stdin:
        command = json.loads(line)
        answer = COMMANDS[command.pop("do")](**command)
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
