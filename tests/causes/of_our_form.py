"""Deaths by a form that Lexware refuses: a version of lexrelay with a bug, each with one field wrong, until a new version.

Every code that the simulated Lexware can give to a document or a contact stands here or in `of_lexware.py`.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from causes.cause import Cause, Words
from causes.deeds import link
from causes.scene import Scene
from worker.lexware import contact, upload
from worker.lexware.api import calls, client

_STEPS: Mapping[str, tuple[str, Words]] = {
    "form": ("developer", ("Status, Codes und Trace-ID den Entwicklern geben", "Give status, codes and trace id to the developers")),
    "tax": ("practice", ("Steuereinstellungen in Lexware vergleichen", "Compare VAT rate, exemption note and the tax settings")),
    "lacks": ("practice", ("Name und Anschrift des Empfängers in der Praxissoftware vervollständigen", "Complete name and address")),
    "wrong": ("practice", ("Die genannte Angabe in der Praxissoftware", "Check what is named in the practice software")),
    "search": ("practice", ("suchen oder anlegen und hinterlegen (contact link)", "Find or create the contact in Lexware")),
    "country": ("practice", ("Den Ländercode des Empfängers", "Correct the addressee's country code")),
}  # fmt: skip
_PRICE: dict[str, Any] = {"currency": "EUR", "netAmount": 85, "taxRatePercentage": 0}
_LINE: dict[str, Any] = {
    "type": "custom",
    "name": "Leistung",
    "quantity": 1,
    "unitName": "Leistung",
    "unitPrice": _PRICE,
}
_SERVICE = {"shippingType": "service"}
_DAY = "2026-10-28T00:00:00.000+01:00"
_PERIOD = {"shippingType": "serviceperiod", "shippingDate": _DAY, "shippingEndDate": "2026-10-27T00:00:00.000+01:00"}
_PERSON = {"lastName": "Beispiel"}
_ADDRESS = {"countryCode": "DE"}
_LONG = "x" * 2001
#: Field, what is sent there, the code that Lexware gives, and whose step it is.
_OF_DOCUMENTS: tuple[tuple[str, Any, str, str], ...] = (
    ("voucherDate", None, "NOTNULL voucherDate", "form"),
    ("voucherDate", "2026-11-02", "PATTERN voucherDate", "form"),
    ("address", None, "NOTNULL address", "lacks"),
    ("address.name", "", "NOTNULL address.name", "lacks"),
    ("address.countryCode", None, "NOTNULL address.countryCode", "country"),
    ("lineItems", None, "NOTNULL lineItems", "form"),
    ("lineItems", [], "NOTEMPTY lineItems", "form"),
    ("lineItems", [_LINE] * 301, "SIZE lineItems", "form"),
    ("lineItems.0.type", None, "NOTNULL lineItems[0].type", "form"),
    ("lineItems.0.type", "gift", "INVALID lineItems[0].type", "form"),
    ("lineItems.0.type", "service", "NOTNULL lineItems[0].id", "form"),
    ("lineItems.0.id", "7", "INVALID lineItems[0].id", "form"),
    ("lineItems.0.name", " ", "NOTNULL lineItems[0].name", "form"),
    ("lineItems.0.name", "x" * 256, "SIZE lineItems[0].name", "form"),
    ("lineItems.0.description", _LONG, "SIZE lineItems[0].description", "form"),
    ("lineItems.0.quantity", None, "NOTNULL lineItems[0].quantity", "form"),
    ("lineItems.0.quantity", -1, "MIN lineItems[0].quantity", "form"),
    ("lineItems.0.quantity", 1.00001, "DIGITS lineItems[0].quantity", "form"),
    ("lineItems.0.unitName", "", "NOTNULL lineItems[0].unitName", "form"),
    ("lineItems.0.discountPercentage", 0.125, "DIGITS lineItems[0].discountPercentage", "form"),
    ("lineItems.0.unitPrice", None, "NOTNULL lineItems[0].unitPrice", "tax"),
    ("lineItems.0.unitPrice.currency", None, "NOTNULL lineItems[0].unitPrice.currency", "form"),
    ("lineItems.0.unitPrice.currency", "CHF", "INVALID lineItems[0].unitPrice.currency", "form"),
    ("lineItems.0.unitPrice.netAmount", None, "NOTNULL lineItems[0].unitPrice.netAmount", "form"),
    ("lineItems.0.unitPrice.netAmount", 0.00001, "DIGITS lineItems[0].unitPrice.netAmount", "form"),
    ("lineItems.0.unitPrice.grossAmount", 0.00001, "DIGITS lineItems[0].unitPrice.grossAmount", "form"),
    ("lineItems.0.unitPrice.netAmount", -85, "MIN totalPrice.totalGrossAmount", "form"),
    ("lineItems.0.unitPrice.taxRatePercentage", None, "NOTNULL lineItems[0].unitPrice.taxRatePercentage", "tax"),
    ("totalPrice", None, "NOTNULL totalPrice", "form"),
    ("totalPrice.currency", "CHF", "INVALID totalPrice.currency", "form"),
    ("totalPrice", {"currency": "EUR", "totalDiscountAbsolute": 1, "totalDiscountPercentage": 1}, "INVALID totalPrice", "form"),
    ("totalPrice.totalDiscountAbsolute", 0.125, "DIGITS totalPrice.totalDiscountAbsolute", "form"),
    ("taxConditions", None, "NOTNULL taxConditions", "tax"),
    ("taxConditions.taxType", None, "NOTNULL taxConditions.taxType", "tax"),
    ("taxConditions.taxType", "none", "INVALID taxConditions.taxType", "tax"),
    ("taxConditions.taxSubType", "none", "INVALID taxConditions.taxSubType", "tax"),
    ("title", "x" * 26, "SIZE title", "form"),
    ("introduction", _LONG, "SIZE introduction", "form"),
    ("remark", _LONG, "SIZE remark", "form"),
    ("deliveryTerms", _LONG, "SIZE deliveryTerms", "form"),
    ("language", "fr", "INVALID language", "form"),
    ("shippingConditions", None, "NOTNULL shippingConditions", "form"),
    ("shippingConditions.shippingType", None, "NOTNULL shippingConditions.shippingType", "form"),
    ("shippingConditions.shippingType", "post", "INVALID shippingConditions.shippingType", "form"),
    ("shippingConditions", _SERVICE, "NOTNULL shippingConditions.shippingDate", "form"),
    ("shippingConditions", _PERIOD, "INVALID shippingConditions.shippingEndDate", "form"),
    ("paymentConditions", {"paymentTermDuration": 14}, "NOTNULL paymentConditions.paymentTermLabel", "form"),
    ("paymentConditions", {"paymentDiscountConditions": {"discountPercentage": 0.125}},
     "DIGITS paymentConditions.paymentDiscountConditions.discountPercentage", "form"),
    ("xRechnung", {"buyerReference": "7"}, "INVALID xRechnung.buyerReference", "form"),
)  # fmt: skip
_OF_CONTACTS: tuple[tuple[str, Any, str, str], ...] = (
    ("version", None, "missing_entity version", "form"),
    ("version", 1, "invalid_value version", "form"),
    ("roles", {}, "missing_entity roles.customer or roles.vendor", "form"),
    ("person", None, "missing_entity company or person", "form"),
    ("company", {"name": "Beispiel"}, "invalid_value company and person", "form"),
    ("person.lastName", "", "missing_entity person.lastName", "lacks"),
    ("person.salutation", "x" * 26, "invalid_value person.salutation", "wrong"),
    ("addresses.billing", [_ADDRESS, _ADDRESS], "invalid_value addresses.billing.size", "form"),
    ("addresses.billing.0.countryCode", None, "missing_entity addresses.billing[0].countryCode", "country"),
    ("emailAddresses", {"private": ["Beispiel"]}, "invalid_value emailAddresses.private[0]", "wrong"),
    ("phoneNumbers", {"private": ["Büro"]}, "invalid_value phoneNumbers.private[0]", "wrong"),
    ("note", "x" * 1001, "invalid_value note", "form"),
    ("xRechnung", {"buyerReference": "7"}, "invalid_value xRechnung", "form"),
    ("person.lastName", 7, "bad_request_error", "form"),
)  # fmt: skip
_OF_COMPANIES: tuple[tuple[str, Any, str, str], ...] = (
    ("company.name", " ", "missing_entity company.name", "lacks"),
    ("company.vatRegistrationId", "7", "invalid_value company.vatRegistrationId", "wrong"),
    ("company.contactPersons", [_PERSON, _PERSON], "invalid_value company.contactPersons.size", "wrong"),
)
Payer = Callable[[Scene], int]
_write, _contact_payload = upload.write, contact.contact_payload


def _wrong(payload: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The payload with another value at this place."""
    spoilt: Any = deepcopy(dict(payload))
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    place = spoilt
    for step in way:
        place = place[step]
    place[last] = value
    return dict(spoilt)


