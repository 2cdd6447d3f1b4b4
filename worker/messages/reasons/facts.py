"""What a dead letter's detail adds to the sentence: fields by their names, sums, limits, ids, codes.

Guarantee: only keys known here are shown, and they hold ids, codes and figures (G6).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from worker.messages import Lang, Text

_FIELDS: Mapping[str, Text] = {
    "document.number": Text(de="Belegnummer", en="document number"),
    "document.invoice_date": Text(de="Belegdatum", en="document date"),
    "document.currency": Text(de="Währung", en="currency"),
    "document.street": Text(de="Straße auf dem Beleg", en="street on the document"),
    "document.address_supplement": Text(de="Adresszusatz auf dem Beleg", en="address supplement on the document"),
    "document.zip": Text(de="Postleitzahl auf dem Beleg", en="postal code on the document"),
    "document.city": Text(de="Ort auf dem Beleg", en="town on the document"),
    "document.country_code": Text(de="Land auf dem Beleg", en="country on the document"),
    "document.total": Text(de="Betrag des Belegs", en="the document's total"),
    "document.tax_mode": Text(de="Steuerart des Belegs", en="the document's tax mode"),
    "document.exemption_note": Text(de="Befreiungshinweis", en="exemption note"),
    "document.introduction": Text(de="Einleitungstext", en="introduction"),
    "document.lines": Text(de="Positionen", en="lines"),
    "document.original_id": Text(de="die stornierte Rechnung", en="the cancelled invoice"),
    "original.number": Text(de="Nummer der stornierten Rechnung", en="number of the cancelled invoice"),
    "payer.customer_number": Text(de="Kundennummer", en="customer number"),
    "payer.salutation": Text(de="Anrede", en="salutation"),
    "payer.first_name": Text(de="Vorname des Empfängers", en="addressee's first name"),
    "payer.last_name": Text(de="Nachname oder Firma des Empfängers", en="addressee's last name or company"),
    "payer.company_name": Text(de="Firma des Empfängers", en="addressee's company"),
    "payer.street": Text(de="Straße", en="street"),
    "payer.address_supplement": Text(de="Adresszusatz", en="address supplement"),
    "payer.zip": Text(de="Postleitzahl", en="postal code"),
    "payer.city": Text(de="Ort", en="town"),
    "payer.country_code": Text(de="Land des Empfängers", en="addressee's country"),
    "payer.email": Text(de="E-Mail-Adresse", en="e-mail address"),
    "payer.phone": Text(de="Telefonnummer", en="telephone number"),
    "private.birth_date": Text(de="Geburtsdatum", en="birth date"),
    "private.insurance_number": Text(de="Versichertennummer", en="insurance number"),
    "private.name": Text(de="Name einer Person", en="a person's name"),
    "line.quantity": Text(de="Menge", en="quantity"),
    "line.unit_price": Text(de="Einzelpreis", en="unit price"),
    "line.vat_rate": Text(de="Steuersatz", en="VAT rate"),
    "line.code": Text(de="Ziffer", en="code"),
    "line.description": Text(de="Bezeichnung", en="description"),
    "line.unit": Text(de="Einheit", en="unit"),
}
_LABELS: Mapping[str, Text] = {
    "view": Text(de="Sicht", en="View"),
    "column": Text(de="Spalte", en="Column"),
    "sqlstate": Text(de="SQLSTATE", en="SQLSTATE"),
    "field": Text(de="Angabe", en="Field"),
    "secret": Text(de="Darin", en="In it"),
    "total": Text(de="Betrag", en="Amount"),
    "total_here": Text(de="Betrag in der Praxis", en="Amount here"),
    "total_there": Text(de="Betrag in Lexware", en="Amount there"),
    "total_of_original": Text(de="Betrag der Rechnung", en="The invoice's amount"),
    "rest": Text(de="Rest", en="Rest"),
    "numbers": Text(de="Andere Stornos", en="Other cancellations"),
    "rate": Text(de="Steuersatz in Prozent", en="VAT rate in per cent"),
    "length": Text(de="Länge", en="Length"),
    "lines": Text(de="Positionen", en="Lines"),
    "limit": Text(de="Höchstens", en="At most"),
    "contact_ids": Text(de="Kontakte in Lexware", en="Contacts in Lexware"),
    "lexware_ids": Text(de="Belege in Lexware", en="Documents in Lexware"),
    "by_hand": Text(de="Von Hand erledigt als", en="Done by hand as"),
    "last_reason": Text(de="Zuletzt", en="Last"),
    "sender": Text(de="Prozess", en="Process"),
    "why": Text(de="Grund", en="Cause"),
    "error": Text(de="Fehler", en="Error"),
    "http_status": Text(de="Status", en="Status"),
    "codes": Text(de="Codes", en="Codes"),
    "trace_id": Text(de="Trace-ID", en="Trace id"),
}
_LINE = re.compile(r"lines\[(\d+)\]\.(\w+)")
_PLACE = Text(de="Position {place}, {name}", en="line {place}, {name}")


def told(detail: Mapping[str, Any], words_for: Mapping[str, Text], lang: Lang) -> str:
    """What is known, as `Label: value; …`; codes of ours that `words_for` knows become its words. Empty when nothing is."""
    return "; ".join(f"{label}: {value}" for label, value in _pairs(detail, words_for, lang))


def of_the_cause(detail: Mapping[str, Any]) -> dict[str, Any]:
    """What all letters of one cause have in common: field, codes and status, without the place, the sums or the ids of one."""
    common = {
        key: detail[key]
        for key in ("field", "secret", "flaw", "contact", "last_reason", "why", "http_status", "codes")
        if detail.get(key) is not None
    }
    if "field" in common:
        common["field"] = _LINE.sub(r"line.\2", str(common["field"]))
    return common


def field_name(path: str, lang: Lang) -> str:
    """A field of the contract views in words, with its path: `Position 3, Einzelpreis (lines[2].unit_price)`."""
    if line := _LINE.fullmatch(path):
        name = _FIELDS.get(f"line.{line[2]}")
        words = _PLACE(place=int(line[1]) + 1, name=name()).said_in(lang) if name else None
    else:
        words = _FIELDS[path]().said_in(lang) if path in _FIELDS else None
    return f"{words} ({path})" if words else path


def _pairs(detail: Mapping[str, Any], words_for: Mapping[str, Text], lang: Lang) -> Iterator[tuple[str, str]]:
    for key, label in _LABELS.items():
        value = detail.get(key)
        if value in (None, "", []):
            continue
        yield label().said_in(lang), _shown(key, value, words_for, lang)


def _shown(key: str, value: Any, words_for: Mapping[str, Text], lang: Lang) -> str:
    if key in ("field", "secret"):
        return field_name(str(value), lang)
    if key in ("why", "last_reason") and value in words_for:
        return words_for[value]().said_in(lang).rstrip(".")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
