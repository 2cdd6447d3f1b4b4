"""Deaths by Lexware's refusal of what the practice's data or its settings in Lexware bring about."""

from datetime import date
from decimal import Decimal
from typing import Any

from causes.cause import Cause, Words
from causes.deeds import Happens, after, invoice, mend, nothing, switch, user
from causes.scene import Scene

_TAXED: dict[str, Any] = {"tax_mode": "net", "items": [{"vat_rate": Decimal(19)}], "total": Decimal("101.15")}
_COMPARE: Words = (
    "Steuereinstellungen in Lexware vergleichen",
    "Compare VAT rate, exemption note and the tax settings",
)
_COUNTRY: Words = (
    "Ländercode des Empfängers (wie DE, AT, CH)",
    "country code (like DE, AT, CH) in the practice software",
)
_NEW_VERSION: Words = ("Nach einer neuen Version: replay", "After a new version: replay, best with --canary")
_SUPPORT: Words = ("Trace-ID an den Support von Lexware geben", "give status, code and trace id to Lexware's support")


def _to_a_known_payer(**columns: Any) -> Happens:
    return lambda scene: scene.send(scene.known_payer(**columns))


def _answered(status: int, body: str, times: int | None) -> Happens:
    """Lexware answers so, so many times."""

    def happens(scene: Scene) -> int:
        payer = scene.known_payer()
        scene.fault(status=status, body=body, count=times)
        return scene.send(payer)

    return happens


def _endless_race(scene: Scene) -> int:
    """Lexware says of every new contact that its number is taken, for longer than a race lasts."""
    scene.send()
    scene.lexware.set_switches(scene.stage.tenant.id, account_number_race_seconds=3600)
    return scene.send()


def _race_ends(scene: Scene, _document: int) -> None:
    scene.lexware.set_switches(scene.stage.tenant.id, account_number_race_seconds=0)


def _original_vanished(scene: Scene) -> int:
    """The invoice is deleted between our look at it and the credit note that names it."""
    original = scene.send()
    scene.user("finalise", document=scene.stage.lexware_id(original))
    scene.fault("/v1/credit-notes", status=404, count=None)
    document = scene.practice.cancel(original)
    scene.stage.run()
    return document


def _status(status: int, says: Words, step: Words, who: str, body: str = "", times: int | None = None) -> Cause:
    return Cause(
        name=f"status-{status}{body and '-'}{body}", happens=_answered(status, body, times), reason="refused_by_lexware",
        who=who, says=says, step=step, remedy=nothing if times else _is_repaired,
    )  # fmt: skip


def _is_repaired(scene: Scene, _document: int) -> None:
    """Lexware, or a new version of ours, does it right."""
    scene.lexware.clear_faults()


_FORM: Words = ("lehnt die Form ab, in der lexrelay", "Lexware refuses the form in which lexrelay sends")
OF_LEXWARE = (
    Cause(
        name="no-such-country", happens=invoice(payer={"country_code": "XX"}), reason="refused_by_lexware", who="practice",
        says=("kennt das Land des Empfängers nicht. Status: 406; Codes: countrycode_is_not_valid addresses.billing[0].countryCode",
              "Lexware does not know the addressee's country"),
        step=_COUNTRY, remedy=mend("update practice.customers set country_code = 'DE'"),
    ),
    Cause(
        name="no-such-country-known-payer", happens=_to_a_known_payer(country_code="XX"), reason="refused_by_lexware",
        who="practice", says=("Codes: INVALID address.countryCode", "Codes: INVALID address.countryCode"), step=_COUNTRY,
        remedy=mend("update practice.customers set country_code = 'DE'"),
    ),
    Cause(
        name="street-too-long-for-a-contact", reason="refused_by_lexware", who="practice",
        happens=after(switch(contact_text_limit=30), then=invoice(payer={"street": "Lindenweg hinter der Mühle 3"[:31] * 2})),
        says=("ungültig. Status: 406; Codes: invalid_value addresses.billing[0].street", "finds something about the addressee invalid"),
        step=("Die genannte Angabe in der Praxissoftware", "Check what is named in the practice software"),
        remedy=mend("update practice.customers set street = 'Lindenweg 3'"),
    ),
    Cause(
        name="taxed-in-a-company-turned-vatfree", reason="refused_by_lexware", who="practice", settings={"tax_type": "net"},
        happens=after(switch(accepts_taxed_when_vatfree=False), user("set_tax", tax_type="vatfree"), then=invoice(**_TAXED)),
        says=("Codes: INVALID taxConditions.taxType", "Codes: INVALID taxConditions.taxType"), step=_COMPARE, again="tax_conflict",
        remedy=lambda scene, _document: scene.user("set_tax", tax_type="net"),
    ),
    Cause(
        name="vatfree-in-a-company-turned-taxed", reason="refused_by_lexware", who="practice", is_cured_by_replay=True,
        happens=after(switch(accepts_vatfree_when_taxed=False), user("set_tax", tax_type="net"), then=invoice()),
        says=("des Unternehmens. Status: 406; Codes: INVALID taxConditions.taxType",
              "the company's tax settings. Status: 406; Codes: INVALID taxConditions.taxType"),
        step=_COMPARE, remedy=nothing,
    ),
    Cause(
        name="vat-rate-of-another-time", reason="refused_by_lexware", who="practice", settings={"tax_type": "net"},
        happens=invoice(
            tax_mode="net", total=Decimal("101.15"), items=[{"vat_rate": Decimal(19), "treated_on": date(2020, 8, 3)}]
        ),
        says=("Codes: INVALID lineItems[0].unitPrice.taxRatePercentage", "Codes: INVALID lineItems[0].unitPrice.taxRatePercentage"),
        step=("Steuersatz, Befreiungshinweis", "Compare VAT rate, exemption note"),
        remedy=mend("update practice.invoice_items set treated_on = '2026-10-28'"),
    ),
    Cause(
        name="number-race-that-is-none", happens=_endless_race, reason="refused_by_lexware", who="operator",
        says=("deshalb nicht angelegt. Status: 406; Codes: account_number_already_exists",
              "Lexware was about to give the same customer number twice"),
        step=("Einfach replay", "Just replay"), remedy=_race_ends,
    ),
    Cause(
        name="original-vanished", happens=_original_vanished, reason="refused_by_lexware", who="practice",
        says=("gibt es in Lexware nicht mehr: der Kontakt oder die Rechnung. Status: 404", "is no longer in Lexware"),
        step=("In Lexware nachsehen", "Look in Lexware"), remedy=_is_repaired,
    ),
    _status(400, _FORM, _NEW_VERSION, "developer"),
    _status(405, _FORM, _NEW_VERSION, "developer"),
    _status(415, _FORM, _NEW_VERSION, "developer"),
    _status(501, _FORM, _NEW_VERSION, "developer"),
    _status(409, ("gleichzeitig etwas geändert", "Something was changed in Lexware at the same time"),
            ("replay: es liest alles neu", "replay: it reads everything anew"), "operator", times=1),
    _status(406, ("mit einem Grund, den lexrelay nicht kennt. Status: 406; Trace-ID: ", "for a reason that lexrelay does not know"),
            _SUPPORT, "operator"),
    _status(422, ("den lexrelay nicht kennt. Status: 422; Trace-ID: ", "does not know. Status: 422; Trace id: "), _SUPPORT, "operator"),
    _status(406, ("den lexrelay nicht kennt. Status: 406; Codes: never_heard_of; Trace-ID: ",
                  "does not know. Status: 406; Codes: never_heard_of; Trace id: "), _SUPPORT, "operator", "never_heard_of"),
)  # fmt: skip