def _bug_in_documents(path: str, value: Any) -> Any:
    def write(*given: Any, **named: Any) -> Any:
        good = _write(*given, **named)
        return replace(good, payload=_wrong(good.payload, path, value))

    return patch.object(upload, "write", write)


def _bug_in_contacts(path: str, value: Any) -> Any:
    def contact_payload(*given: Any, **named: Any) -> Any:
        return _wrong(_contact_payload(*given, **named), path, value)

    return patch.object(contact, "contact_payload", contact_payload)


def _known(_scene: Scene) -> int:
    return 1


def _person(scene: Scene) -> int:
    return scene.practice.customer()


def _company(scene: Scene) -> int:
    return scene.practice.customer(company_name="Beispiel GmbH")


def _cause(payer: Payer, bug: Any, path: str, value: Any, code: str, whose: str) -> Cause:
    return _buggy(path, payer, bug(path, value), code, whose)


def _buggy(where: str, payer: Payer, version: Any, code: str, whose: str) -> Cause:
    who, step = _STEPS[whose]

    def happens(scene: Scene) -> int:
        version.start()
        return scene.send(payer(scene))

    return Cause(
        name=f"{where}-{code}", happens=happens, reason="refused_by_lexware", who=who, says=(code, code), step=step,
        remedy=lambda _scene, _document: version.stop(),
    )  # fmt: skip


