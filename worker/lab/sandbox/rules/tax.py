"""Which tax type a document may have (lexware-api 5.5)."""

from collections.abc import Iterator
from typing import get_args

from worker.lab.sandbox.records import Contact, Organisation, TaxType
from worker.lab.sandbox.rules.violations import Violation, missing
from worker.lab.sandbox.wire import Json

_FOREIGN_TAX_TYPES = (
    "intraCommunitySupply",
    "constructionService13b",
    "externalService13b",
    "thirdPartyCountryService",
    "thirdPartyCountryDelivery",
    "photovoltaicEquipment",
)


def tax_violations(conditions: Json | None, organisation: Organisation, contact: Contact | None) -> Iterator[Violation]:
    """Everything wrong with the tax conditions of a document that names this contact."""
    if conditions is None:
        yield missing("taxConditions")
        return
    tax_type, field = conditions.get("taxType"), "taxConditions.taxType"
    switches = organisation.switches
    exempt = organisation.tax_type == "vatfree"
    if tax_type is None:
        yield missing(field)
    elif tax_type not in (*get_args(TaxType), *_FOREIGN_TAX_TYPES):
        yield Violation("INVALID", field, f"'{tax_type}' is not a tax type")
    elif exempt and tax_type != "vatfree" and not switches.accepts_taxed_when_vatfree:
        yield Violation("INVALID", field, "a tax-exempt organisation can create vat-free documents only")
    elif not exempt and tax_type == "vatfree" and not switches.accepts_vatfree_when_taxed:
        yield Violation("INVALID", field, "only a tax-exempt organisation can create vat-free documents")
    elif tax_type in _FOREIGN_TAX_TYPES:
        yield from _foreign(contact, field, needs_flag=switches.needs_tax_free_flag)
    if conditions.get("taxSubType") not in (None, "distanceSales", "electronicServices"):
        yield Violation("INVALID", "taxConditions.taxSubType", "is not a tax sub type")


def _foreign(contact: Contact | None, field: str, *, needs_flag: bool) -> Iterator[Violation]:
    if contact is None:
        yield Violation("INVALID", field, "this tax type needs a referenced contact")
    elif needs_flag and not (contact.body.get("company") or {}).get("allowTaxFreeInvoices"):
        yield Violation("INVALID", field, "the contact does not allow tax-free invoices")
