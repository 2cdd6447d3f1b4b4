"""GNU Health at work, by its own code: what program.py knows, and patients, insurances and services. Runs as program.py does."""

import sys
from datetime import date

import program
from program import one, today
from proteus import Model, Wizard


def prepare_health():
    """Program.py's company, with a way to pay by, and an insurance company."""
    program.prepare()
    settings = Model.get("account.configuration")(1)
    settings.default_customer_payment_term = one("account.invoice.payment_term")
    settings.save()
    Model.get("party.party")(name="Kasse Nord", is_insurance_company=True).save()
    return {}


def person(name, family, born=None, insured=None):
    """A person with an address; one with a birth date is a patient."""
    made = Model.get("party.party")(name=name, lastname=family, is_person=True, gender="f", fed_country="DEU")
    made.is_patient = made.create_target = born is not None
    made.dob = born and date.fromisoformat(born)
    (address,) = made.addresses
    address.street, address.postal_code, address.city = "Lindenweg 3", "50667", "Köln"
    made.save()
    if insured:
        company = one("party.party", ("name", "=", "Kasse Nord"))
        Model.get("gnuhealth.insurance")(party=made, number=insured, company=company).save()
    return {"id": made.id}


def service(patient, payer, descriptions):
    """A service for this patient, invoiced to somebody by GNU Health's own wizard, and posted."""
    made = Model.get("gnuhealth.health_service")(desc="Behandlung")
    made.patient = one("gnuhealth.patient", ("party", "=", patient))
    made.invoice_to = Model.get("party.party")(payer)
    for words in descriptions:
        line = made.service_line.new(product=one("product.product", ("code", "=", "20501")), qty=1)
        line.desc = words
    made.save()
    Wizard("gnuhealth.service.invoice.create", [made]).execute("create_service_invoice")
    (invoice,) = Model.get("account.invoice").find([("reference", "=", made.name)])
    invoice.invoice_date = today()
    invoice.save()
    return program.click(invoice.id, "post")


program.COMMANDS.update({each.__name__: each for each in (prepare_health, person, service)})

if __name__ == "__main__":
    program.main(*sys.argv[1:])