_OF_QUESTIONS = (
    _buggy(
        "search-page", _person, patch.object(calls, "PAGE_ROWS", 600), "bad_request_error size", "form",
    ),
    replace(
        _buggy("search-text", _person, patch.object(client, "name_pattern", lambda _name: "Be"),
               "bad_request_error size must be between 3 and 128", "search"),
        remedy=lambda scene, document: link(scene, document, None, "--force"),
    ),
)  # fmt: skip
#: A Lexware that takes nothing it need not take: what it takes, nobody dies of.
STRICT: Mapping[str, Any] = {
    "accepts_negative_quantity": False, "accepts_zero_quantity": False, "accepts_contact_without_version": False,
    "accepts_negative_total": False, "accepts_lone_payment_duration": False, "rounds_excess_decimals": False,
    "refuses_letters_in_phones": True,
    "accepts_negative_line_prices": True,  # else the practice is told to change to neutral lines
}  # fmt: skip
OF_OUR_FORM = (
    *_OF_QUESTIONS,
    *(_cause(_known, _bug_in_documents, *row) for row in _OF_DOCUMENTS),
    *(_cause(_person, _bug_in_contacts, *row) for row in _OF_CONTACTS),
    *(_cause(_company, _bug_in_contacts, *row) for row in _OF_COMPANIES),
)
